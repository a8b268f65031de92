package follow

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
)

// applyCall applies a call to the books and records it as an event.
func (f *Follower) applyCall(ctx context.Context, b *Block, c call) error {
	switch c.method {
	case "ReportOracle.submit":
		return f.applySubmission(ctx, b, c)
	case "ReportOracle.acceptQuarantined":
		return f.applyQuarantineDecision(ctx, b, c)
	}
	if !c.ok {
		return nil
	}
	if c.method == "StakingPool.finalizeWithoutReport" {
		return f.applyFinalizationWithoutReport(ctx, b, c)
	}
	acted, err := applyHolderCall(b, c)
	if err != nil {
		return fmt.Errorf("%s by %s: %w", c.method, c.from, err)
	}
	if acted != nil {
		b.Events = append(b.Events, *acted)
	}
	f.recordMembership(b, c)
	return nil
}

// applyHolderCall applies what holders do.
func applyHolderCall(b *Block, c call) (*Act, error) {
	value := c.tx.Value()
	switch c.method {
	case "StakingPool.deposit":
		b.books.Deposit(c.address(0), value, b.rewards, b.second)
		return &Act{Who: c.from, To: c.address(0), What: Staked, Wei: value}, nil
	case "StakedEther.transfer":
		return &Act{Who: c.from, To: c.address(0), What: Moved, Wei: c.wei(1)}, b.books.Transfer(c.from, c.address(0), c.wei(1))
	case "WrappedStakedEther.deposit":
		return &Act{Who: c.from, To: c.address(1), What: Wrapped, Wei: c.wei(0)}, b.books.Wrap(c.from, c.address(1), c.wei(0))
	case "WrappedStakedEther.redeem":
		return &Act{Who: c.from, To: c.address(1), What: Unwrapped, Wei: c.wei(0)}, b.books.Unwrap(c.address(2), c.address(1), c.wei(0))
	case "WithdrawalQueue.request":
		return applyRequest(b, c)
	case "WithdrawalQueue.claim":
		return applyClaim(b, c)
	case "WithdrawalQueue.settle":
		return &Act{Who: c.from, What: Settled, Wei: new(big.Int)}, b.books.Settle(c.wei(0).Uint64(), c.wei(1).Uint64())
	}
	return nil, nil
}

// applyFinalizationWithoutReport applies a finalization without a report, which first brings home what the withdrawal vault held before the block.
func (f *Follower) applyFinalizationWithoutReport(ctx context.Context, b *Block, c call) error {
	vault, before := f.network.Manifest.Contracts.WithdrawalVault, new(big.Int).SetUint64(b.Number-1)
	vaultWei, err := f.network.Chain.Client().BalanceAt(ctx, vault, before)
	if err != nil {
		return fmt.Errorf("read the withdrawal vault: %w", err)
	}
	upTo := c.args[0].(uint64)
	b.Events = append(b.Events, Act{Who: c.from, What: FinalizedWithoutReport, Wei: new(big.Int), Count: int(upTo)})
	return b.books.FinalizeWithoutReport(upTo, vaultWei)
}

func applyRequest(b *Block, c call) (*Act, error) {
	amounts, sum := c.args[0].([]*big.Int), new(big.Int)
	for _, wei := range amounts {
		if err := b.books.Request(c.from, c.address(1), wei, b.second); err != nil {
			return nil, err
		}
		sum.Add(sum, wei)
	}
	return &Act{Who: c.from, What: Requested, Wei: sum, Count: len(amounts)}, nil
}

func applyClaim(b *Block, c call) (*Act, error) {
	ids, sum := c.args[0].([]*big.Int), new(big.Int)
	for _, id := range ids {
		paid, err := b.books.Claim(id.Uint64())
		if err != nil {
			return nil, err
		}
		sum.Add(sum, paid)
	}
	return &Act{Who: c.from, To: c.address(2), What: Claimed, Wei: sum, Count: len(ids)}, nil
}

// applySubmission reads the outcome of a submission from the oracle's log, and applies an accepted report.
func (f *Follower) applySubmission(ctx context.Context, b *Block, c call) error {
	r := *abi.ConvertType(c.args[0], new(bindings.Report)).(*bindings.Report)
	certificate := *abi.ConvertType(c.args[1], new(bindings.Certificate)).(*bindings.Certificate)
	s := Submission{Tx: c.tx.Hash(), From: c.from, RefSlot: r.RefSlot, Report: r, GasUsed: c.receipt.GasUsed, Outcome: Reverted, Signers: signersOf(certificate)}
	oracle := bindings.NewReportOracle()
	for _, log := range c.receipt.Logs {
		if log.Address != f.network.Manifest.Contracts.ReportOracle {
			continue
		}
		if e, err := oracle.UnpackReportAcceptedEvent(log); err == nil {
			s.Outcome, s.Digest = Accepted, e.Digest
		}
		if e, err := oracle.UnpackReportQuarantinedEvent(log); err == nil {
			s.Outcome, s.Digest = Quarantined, e.Digest
		}
	}
	b.Events = append(b.Events, s)
	switch s.Outcome {
	case Accepted:
		return f.applyReport(ctx, b, r, false)
	case Quarantined:
		return f.applyHeld(b, r, c.receipt)
	}
	return nil
}

// applyHeld applies a report that the oracle holds, when the pool was told: what it says counts in doubt about the rate.
func (f *Follower) applyHeld(b *Block, r bindings.Report, receipt *types.Receipt) error {
	pool := bindings.NewStakingPool()
	for _, log := range receipt.Logs {
		if _, err := pool.UnpackReportHeldEvent(log); err != nil || log.Address != f.network.Manifest.Contracts.StakingPool {
			continue
		}
		gwei := new(big.Int).SetUint64(r.ClValidatorsGwei)
		gwei.Add(gwei, new(big.Int).SetUint64(r.ClPendingGwei))
		gwei.Add(gwei, new(big.Int).SetUint64(r.ClInFlightGwei))
		unproven := new(big.Int).SetUint64(r.UnprovenGwei)
		return b.books.Hold(ledger.Facts{
			RefSlot: r.RefSlot, RefSecond: f.network.Schedule.TimeOf(r.RefSlot), ConsensusWei: gwei.Mul(gwei, big.NewInt(1e9)),
			UnprovenWei: unproven.Mul(unproven, big.NewInt(1e9)), DepositedWei: r.DepositedWei,
			WithdrawalsWei: r.WithdrawalVaultWei, RewardsWei: r.ElRewardsVaultWei,
		})
	}
	return nil
}

// markFalse applies proofs against the pool's last report, whoever called for them.
func (f *Follower) markFalse(b *Block, receipt *types.Receipt) {
	pool := bindings.NewStakingPool()
	for _, log := range receipt.Logs {
		if e, err := pool.UnpackRateFalseEvent(log); err == nil && log.Address == f.network.Manifest.Contracts.StakingPool {
			b.books.MarkFalse(e.RefSlot)
		}
	}
}

// applyQuarantineDecision applies a report that a guardian accepted out of quarantine.
func (f *Follower) applyQuarantineDecision(ctx context.Context, b *Block, c call) error {
	if !c.ok {
		return nil
	}
	r := *abi.ConvertType(c.args[0], new(bindings.Report)).(*bindings.Report)
	b.Events = append(b.Events, QuarantineDecision{RefSlot: r.RefSlot, Accepted: true})
	return f.applyReport(ctx, b, r, true)
}

// recordMembership records what the committee's contract logged.
func (f *Follower) recordMembership(b *Block, c call) {
	committee := bindings.NewOracleCommittee()
	for _, log := range c.receipt.Logs {
		if log.Address != f.network.Manifest.Contracts.OracleCommittee {
			continue
		}
		m := Membership{}
		if e, err := committee.UnpackRegisteredEvent(log); err == nil {
			m = Membership{Member: e.Id, What: "registered"}
		} else if e, err := committee.UnpackAdmittedEvent(log); err == nil {
			m = Membership{Member: e.Id, What: "admitted"}
		} else if e, err := committee.UnpackRemovedEvent(log); err == nil {
			m = Membership{Member: e.Id, What: "removed"}
		} else if e, err := committee.UnpackEjectedEvent(log); err == nil {
			m = Membership{Member: e.Id, What: "ejected"}
		} else if e, err := committee.UnpackMemberSlashedEvent(log); err == nil {
			m = Membership{Member: e.Id, What: "slashed"}
		}
		if m.What != "" {
			b.Events = append(b.Events, m)
		}
	}
}

func signersOf(c bindings.Certificate) (signers []int) {
	for word, bits := range c.Signers {
		for i := range bits.BitLen() {
			if bits.Bit(i) == 1 {
				signers = append(signers, word*256+i)
			}
		}
	}
	return signers
}
