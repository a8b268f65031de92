package network

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// ErrNotYet: the reference slot is not final.
var ErrNotYet = errors.New("the reference slot is not final yet")

const submitGas = 3e6

// Reporter stands for the members' nodes while none runs: it computes as they do, and signs with their keys.
type Reporter struct {
	network *Network
	builder *snapshot.Builder
	close   func()
}

// NewReporter reads by the chain's own nodes. Close it.
func (n *Network) NewReporter() (*Reporter, error) {
	builder, closeNodes, err := snapshot.Open(n.endpoints())
	if err != nil {
		return nil, fmt.Errorf("open the chain's nodes: %w", err)
	}
	return &Reporter{network: n, builder: builder, close: closeNodes}, nil
}

// Close ends its connections.
func (r *Reporter) Close() { r.close() }

// Compute computes the report of a reference slot. Errors: ErrNotYet, those of the nodes.
func (r *Reporter) Compute(ctx context.Context, refSlot uint64) (*snapshot.Result, error) {
	latest, err := r.builder.Latest(ctx)
	switch {
	case errors.Is(err, report.ErrBeforeFirstFrame) || err == nil && latest < refSlot:
		return nil, ErrNotYet
	case err != nil:
		return nil, err
	}
	result, err := r.builder.Compute(ctx, refSlot)
	if errors.Is(err, beacon.ErrNotFinalized) { // The checkpoint's block may lie before its epoch.
		return nil, ErrNotYet
	}
	return result, err
}

// SubmitCall has all members of a report's committee sign it, which may be another than what was computed, and the first member submit it.
func (r *Reporter) SubmitCall(result *snapshot.Result, signed report.Report) (Call, error) {
	keys := make([]*bls.SecretKey, len(result.Committee.Members))
	for i, seat := range result.Committee.Members {
		m := r.network.memberOf(seat.ID)
		if m == nil {
			return Call{}, fmt.Errorf("member %x of slot %d is none of the devnet's", seat.ID, signed.RefSlot)
		}
		keys[i] = m.secret
	}
	certificate, err := localnet.Certify(r.network.Manifest, signed, keys)
	if err != nil {
		return Call{}, fmt.Errorf("certify the report of slot %d: %w", signed.RefSlot, err)
	}
	proof := abi.BlockProof(blockproof.Proof{ChildSlot: result.Reference.ChildSlot, Header: result.Reference.Header})
	return Call{
		From: r.network.Members[0].Submitter, To: r.network.Manifest.Contracts.ReportOracle, Gas: submitGas, Data: localnet.SubmitData(signed, certificate, proof),
	}, nil
}
