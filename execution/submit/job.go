package submit

import (
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/bls"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// maxSignersBytes bounds the bitmap: the contract admits fewer members.
const maxSignersBytes = 1024

// Job is a certified report to bring to the contract.
type Job struct {
	Report    report.Report
	Signers   []byte        // of the certificate: member i is bit i%8 of byte i/8
	Signature bls.Signature // aggregate of the signers' votes
	Block     Block         // proof of the reference block
	Deadline  time.Time     // when the next frame opens: the contract takes the report no longer
}

// Block proves the reference block: the header's fields and the slot of the first block after the reference slot.
type Block struct {
	ChildSlot     uint64
	Slot          uint64
	ProposerIndex uint64
	ParentRoot    common.Hash
	StateRoot     common.Hash
	BodyRoot      common.Hash
}

// calldata is the call of ReportOracle.submit. Errors: ErrJob.
func (j *Job) calldata() ([]byte, error) {
	if len(j.Signers) == 0 || len(j.Signers) > maxSignersBytes {
		return nil, fmt.Errorf("%w: a bitmap of signers has 1 to %d bytes, this one has %d", ErrJob, maxSignersBytes, len(j.Signers))
	}
	if j.Signature.Equal(bls.Signature{}) {
		return nil, fmt.Errorf("%w: it has no signature", ErrJob)
	}
	point := j.Signature.EIP2537()
	certificate := bindings.Certificate{Signers: signerWords(j.Signers)}
	for i := range certificate.Signature.Words {
		copy(certificate.Signature.Words[i][:], point[32*i:])
	}
	data, err := bindings.NewReportOracle().TryPackSubmit(onChain(j.Report), certificate, bindings.BlockProof{
		ChildSlot: j.Block.ChildSlot, Slot: j.Block.Slot, ProposerIndex: j.Block.ProposerIndex,
		ParentRoot: j.Block.ParentRoot, StateRoot: j.Block.StateRoot, BodyRoot: j.Block.BodyRoot,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJob, err)
	}
	return data, nil
}

// signerWords is a bitmap as the contract takes it: member i is bit i%256 of word i/256.
func signerWords(bitmap []byte) []*big.Int {
	words := make([]*big.Int, (len(bitmap)+31)/32)
	for i := range words {
		words[i] = new(big.Int)
	}
	for i := range 8 * len(bitmap) {
		if bitmap[i/8]&(1<<(i%8)) != 0 {
			words[i/256].SetBit(words[i/256], i%256, 1)
		}
	}
	return words
}

// onChain is a report as the contracts take it.
func onChain(r report.Report) bindings.Report {
	return bindings.Report{
		Version: r.Version, Committee: r.Committee, RefSlot: r.RefSlot, RefBlockRoot: r.RefBlockRoot, ClValidatorsGwei: r.CLValidatorsGwei,
		ClPendingGwei: r.CLPendingGwei, Validators: r.Validators, Exited: r.Exited, Slashed: r.Slashed, DepositedWei: r.DepositedWei.ToBig(),
		WithdrawalVaultWei: r.WithdrawalVaultWei.ToBig(), ElRewardsVaultWei: r.ELRewardsVaultWei.ToBig(), FinalizeUpTo: r.FinalizeUpTo,
		Bunker: r.Bunker, BalancesRoot: r.BalancesRoot,
	}
}
