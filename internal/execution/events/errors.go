package events

import (
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Errors of this package besides those of package execution.
var (
	// ErrNotFound: no such transaction or receipt.
	ErrNotFound = errors.New("the node does not know the transaction: wait until it is synced, or name another endpoint")
	// ErrNotSubmission: the bytes are no call of ReportOracle.submit in its one encoding.
	ErrNotSubmission = errors.New("not a call of ReportOracle.submit")
	// ErrWrongEvent: a log is not what the contracts write.
	ErrWrongEvent = errors.New("the log is not what the contract writes: distrust the endpoint")
	// ErrInconsistent: answers of one endpoint contradict each other or the header.
	ErrInconsistent = errors.New("the node contradicts itself: distrust the endpoint")
	// ErrFinalizedChanged: an endpoint's chain leaves out a block that was final.
	ErrFinalizedChanged = errors.New("the node's chain contradicts a block that was final: check that it is on the right fork")
	// ErrRange: the end of a range lies before its beginning.
	ErrRange = errors.New("the last block lies before the first")
)

// mayShrink tells whether an endpoint may serve a smaller range of logs.
func mayShrink(err error) bool {
	return errors.Is(err, execution.ErrRefused) || errors.Is(err, execution.ErrTooLarge) || errors.Is(err, execution.ErrTimeout) ||
		errors.Is(err, execution.ErrUnreachable)
}
