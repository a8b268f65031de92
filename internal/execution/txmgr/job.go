package txmgr

import (
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// maxSignersBytes bounds the bitmap: the contract admits fewer members.
const maxSignersBytes = 1024

// Job is a certified report to submit.
type Job struct {
	Report    report.Report
	Signers   []byte           // of the certificate: member i is bit i%8 of byte i/8
	Signature bls.Signature    // aggregate of the signers' votes
	Block     blockproof.Proof // of the reference block
	Deadline  time.Time        // when submissions of the frame close: the contract takes the report no longer
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
	data, err := bindings.NewReportOracle().TryPackSubmit(abi.Report(j.Report), certificate, abi.BlockProof(j.Block))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrJob, err)
	}
	return data, nil
}
