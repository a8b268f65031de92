package txmgr

import (
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// maxSignersBytes bounds the bitmap: the contract admits fewer members.
const maxSignersBytes = 1024

// Job is a certified report to submit.
type Job struct {
	Report    report.Report
	Signers   []byte        // of the certificate: member i is bit i%8 of byte i/8
	Signature bls.Signature // aggregate of the signers' votes
	Block     Block         // proof of the reference block
	Deadline  time.Time     // when submissions of the frame close: the contract takes the report no longer
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
	certificate := bindings.Certificate{Signers: abi.Signers(j.Signers), Signature: abi.Signature(j.Signature)}
	data, err := bindings.NewReportOracle().TryPackSubmit(abi.Report(j.Report), certificate, bindings.BlockProof{
		ChildSlot: j.Block.ChildSlot, Slot: j.Block.Slot, ProposerIndex: j.Block.ProposerIndex,
		ParentRoot: j.Block.ParentRoot, StateRoot: j.Block.StateRoot, BodyRoot: j.Block.BodyRoot,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJob, err)
	}
	return data, nil
}
