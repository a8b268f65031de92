package devnet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// finalizeSilently has somebody finalize the requests up to one without a report, and holds what the last one is paid against the rate before the call.
func (env *environment) finalizeSilently(ctx context.Context, upTo, by uint64) error {
	before := env.countActs(follow.FinalizedWithoutReport)
	if _, err := env.Send(ctx, env.silentCall(upTo)); err != nil {
		return err
	}
	if err := env.await(ctx, fmt.Sprintf("requests up to %d are finalized without a report", upTo), by, func() bool {
		return env.countActs(follow.FinalizedWithoutReport) > before
	}); err != nil {
		refusal, _ := env.refusal(ctx, by, env.silentCall(upTo)) // It only explains.
		return fmt.Errorf("%w; the contract answers %q", err, refusal)
	}
	return env.paidAtRateInForce(ctx, upTo)
}

// paidAtRateInForce checks to the wei what a request is paid: the lower of its value and its shares at the rate before the block that finalized it. In doubt
// too: no lower rate was ever held.
func (env *environment) paidAtRateInForce(ctx context.Context, id uint64) error {
	queue, token, set := bindings.NewWithdrawalQueue(), bindings.NewStakedEther(), env.Manifest.Contracts
	number := new(big.Int).SetUint64(id)
	request, err := network.Query(ctx, env.Network, set.WithdrawalQueue, nil, queue.PackRequestOf(number), queue.UnpackRequestOf)
	if err != nil {
		return err
	}
	paid, err := network.Query(ctx, env.Network, set.WithdrawalQueue, nil, queue.PackPayoutOf(number), queue.UnpackPayoutOf)
	if err != nil {
		return err
	}
	block, err := env.blockOfLastAct(follow.FinalizedWithoutReport)
	if err != nil {
		return err
	}
	totals, err := network.Query(ctx, env.Network, set.StakedEther, new(big.Int).SetUint64(block-1), token.PackTotals(), token.UnpackTotals)
	if err != nil {
		return err
	}
	want := new(big.Int).Mul(request.Shares, totals.TotalPooledWei)
	if want.Quo(want, totals.TotalShares); request.ValueWei.Cmp(want) < 0 {
		want = request.ValueWei
	}
	if paid.Cmp(want) != 0 {
		return fmt.Errorf("%w: request %d is paid %s wei, and was to be paid %s", ErrOutcome, id, paid, want)
	}
	return nil
}

func (env *environment) silentCall(upTo uint64) network.Call {
	return network.Call{From: env.Accounts.Guardian, To: env.Manifest.Contracts.StakingPool, Data: bindings.NewStakingPool().PackFinalizeWithoutReport(upTo)}
}

// requestAndSee has a holder ask to withdraw, and gives the newest request when theirs is in a block.
func (env *environment) requestAndSee(ctx context.Context, who network.Holder) (newest uint64, err error) {
	asked := env.countActsOf(follow.Requested, who.Address)
	if err := env.requestWithdrawal(ctx, who); err != nil {
		return 0, err
	}
	if err := env.await(ctx, who.Name+" has a request", env.Chain.Slot()+4, func() bool { return env.countActsOf(follow.Requested, who.Address) > asked }); err != nil {
		return 0, err
	}
	return env.newestRequest(ctx, nil)
}

// newestRequest is the number of the newest request at a block, nil for the newest.
func (env *environment) newestRequest(ctx context.Context, block *big.Int) (uint64, error) {
	queue := bindings.NewWithdrawalQueue()
	bounds, err := network.Query(ctx, env.Network, env.Manifest.Contracts.WithdrawalQueue, block, queue.PackBounds(), queue.UnpackBounds)
	return bounds.LastRequestId, err
}

// refusal is the contract's error, were a call made in the block of a slot; empty: it would be taken.
func (env *environment) refusal(ctx context.Context, slot uint64, c network.Call) (string, error) {
	block, err := env.Chain.BlockAt(slot)
	if err != nil {
		return "", fmt.Errorf("read the block of slot %d: %w", slot, err)
	}
	_, err = env.Chain.Client().CallContract(ctx, ethereum.CallMsg{From: c.From.Address, To: &c.To, Data: c.Data}, new(big.Int).SetUint64(block.Number))
	name := abi.RevertName(err)
	if err != nil && name == "" {
		return "", fmt.Errorf("call %s: %w", c.To, err)
	}
	return name, nil
}

// computedOn checks that a report was computed after so many calls without a report since that of a frame.
func (env *environment) computedOn(f frame, calls, last uint64) error {
	taken, ok := f.accepted()
	if want := calls<<40 | env.RefSlot(last); !ok || taken.Report.LastRefSlot != want {
		return fmt.Errorf("%w: the report of frame %d names %d as what it was computed on, and not %d", ErrOutcome, f.number+1, taken.Report.LastRefSlot, want)
	}
	return nil
}

func (env *environment) countActs(what follow.ActKind) int {
	return env.countActsOf(what, common.Address{})
}

// countActsOf counts what an account did; the zero address stands for all.
func (env *environment) countActsOf(what follow.ActKind, who common.Address) (count int) {
	for _, b := range env.follower.Blocks() {
		for _, e := range b.Events {
			if act, ok := e.(follow.Act); ok && act.What == what && (who == common.Address{} || act.Who == who) {
				count++
			}
		}
	}
	return count
}

// blockOfLastAct is the number of the newest block in which somebody did something.
func (env *environment) blockOfLastAct(what follow.ActKind) (number uint64, err error) {
	for _, b := range env.follower.Blocks() {
		for _, e := range b.Events {
			if act, ok := e.(follow.Act); ok && act.What == what {
				number = b.Number
			}
		}
	}
	if number == 0 {
		return 0, fmt.Errorf("%w: nobody %s", ErrOutcome, what)
	}
	return number, nil
}
