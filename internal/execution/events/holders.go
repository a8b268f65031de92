package events

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// Holders is what holders of the token can do and what it brings them, as the contracts say it at a block and at its time. An endpoint says so; nothing is
// proven. Times are seconds.
type Holders struct {
	Block                       Block
	TotalPooledWei, TotalShares *big.Int
	WrappedShares               *big.Int // that are wrapped, one for each token
	WeiPerToken                 *big.Int // of a wrapped token (1e18 shares)
	SharesForEther              *big.Int // that a balance of one ether is; 0 of a pool without ether

	Flags           report.PoolFlags
	ReportsPaused   uint64   // until then; 0: not
	UnconfirmedGwei uint64   // lost by the last report and not confirmed
	LowestHeldRate  *big.Int // of reports that were held, in wei for 1e18 shares; 0 for none
	RateBefore      *big.Int // of the report before the last one, in wei for 1e18 shares; 0: not known
	LastReportAt    uint64   // when it was applied; the deployment before the first
	SilentFrom      uint64   // from then on requests can be finalized without a report, inside its windows

	DepositsPaused bool
	DepositShares  *big.Int // that one ether buys; nil: none, see NoPrice
	NoPrice        string   // the contract's error in place of a price
	DueWei         *big.Int // known to be the holders' and not in the share rate yet
	Limit          StakeLimit
	BufferedWei    *big.Int // ether that waits in the pool
	FreeWei        *big.Int // of it, what no waiting request needs at the present rate

	MinRequestWei, MaxRequestWei   *big.Int
	RequestValueWei                *big.Int // what a request of SharesForEther is valued at
	QueuePaused                    bool
	QueuePausedUntil               uint64 // the end of the running or last pause
	LastRequestID, LastFinalizedID uint64
	WaitingValueWei, WaitingShares *big.Int // of the requests that are not finalized
	FirstWaitingAt                 uint64   // when the first of them was made; 0: none waits
	LockedWei                      *big.Int // of finalized requests that are not claimed
	RequestMarginSeconds           uint64   // a request must be so much older than a report's reference slot
	SilentRefusal                  string   // the contract's error, were the first waiting request finalized without a report now; empty: it would be, or none waits
}

// StakeLimit bounds how much ether can enter the pool in a time.
type StakeLimit struct {
	MaxWei, LeftWei *big.Int
	RefillSeconds   uint64 // in which an empty limit fills
}

// oneEther is what prices are told for, and as many shares are one wrapped token.
func oneEther() *big.Int { return big.NewInt(1e18) }

// Holders reads what holders can do after a block. Errors: execution.ErrPruned when the state is gone.
func (r *Reader) Holders(ctx context.Context, at Block) (h Holders, err error) {
	_, err = r.client.Ask(ctx, "what holders can do", func(ctx context.Context, ask execution.Asker) error {
		v := viewer{ctx: ctx, ask: ask, at: at.Hash}
		h = Holders{Block: at}
		r.readRate(&v, &h)
		r.readDoubts(&v, &h)
		r.readDeposits(&v, &h)
		r.readRequests(&v, &h)
		r.readSilence(&v, &h)
		return v.err
	})
	if err != nil {
		return Holders{}, fmt.Errorf("what holders can do at block %d: %w", at.Number, err)
	}
	return h, nil
}

func (r *Reader) readRate(v *viewer, h *Holders) {
	set, token, wrapped := r.manifest.Contracts, bindings.NewStakedEther(), bindings.NewWrappedStakedEther()
	totals := view(v, set.StakedEther, token.PackTotals(), token.UnpackTotals)
	h.TotalPooledWei, h.TotalShares = totals.TotalPooledWei, totals.TotalShares
	h.SharesForEther = view(v, set.StakedEther, token.PackSharesForWei(oneEther()), token.UnpackSharesForWei)
	h.WrappedShares = view(v, set.WrappedStakedEther, wrapped.PackTotalSupply(), wrapped.UnpackTotalSupply)
	h.WeiPerToken = view(v, set.WrappedStakedEther, wrapped.PackWeiPerToken(), wrapped.UnpackWeiPerToken)
}

func (r *Reader) readDoubts(v *viewer, h *Holders) {
	at, pool := r.manifest.Contracts.StakingPool, bindings.NewStakingPool()
	head := view(v, at, pool.PackHead(), pool.UnpackHead)
	doubts := view(v, at, pool.PackDoubts(), pool.UnpackDoubts)
	h.LastReportAt = seconds(view(v, at, pool.PackLastReportAt(), pool.UnpackLastReportAt))
	h.SilentFrom = seconds(view(v, at, pool.PackSilentFrom(), pool.UnpackSilentFrom))
	if v.err != nil {
		return
	}
	h.Flags, h.ReportsPaused = report.PoolFlags(head.Flags), seconds(head.PausedUntil)
	if h.ReportsPaused <= h.Block.Time {
		h.ReportsPaused = 0
	}
	h.UnconfirmedGwei, h.LowestHeldRate, h.RateBefore = doubts.UnconfirmedGwei, doubts.LowestHeldRate, new(big.Int)
	if h.Flags.Has(report.FlagFalse) && head.Round.Cmp(big.NewInt(1)) > 0 {
		before := new(big.Int).Sub(head.Round, big.NewInt(1))
		h.RateBefore = view(v, at, pool.PackRoundAt(before), pool.UnpackRoundAt).Rate
	}
}

func (r *Reader) readDeposits(v *viewer, h *Holders) {
	at, pool := r.manifest.Contracts.StakingPool, bindings.NewStakingPool()
	h.DepositsPaused = view(v, at, pool.PackPaused(), pool.UnpackPaused)
	h.DepositShares, h.NoPrice = viewOrRefusal(v, at, pool.PackSharesForDeposit(oneEther()), pool.UnpackSharesForDeposit)
	h.DueWei = view(v, at, pool.PackDueWei(), pool.UnpackDueWei)
	h.BufferedWei = view(v, at, pool.PackBufferedWei(), pool.UnpackBufferedWei)
	h.FreeWei = view(v, at, pool.PackFreeWei(), pool.UnpackFreeWei)
	h.Limit.LeftWei = view(v, at, pool.PackStakeLimitWei(), pool.UnpackStakeLimitWei)
	// The contract has no view of the limit itself. Both fields are in one word.
	word := v.word(at, layout.StakingPoolStakeLimitSlot)
	h.Limit.MaxWei = field(word, layout.StakingPoolStakeLimitMaxWeiOffset, layout.StakingPoolStakeLimitMaxWeiBytes)
	h.Limit.RefillSeconds = field(word, layout.StakingPoolStakeLimitRefillSecondsOffset, layout.StakingPoolStakeLimitRefillSecondsBytes).Uint64()
}

func (r *Reader) readRequests(v *viewer, h *Holders) {
	set, queue, pool, sanity := r.manifest.Contracts, bindings.NewWithdrawalQueue(), bindings.NewStakingPool(), bindings.NewSanityChecker()
	at := set.WithdrawalQueue
	h.MinRequestWei = view(v, at, queue.PackMinRequestWei(), queue.UnpackMinRequestWei)
	h.MaxRequestWei = view(v, at, queue.PackMaxRequestWei(), queue.UnpackMaxRequestWei)
	h.QueuePaused = view(v, at, queue.PackPaused(), queue.UnpackPaused)
	h.QueuePausedUntil = seconds(view(v, at, queue.PackPausedUntil(), queue.UnpackPausedUntil))
	h.LockedWei = view(v, at, queue.PackLockedWei(), queue.UnpackLockedWei)
	h.RequestMarginSeconds = uint64(view(v, set.SanityChecker, sanity.PackLimits(), sanity.UnpackLimits).RequestMarginSeconds)
	bounds := view(v, at, queue.PackBounds(), queue.UnpackBounds)
	h.LastRequestID, h.LastFinalizedID = bounds.LastRequestId, bounds.LastFinalizedId
	demand := view(v, at, queue.PackDemand(h.LastRequestID), queue.UnpackDemand)
	h.WaitingValueWei, h.WaitingShares = demand.DemandWei, demand.DemandShares
	if v.err == nil {
		h.RequestValueWei = view(v, set.StakingPool, pool.PackRequestValue(h.SharesForEther), pool.UnpackRequestValue)
	}
}

// readSilence asks the contract itself whether the first waiting request could be finalized without a report: the call changes nothing.
func (r *Reader) readSilence(v *viewer, h *Holders) {
	if v.err != nil || h.LastFinalizedID >= h.LastRequestID {
		return
	}
	first, queue, pool := h.LastFinalizedID+1, bindings.NewWithdrawalQueue(), bindings.NewStakingPool()
	h.FirstWaitingAt = seconds(view(v, r.manifest.Contracts.WithdrawalQueue, queue.PackCreatedAt(first), queue.UnpackCreatedAt))
	_, h.SilentRefusal = viewOrRefusal(v, r.manifest.Contracts.StakingPool, pool.PackFinalizeWithoutReport(first),
		func([]byte) (struct{}, error) { return struct{}{}, nil })
}

// viewOrRefusal calls a view that may refuse for a reason that the contract names.
func viewOrRefusal[T any](v *viewer, contract common.Address, call []byte, unpack func([]byte) (T, error)) (out T, refusal string) {
	if v.err != nil {
		return out, ""
	}
	out, err := execution.View(v.ctx, v.ask, v.at, contract, call, unpack)
	if refusal = abi.RevertName(err); refusal == "" {
		v.err = err
	}
	return out, refusal
}

// word is a word of a contract's storage.
func (v *viewer) word(contract common.Address, slot uint64) (w common.Hash) {
	if v.err != nil {
		return w
	}
	answer, err := v.ask(v.ctx, "eth_getStorageAt", contract, hexutil.EncodeUint64(slot), map[string]common.Hash{"blockHash": v.at})
	if err != nil {
		v.err = err
	} else if json.Unmarshal(answer, &w) != nil {
		v.err = fmt.Errorf("%w: eth_getStorageAt: the answer is no word", execution.ErrMalformed)
	}
	return w
}

// field is an unsigned number inside a word, so many bytes from its low end.
func field(w common.Hash, offset, size int) *big.Int {
	end := len(w) - offset
	return new(big.Int).SetBytes(w[end-size : end])
}

// seconds is a time of a contract; what no clock shows is the last that fits.
func seconds(n *big.Int) uint64 {
	const most = 1<<40 - 1 // as the contracts keep times
	if n == nil {
		return 0
	}
	if !n.IsUint64() {
		return most
	}
	return min(n.Uint64(), most)
}
