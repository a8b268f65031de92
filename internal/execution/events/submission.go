package events

import (
	"bytes"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"

	encoding "github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/report"
)

// Submission is what a call of ReportOracle.submit says.
type Submission struct {
	Report      report.Report
	Certificate Certificate
	Proof       blockproof.Proof
}

// Certificate is the quorum's proof as it goes on chain.
type Certificate struct {
	Signers   []*big.Int // bit i%256 of word i/256: member i signed
	Signature [256]byte  // G2, EIP-2537
}

// Signed tells whether member i signed.
func (c Certificate) Signed(i int) bool {
	return i >= 0 && i/256 < len(c.Signers) && c.Signers[i/256].Bit(i%256) == 1
}

// maxSubmissionBytes bounds the call: fixed fields, a bitmap of 512 members, and four headers or a branch of 32.
const maxSubmissionBytes = 3072

// DecodeSubmission reads a transaction's data. It takes only the one encoding that packing the result again gives, so that what is judged is all
// that was said. Errors: ErrNotSubmission.
func DecodeSubmission(data []byte) (Submission, error) {
	method := bindings.NewReportOracle().GetABI().Methods["submit"]
	if len(data) > maxSubmissionBytes {
		return Submission{}, fmt.Errorf("%w: %d bytes are more than %d", ErrNotSubmission, len(data), maxSubmissionBytes)
	}
	arguments, err := argumentsOf(method, data)
	if err != nil {
		return Submission{}, err
	}
	var call struct {
		Report      bindings.Report
		Certificate bindings.Certificate
		Proof       bindings.BlockProof
	}
	if err := method.Inputs.Copy(&call, arguments); err != nil {
		return Submission{}, fmt.Errorf("%w: %w", ErrNotSubmission, err)
	}
	again, err := bindings.NewReportOracle().TryPackSubmit(call.Report, call.Certificate, call.Proof)
	if err != nil || !bytes.Equal(again, data) {
		return Submission{}, fmt.Errorf("%w: it is not encoded in the one way", ErrNotSubmission)
	}
	r, err := reportOf(call.Report)
	if err != nil {
		return Submission{}, err
	}
	s := Submission{Report: r, Certificate: Certificate{Signers: call.Certificate.Signers}, Proof: encoding.BlockProofOf(call.Proof)}
	for i, word := range call.Certificate.Signature.Words {
		copy(s.Certificate.Signature[32*i:], word[:])
	}
	return s, nil
}

func argumentsOf(method abi.Method, data []byte) ([]any, error) {
	if len(data) < len(method.ID) || !bytes.Equal(data[:len(method.ID)], method.ID) {
		return nil, fmt.Errorf("%w: the selector is another", ErrNotSubmission)
	}
	arguments, err := method.Inputs.Unpack(data[len(method.ID):])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSubmission, err)
	}
	return arguments, nil
}

// reportOf is a report as the contracts take it, in this program's form.
func reportOf(b bindings.Report) (report.Report, error) {
	r := report.Report{
		Version: b.Version, Committee: b.Committee, RefSlot: b.RefSlot, LastRefSlot: b.LastRefSlot, RefBlockRoot: b.RefBlockRoot,
		CLValidatorsGwei: b.ClValidatorsGwei, CLPendingGwei: b.ClPendingGwei, CLInFlightGwei: b.ClInFlightGwei, UnprovenGwei: b.UnprovenGwei,
		Validators: b.Validators, Exited: b.Exited, Slashed: b.Slashed, FinalizeUpTo: b.FinalizeUpTo, ExitGwei: b.ExitGwei,
		ExitsAskedGwei: b.ExitsAskedGwei, Bunker: b.Bunker, BalancesRoot: b.BalancesRoot, PendingRoot: b.PendingRoot,
	}
	for _, amount := range []*big.Int{b.DepositedWei, b.WithdrawalVaultWei, b.ElRewardsVaultWei} {
		if amount.BitLen() > 128 {
			return report.Report{}, fmt.Errorf("%w: an amount is beyond 128 bits", ErrNotSubmission)
		}
	}
	r.DepositedWei.SetFromBig(b.DepositedWei)
	r.WithdrawalVaultWei.SetFromBig(b.WithdrawalVaultWei)
	r.ELRewardsVaultWei.SetFromBig(b.ElRewardsVaultWei)
	return r, nil
}
