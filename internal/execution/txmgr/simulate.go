package txmgr

import (
	"context"
	"errors"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

const maxGas = 1 << 24 // of one transaction (EIP-7825)

// simulation is what the contract would do with the report.
type simulation struct {
	passes bool
	gas    uint64 // with the margin
	reason string // why it does not pass
	quiet  bool   // because the report is in
}

// simulate asks the endpoints until one says that the contract takes the report: those that lie or are behind do not stop it. The reason is the
// guide's, or of the first that gives one.
func (s *Sender) simulate(ctx context.Context, b *majority, w *work) simulation {
	var result simulation
	for _, v := range append([]*view{b.guide}, b.views...) {
		gas, err := s.simulateAt(ctx, v, w)
		if err == nil {
			return simulation{passes: true, gas: withMargin(gas)}
		}
		name := abi.RevertName(err)
		if result.reason == "" && name != "" {
			result.reason = name
			result.quiet = strings.HasPrefix(name, "AlreadyReported") || strings.HasPrefix(name, "AlreadyQuarantined")
		}
		if name == "" && result.reason == "" {
			s.config.Log.Debug("An endpoint could not simulate the submission.", "reason", err)
		}
		if result.reason == "" && v == b.views[len(b.views)-1] {
			result.reason = shortened(err)
		}
	}
	return result
}

// simulateAt calls at the view's head and estimates the gas.
func (s *Sender) simulateAt(ctx context.Context, v *view, w *work) (gas uint64, err error) {
	account := s.config.Signer.Address()
	call := map[string]any{"from": account, "to": s.config.Oracle, "data": hexutil.Bytes(w.data)}
	var answer hexutil.Bytes
	if err := ask(ctx, v.node, &answer, "eth_call", call, map[string]common.Hash{"blockHash": v.head.hash}); err != nil {
		return 0, err
	}
	var estimate hexutil.Uint64
	if err := ask(ctx, v.node, &estimate, "eth_estimateGas", call); err != nil {
		return 0, err
	}
	if uint64(estimate) < transferGas || uint64(estimate) > maxGas {
		return 0, &execution.EndpointError{Endpoint: v.node.Name(), Method: "eth_estimateGas", Err: errNoSuchGas}
	}
	return uint64(estimate), nil
}

var errNoSuchGas = errors.New("no transaction takes that much gas, or that little")
