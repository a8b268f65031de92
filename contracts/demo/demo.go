package main

import (
	"fmt"
	"io"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	members    = 7
	validators = 10
	perGwei    = 1_000_000_000
)

// demo is what happens, told to out.
type demo struct {
	*localnet.Network
	out        io.Writer
	alice, bob *localnet.Account
	clGwei     uint64 // ether of the validators
	checked    int    // rebases that equal the Go calculation
}

func (s *demo) printf(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

func (s *demo) committee() error {
	if err := s.FormCommittee(members); err != nil {
		return err
	}
	s.printf("%d members registered with a proof of possession and a bond of 1 ETH each; %d of them are a quorum.", members, report.Quorum(members))
	return nil
}

func (s *demo) stake() error {
	pool, token, wrapper := bindings.NewStakingPool(), bindings.NewStakedEther(), bindings.NewWrappedStakedEther()
	for _, d := range []struct {
		who    *localnet.Account
		amount int64
	}{{s.alice, 300}, {s.bob, 99}} {
		s.Chain.AddBalance(d.who.Address, localnet.Ether(1000))
		if _, err := s.Must(d.who, s.Contracts.StakingPool, localnet.Ether(d.amount), pool.PackDeposit(d.who.Address, new(big.Int))); err != nil {
			return err
		}
	}
	if _, err := s.Must(s.bob, s.Contracts.StakedEther, nil, token.PackApprove(s.Contracts.WrappedStakedEther, localnet.Ether(99))); err != nil {
		return err
	}
	if _, err := s.Must(s.bob, s.Contracts.WrappedStakedEther, nil, wrapper.PackDeposit(localnet.Ether(99), s.bob.Address)); err != nil {
		return err
	}
	if err := s.FundValidators(validators); err != nil {
		return err
	}
	s.clGwei = validators * 32 * perGwei
	s.printf("Alice stakes 300 ETH and holds tmETH. Bob stakes 99 ETH and wraps them: 99 wtmETH. %d validators are funded.\n", validators)
	return nil
}

// frames lets the pool earn in every way and reports it.
func (s *demo) frames() error {
	s.printf("Five frames, one transaction each. Rewards reach holders in three ways:\n")
	s.printf("%-6s %-7s %-6s %-7s  %-22s %-22s %s", "frame", "signed", "block", "gas", "balance up (Alice)", "value up (1 wtmETH)", "exchange rate (ETH a share)")
	for i := range 5 {
		s.clGwei += perGwei / 10
		s.Chain.AddBalance(s.Contracts.ELRewardsVault, big.NewInt(5e16))
		if i == 2 { // a sweep moves ether; it earns nothing
			s.clGwei -= perGwei
			s.Chain.AddBalance(s.Contracts.WithdrawalVault, localnet.Ether(1))
		}
		var missed []uint64
		if i == 3 {
			missed = []uint64{0} // the reference slot has no block: the one before it is read
		}
		absent := []int{0, 3}[:i%3]
		if err := s.reportFrame(fmt.Sprint(i+1), 0, absent, missed...); err != nil {
			return err
		}
	}
	return nil
}

// reportFrame opens a frame, reports the truth and compares the rebase with the Go calculation.
func (s *demo) reportFrame(name string, finalizeUpTo uint64, absent []int, missed ...uint64) error {
	frame, err := s.OpenFrame(missed...)
	if err != nil {
		return err
	}
	r, err := s.trueReport(frame, finalizeUpTo)
	if err != nil {
		return err
	}
	want, err := s.expect(r)
	if err != nil {
		return err
	}
	result, err := s.Submit(r, frame, absent...)
	if err != nil {
		return err
	}
	rate, err := s.rate()
	if err != nil {
		return err
	}
	if rate.TotalPooledWei.Cmp(want.PooledWei) != 0 || rate.TotalShares.Cmp(want.Shares) != 0 {
		return fmt.Errorf("frame %s: the chain has %s wei and %s shares, the calculation %s and %s", name, rate.TotalPooledWei, rate.TotalShares, want.PooledWei, want.Shares)
	}
	s.checked++
	token, wrapper := bindings.NewStakedEther(), bindings.NewWrappedStakedEther()
	balance, err := localnet.Query(s.Network, s.Contracts.StakedEther, token.PackBalanceOf(s.alice.Address), token.UnpackBalanceOf)
	if err != nil {
		return err
	}
	value, err := localnet.Query(s.Network, s.Contracts.WrappedStakedEther, wrapper.PackWeiPerToken(), wrapper.UnpackWeiPerToken)
	if err != nil {
		return err
	}
	block := "-0"
	if missedBy := frame.RefSlot - frame.Header.Slot; missedBy > 0 {
		block = fmt.Sprintf("-%d", missedBy)
	}
	perShare := new(big.Int).Quo(new(big.Int).Mul(rate.TotalPooledWei, big.NewInt(1e18)), rate.TotalShares)
	s.printf("%-6s %d of %d  %-6s %-7d  %-22s %-22s %s", name, members-len(absent), members, block, result.Receipt.GasUsed, ether(balance)+" tmETH", ether(value)+" ETH", ether(perShare))
	return nil
}

// withdrawal requests, waits for a report and claims.
func (s *demo) withdrawal() error {
	token, queue := bindings.NewStakedEther(), bindings.NewWithdrawalQueue()
	if _, err := s.Must(s.alice, s.Contracts.StakedEther, nil, token.PackApprove(s.Contracts.WithdrawalQueue, localnet.Ether(20))); err != nil {
		return err
	}
	if _, err := s.Must(s.alice, s.Contracts.WithdrawalQueue, nil, queue.PackRequest([]*big.Int{localnet.Ether(20)}, s.alice.Address)); err != nil {
		return err
	}
	s.printf("\nAlice requests 20 ETH; the request ripens for a frame and the report after that finalizes it:\n")
	if err := s.reportFrame("6", 0, nil); err != nil {
		return err
	}
	if err := s.reportFrame("7", 1, nil); err != nil {
		return err
	}
	before := s.Chain.Balance(s.alice.Address)
	claim := queue.PackClaim([]*big.Int{big.NewInt(1)}, []*big.Int{new(big.Int)}, s.alice.Address)
	if _, err := s.Must(s.alice, s.Contracts.WithdrawalQueue, nil, claim); err != nil {
		return err
	}
	s.printf("\nAlice claims %s ETH.", ether(new(big.Int).Sub(s.Chain.Balance(s.alice.Address), before)))
	return nil
}
