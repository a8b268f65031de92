package events

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// Run looks at every tick until ctx ends, and gives each step to handle. A look that fails goes to failed, which may be nil, and is repeated at the
// next tick. It returns ctx's error or handle's.
func (f *Follower) Run(ctx context.Context, ticks <-chan time.Time, handle func(Step) error, failed func(error)) error {
	for {
		step, err := f.Poll(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			if err := handle(step); err != nil {
				return err
			}
			if !step.CaughtUp {
				continue
			}
		case failed != nil:
			failed(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks:
		}
	}
}

// DecodeAcceptance reads the report out of a call of ReportOracle.acceptQuarantined. Errors: ErrNotSubmission.
func DecodeAcceptance(data []byte) (report.Report, error) {
	method := bindings.NewReportOracle().GetABI().Methods["acceptQuarantined"]
	if len(data) > maxSubmissionBytes {
		return report.Report{}, fmt.Errorf("%w: %d bytes are more than %d", ErrNotSubmission, len(data), maxSubmissionBytes)
	}
	arguments, err := argumentsOf(method, data)
	if err != nil {
		return report.Report{}, err
	}
	var call struct{ Report bindings.Report }
	if err := method.Inputs.Copy(&call, arguments); err != nil {
		return report.Report{}, fmt.Errorf("%w: %w", ErrNotSubmission, err)
	}
	return reportOf(call.Report)
}
