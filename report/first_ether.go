package report

import (
	"cmp"
	"slices"
)

// firstEther is what of the pool's sums is first ether of unproven keys. A key has one ether of it: what its validator holds, up to that, and of the
// rest what pending deposits for the key bring.
type firstEther struct {
	leftGwei    map[PublicKey]uint64 // not found yet, by unproven key
	pendingGwei uint64               // found on pending deposits
}

// firstEtherOf begins with what validators do not hold.
func firstEtherOf(c ConsensusLayer) firstEther {
	f := firstEther{leftGwei: make(map[PublicKey]uint64, len(c.Unproven))}
	for _, key := range c.Unproven {
		f.leftGwei[key.PublicKey] = FirstGwei - min(FirstGwei, c.balanceOf(key))
	}
	return f
}

// take counts a pending deposit that is the pool's.
func (f *firstEther) take(d PendingDeposit) {
	taken := min(f.leftGwei[d.PublicKey], d.AmountGwei)
	if taken == 0 {
		return
	}
	f.leftGwei[d.PublicKey] -= taken
	f.pendingGwei += taken
}

// balanceOf is what the pool's validator with the key holds; 0 when there is none.
func (c ConsensusLayer) balanceOf(key UnprovenKey) uint64 {
	if !key.Validator {
		return 0
	}
	at, found := slices.BinarySearchFunc(c.Validators, key.Index, func(v PoolValidator, index uint32) int { return cmp.Compare(v.Index, index) })
	if !found {
		return 0
	}
	return c.Validators[at].BalanceGwei
}
