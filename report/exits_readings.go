package report

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"
)

// ComingBps is the part of what the sweep will bring that the exit demand relies on, parts per 10,000: what the simulation recommends (docs/loop.md, "Terms").
const ComingBps = 8_000

// ExitReadings is what ExitDemand depends on besides a report and the snapshot that it was computed from: read from the same state and the same execution block.
type ExitReadings struct {
	Rules           ExitRules
	Gloas           bool // the state is of Gloas or later
	Queue           ExitQueue
	Registry        uint64 // validators in the whole registry
	SweptActiveGwei uint64 // effective balances of the pool's active validators that have 0x01 credentials

	Leaving     []ExitValidator         // the pool's that leave and have a balance, in index order
	Compounding iter.Seq[ExitValidator] // the pool's with 0x02 credentials that stay, in index order

	Partials        []PendingPartial // of the pool's validators, in the state's order
	PendingPartials uint64           // all of the state's
	Asked           []AskedReading   // of the pool's validators that have a balance, in the contract's order
}

// AskedReading is a withdrawal that the contract of EIP-7002 still holds, with its validator.
type AskedReading struct {
	Validator  ExitValidator
	AmountGwei uint64 // 0: the whole validator
}

// Input is what a report's exit demand is computed from. Errors: ErrInconsistentQueue, and those of reading requests.
func (r ExitReadings) Input(s Snapshot, c Computed) (ExitDemandInput, error) {
	done, last, err := s.waiting(c)
	if err != nil {
		return ExitDemandInput{}, fmt.Errorf("find what waits after the report: %w", err)
	}
	e, out := s.Execution, c.Rebase
	pulledWei := add(out.FromWithdrawalsWei, out.FromRewardsWei)
	in := ExitDemandInput{
		PooledWei: out.PooledWei, TotalShares: out.Shares, BookedWei: out.BookedWei,
		BufferWei: sub(add(e.BufferedWei.ToBig(), pulledWei), out.LockWei),
		VaultsWei: sub(add(e.WithdrawalVaultWei.ToBig(), e.ELRewardsVaultWei.ToBig()), pulledWei),
		Bounds:    e.Bounds, BucketGwei: s.bucketAfter(c),
		Epoch: s.Block.Slot / s.Consensus.Rules.SlotsPerEpoch, Gloas: r.Gloas, Consensus: s.Consensus.Rules, Rules: r.Rules, Queue: r.Queue,
		Registry: r.Registry, TotalActiveGwei: s.Consensus.TotalActiveGwei, SlashingsGwei: s.Consensus.SlashingsGwei,
		InFlightGwei: s.Consensus.InFlightGwei, PendingPartials: r.PendingPartials,
		PoolActiveGwei: s.Consensus.PoolActiveGwei, SweptActiveGwei: r.SweptActiveGwei,
		EarnedEpochs: (s.RefSlot - e.Last.RefSlot) / s.Consensus.Rules.SlotsPerEpoch, ComingBps: ComingBps,
	}
	in.WaitingWei, in.WaitingShares = last.since(done)
	if earned := div(c.Bunker.ChangeWei, big.NewInt(WeiPerGwei)); earned.IsUint64() {
		in.EarnedGwei = earned.Uint64()
	}
	r.leaving(&in)
	return in, nil
}

// waiting reads the last request that is final after the report, and the newest one.
func (s Snapshot) waiting(c Computed) (done, last QueuedRequest, err error) {
	if done, err = readRequest(s.Request, s.finalizedAfter(c)); err != nil {
		return done, last, err
	}
	if last, err = readRequest(s.Request, s.Execution.Queue.LastRequestID); err != nil {
		return done, last, err
	}
	if s.finalizedAfter(c) < s.Execution.Queue.LastRequestID && !last.follows(done) {
		return done, last, fmt.Errorf("%w: request %d is not after %d", ErrInconsistentQueue, s.Execution.Queue.LastRequestID, s.finalizedAfter(c))
	}
	return done, last, nil
}

// finalizedAfter is the last request that is final after the report.
func (s Snapshot) finalizedAfter(c Computed) uint64 {
	return max(s.Execution.Queue.LastFinalizedID, c.Report.FinalizeUpTo)
}

// bucketAfter is what the pool's bucket holds after the report: PoolReports.sol, _apply.
func (s Snapshot) bucketAfter(c Computed) uint64 {
	used := divUp(c.Rebase.BucketUsedWei, big.NewInt(WeiPerGwei)).Uint64() // at most the bucket
	held := s.bucketGwei()
	return held - min(held, max(used, c.Sanity.Effect.BucketGwei))
}

// leaving fills in what is on its way, naming those validators of which the demand must know.
func (r ExitReadings) leaving(in *ExitDemandInput) {
	open, whole := make(map[uint32]uint64), make(map[uint32]bool) // what was asked of each and is not home
	for _, p := range r.Partials {
		open[p.Index] = satAdd(open[p.Index], p.AmountGwei)
	}
	named := make(map[uint32]ExitValidator)
	for _, a := range r.Asked {
		index := a.Validator.Index
		open[index], whole[index] = satAdd(open[index], a.AmountGwei), whole[index] || a.AmountGwei == 0
		named[index] = a.Validator
		in.Asked = append(in.Asked, AskedWithdrawal{Index: index, AmountGwei: a.AmountGwei})
	}
	for _, v := range r.Leaving {
		named[v.Index] = v
	}
	for v := range r.Compounding {
		if !whole[v.Index] {
			in.PartsGwei = satAdd(in.PartsGwei, in.part(v, open[v.Index]))
		}
		if _, asked := open[v.Index]; asked {
			named[v.Index] = v
		}
	}
	for _, p := range r.Partials {
		if _, known := named[p.Index]; known { // another has no balance: it brings nothing
			in.Partials = append(in.Partials, p)
		}
	}
	in.Validators = slices.SortedFunc(maps.Values(named), func(a, b ExitValidator) int { return cmp.Compare(a.Index, b.Index) })
}

// part is what can still be asked of a compounding validator that stays: what is above the least balance, and was not asked for.
func (in ExitDemandInput) part(v ExitValidator, openGwei uint64) uint64 {
	kept := satAdd(in.Rules.MinActivationGwei, openGwei)
	if !v.canBeAsked(in.Epoch, in.Rules) || v.EffectiveBalanceGwei < in.Rules.MinActivationGwei {
		return 0
	}
	return v.BalanceGwei - min(v.BalanceGwei, kept)
}
