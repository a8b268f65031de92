package main

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

var errNotHeld = errors.New("a report beyond the bounds was not quarantined")

// falseReport lets the whole committee report a gain that cannot be; it is held, and a guardian drops it.
func (s *demo) falseReport() error {
	frame, err := s.OpenFrame()
	if err != nil {
		return err
	}
	r, err := s.trueReport(frame, 0)
	if err != nil {
		return err
	}
	r.CLValidatorsGwei += 5_000 * perGwei
	before, err := s.rate()
	if err != nil {
		return err
	}
	if _, err := s.Submit(r, frame); err != nil {
		return err
	}
	after, err := s.rate()
	if err != nil {
		return err
	}
	oracle := bindings.NewReportOracle()
	held, err := localnet.Query(s.Network, s.Contracts.ReportOracle, oracle.PackQuarantine(), oracle.UnpackQuarantine)
	if err != nil {
		return err
	}
	if before.TotalPooledWei.Cmp(after.TotalPooledWei) != 0 || report.Code(held.Code) != report.CLGainTooHigh {
		return errNotHeld
	}
	if _, err := s.Must(s.Accounts.Guardian, s.Contracts.ReportOracle, nil, oracle.PackRejectQuarantined(held.Digest)); err != nil {
		return err
	}
	s.printf("\nAll seven sign a gain of 5,000 ETH that is not there: held by rule %s, the token is unchanged, a guardian drops it.", report.Code(held.Code))
	return nil
}

// equivocation lets a member sign two digests for one round; anyone brings the two votes.
func (s *demo) equivocation() error {
	byzantine := s.Members[3]
	var votes [2]bindings.Vote
	for i := range votes {
		digest := crypto.Keccak256Hash(fmt.Appendf(nil, "story %d", i))
		message := s.Domain().VoteMessage([32]byte{1}, 4711, digest)
		votes[i] = bindings.Vote{Committee: [32]byte{1}, RefSlot: 4711, Digest: digest, Signature: abi.Signature(byzantine.Key.Sign(message))}
	}
	before := s.Chain.Balance(s.bob.Address)
	data := bindings.NewReportOracle().PackSlashEquivocation(byzantine.ID, votes[0], votes[1])
	if _, err := s.Must(s.bob, s.Contracts.ReportOracle, nil, data); err != nil {
		return err
	}
	reward := new(big.Int).Sub(s.Chain.Balance(s.bob.Address), before)
	s.printf("Member 3 signs two things for one round. Bob brings both votes: the bond is slashed (Bob gets %s ETH), the member is out at once.", ether(reward))
	return nil
}

// trueReport is the report of what the pool owns.
func (s *demo) trueReport(frame localnet.Frame, finalizeUpTo uint64) (report.Report, error) {
	r, err := s.QuietReport(frame)
	if err != nil {
		return r, err
	}
	r.CLValidatorsGwei, r.Validators, r.FinalizeUpTo = s.clGwei, validators, finalizeUpTo
	r.DepositedWei.SetFromBig(localnet.Ether(validators * 32))
	return r, nil
}

// rate is pooled ether and shares.
func (s *demo) rate() (bindings.StakedEtherTotalsOutput, error) {
	token := bindings.NewStakedEther()
	return localnet.Query(s.Network, s.Contracts.StakedEther, token.PackTotals(), token.UnpackTotals)
}

// expect computes in Go what the report must do.
func (s *demo) expect(r report.Report) (report.RebaseOutput, error) {
	in, err := s.RebaseInput(r)
	if err != nil {
		return report.RebaseOutput{}, err
	}
	return report.Rebase(in)
}

// ether writes wei as ether with six places, cut off.
func ether(wei *big.Int) string { return format.Fixed(wei, format.WeiDecimals, 6) }
