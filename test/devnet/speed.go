package devnet

import (
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	speedProbes = 100 // signatures that are made and verified
	// speedProbeTime is what the probes take on one core of a quiet machine that keeps up with the shortest slots of the tests.
	speedProbeTime = 150 * time.Millisecond
	maxSlowdown    = 8
)

// SlotTimeHere is how long a slot should take on this machine, as fast and as busy as it is now, for members to do in it what they do in least on a fast
// and quiet one. It never is below least.
func SlotTimeHere(now func() time.Time, least time.Duration) time.Duration {
	key, message := localnet.NewKey(1), common.Hash{1}
	began := now()
	for range speedProbes {
		key.Sign(message).Verify(key.PublicKey(), message)
	}
	return slotTimeFor(least, now().Sub(began))
}

// slotTimeFor is the slot time on a machine on which the probes took so long.
func slotTimeFor(least, took time.Duration) time.Duration {
	took = min(max(took, speedProbeTime), maxSlowdown*speedProbeTime)
	slot := time.Duration(int64(least) * took.Milliseconds() / speedProbeTime.Milliseconds())
	return min(slot.Round(time.Millisecond), network.MaxSlotTime)
}
