package follow

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// applyReport applies a report that took effect to the books: by what the chain held at the reference slot, not by what the report says of it.
func (f *Follower) applyReport(ctx context.Context, b *Block, r bindings.Report, byGuardian bool) error {
	reference, err := f.network.Chain.BlockAt(r.RefSlot)
	if err != nil {
		return fmt.Errorf("read the reference block of slot %d: %w", r.RefSlot, err)
	}
	at, err := f.booksAt(reference.KnownHash)
	if err != nil {
		return err
	}
	facts, slashed, err := f.facts(ctx, reference.Slot, at, r.RefSlot)
	if err != nil {
		return err
	}
	rebase := Rebase{RefSlot: r.RefSlot, Slot: b.Slot, Block: b.Number, Bunker: r.Bunker, Slashed: r.Slashed}
	if want := new(big.Int).Quo(facts.UnprovenWei, big.NewInt(1e9)); want.Cmp(new(big.Int).SetUint64(r.UnprovenGwei)) != 0 {
		rebase.addMismatch("first ether of unproven keys", fmt.Sprint(r.UnprovenGwei)+" gwei", want.String())
	}
	if !slashed { // Penalties to come are the beacon chain's own arithmetic: with them the report is believed.
		if want := at.books.Bunker(facts); want != r.Bunker {
			rebase.addMismatch("bunker", fmt.Sprint(r.Bunker), fmt.Sprint(want))
		}
		upTo, err := at.books.FinalizeUpTo(facts, r.Bunker)
		if err != nil {
			return err
		}
		if upTo != r.FinalizeUpTo {
			rebase.addMismatch("last request to finalize", fmt.Sprint(r.FinalizeUpTo), fmt.Sprint(upTo))
		}
	}
	facts.FinalizeUpTo, facts.AppliedAtSeconds, facts.ByGuardian = r.FinalizeUpTo, b.second, byGuardian
	if rebase.Effect, err = b.books.Report(facts); err != nil {
		return err
	}
	b.rewards = new(big.Int).Sub(b.rewards, rebase.Effect.FromRewards)
	rebase.Facts = facts
	b.Events = append(b.Events, rebase)
	return nil
}

// facts are what the chain held at a reference slot, by the state of the last beacon block before it and at the execution block that this state knows.
func (f *Follower) facts(ctx context.Context, slot uint64, at *Block, refSlot uint64) (facts ledger.Facts, slashed bool, err error) {
	s, err := f.network.Chain.State(slot)
	if err != nil {
		return facts, false, fmt.Errorf("read the beacon state of slot %d: %w", slot, err)
	}
	own, err := f.poolIn(s, at.books)
	if err != nil {
		return facts, false, fmt.Errorf("read the beacon state of slot %d: %w", slot, err)
	}
	facts = ledger.Facts{
		RefSlot: refSlot, RefSecond: f.network.Schedule.TimeOf(refSlot),
		ConsensusWei: own.wei, UnprovenWei: own.first.foundWei, DepositedWei: at.books.DepositedWei(),
	}
	number, set := new(big.Int).SetUint64(at.Number), f.network.Manifest.Contracts
	facts.WithdrawalsWei, err = f.network.Chain.Client().BalanceAt(ctx, set.WithdrawalVault, number)
	if err != nil {
		return facts, false, fmt.Errorf("read the withdrawal vault: %w", err)
	}
	facts.RewardsWei, err = f.network.Chain.Client().BalanceAt(ctx, set.ELRewardsVault, number)
	if err != nil {
		return facts, false, fmt.Errorf("read the rewards vault: %w", err)
	}
	return facts, own.slashed, nil
}

func (r *Rebase) addMismatch(what, chain, calculated string) {
	r.Mismatches = append(r.Mismatches, fmt.Sprintf("%s: the chain says %s, the calculation %s", what, chain, calculated))
}

// compare compares everything that the contracts say at the end of the block with the books.
func (f *Follower) compare(ctx context.Context, b *Block, r *Rebase) error {
	q := comparison{ctx: ctx, f: f, block: new(big.Int).SetUint64(b.Number), rebase: r}
	set, token, wrapper, queue := f.network.Manifest.Contracts, bindings.NewStakedEther(), bindings.NewWrappedStakedEther(), bindings.NewWithdrawalQueue()
	for _, account := range f.accounts() {
		account.BalanceWei = q.amount("balance of "+account.Name, set.StakedEther, token.PackBalanceOf(account.Account), b.books.BalanceOf(account.Account))
		account.Wrapped = q.amount("wrapped balance of "+account.Name, set.WrappedStakedEther, wrapper.PackBalanceOf(account.Account), b.books.WrappedOf(account.Account))
		r.Holders = append(r.Holders, account)
	}
	pooled, shares := b.books.Totals()
	r.WeiPerToken = q.amount("value of a wrapped token", set.WrappedStakedEther, wrapper.PackWeiPerToken(), b.books.WeiPerToken())
	q.amount("shares owed to the treasury", set.OperatorRegistry, bindings.NewOperatorRegistry().PackTreasuryShares(), b.books.TreasuryShares())
	q.amount("pooled ether", set.StakedEther, token.PackTotalSupply(), pooled)
	pool := bindings.NewStakingPool()
	q.amount("ether that waits to be recognised", set.StakingPool, pool.PackUnrecognisedWei(), b.books.UnrecognisedWei())
	q.amount("ether that was deposited", set.StakingPool, pool.PackDepositedWei(), b.books.DepositedWei())
	q.amount("ether that keys may have", set.StakingPool, pool.PackUsableWei(), b.books.UsableWei())
	ray := new(big.Int).Exp(big.NewInt(10), big.NewInt(27), nil)
	perRay := new(big.Int).Quo(new(big.Int).Mul(pooled, ray), shares)
	r.RateRay = q.amount("exchange rate", set.StakedEther, token.PackWeiForShares(ray), perRay)
	q.amount("locked ether", set.WithdrawalQueue, queue.PackLockedWei(), b.books.LockedWei())
	for what, at := range map[string]struct {
		who  common.Address
		want *big.Int
	}{"ether of the queue": {set.WithdrawalQueue, b.books.LockedWei()}, "ether of the pool": {set.StakingPool, b.books.BufferedWei()}} {
		got, err := f.network.Chain.Client().BalanceAt(ctx, at.who, q.block)
		q.err = errors.Join(q.err, err)
		q.equal(what, got, at.want)
	}
	return q.err
}

// firstDeposit is nobody's account: it holds the shares that the pool opens with.
func firstDeposit() common.Address {
	return common.HexToAddress("0x000000000000000000000000000000000000dEaD")
}

// accounts are all whose balance is compared.
func (f *Follower) accounts() (all []AccountBalance) {
	for _, h := range f.network.Holders {
		all = append(all, AccountBalance{Name: h.Name, Account: h.Address})
	}
	set := f.network.Manifest.Contracts
	return append(all,
		AccountBalance{Name: "treasury", Account: f.network.DeployConfig().Roles.Treasury}, AccountBalance{Name: "fee", Account: set.OperatorRegistry},
		AccountBalance{Name: "wrapper", Account: set.WrappedStakedEther}, AccountBalance{Name: "queue", Account: set.WithdrawalQueue},
		AccountBalance{Name: "first deposit", Account: firstDeposit()})
}

// comparison asks the chain at one block, and keeps the first error.
type comparison struct {
	ctx    context.Context
	f      *Follower
	block  *big.Int
	rebase *Rebase
	err    error
}

// amount calls a view for one number and compares it with what it must be.
func (q *comparison) amount(what string, at common.Address, call []byte, want *big.Int) *big.Int {
	if q.err != nil {
		return new(big.Int)
	}
	got, err := network.Query(q.ctx, q.f.network, at, q.block, call, func(b []byte) (*big.Int, error) { return new(big.Int).SetBytes(b), nil })
	if err != nil {
		q.err = fmt.Errorf("%s: %w", what, err)
		return new(big.Int)
	}
	q.equal(what, got, want)
	return got
}

func (q *comparison) equal(what string, got, want *big.Int) {
	if q.err == nil && got.Cmp(want) != 0 {
		q.rebase.addMismatch(what, got.String()+" wei", want.String())
	}
}
