package beacon_test

import (
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

func TestHeaderRootIsThatOfTheConsensusSpec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := func(name string) common.Hash {
			return common.BytesToHash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
		}
		h := beacon.Header{
			Slot: rapid.Uint64().Draw(t, "slot"), ProposerIndex: rapid.Uint64().Draw(t, "proposer"),
			ParentRoot: root("parent"), StateRoot: root("state"), BodyRoot: root("body"),
		}
		second := phase0.BeaconBlockHeader{
			Slot: phase0.Slot(h.Slot), ProposerIndex: phase0.ValidatorIndex(h.ProposerIndex),
			ParentRoot: phase0.Root(h.ParentRoot), StateRoot: phase0.Root(h.StateRoot), BodyRoot: phase0.Root(h.BodyRoot),
		}
		want, err := second.HashTreeRoot()
		require.NoError(t, err)
		require.Equal(t, common.Hash(want), h.HashTreeRoot())
	})
}
