package txmgr

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// view is what one endpoint says at its head and at its finalized block.
type view struct {
	node         *execution.Node
	head         block
	finalized    uint64 // number of the finalized block, 0: none yet
	nonce        uint64 // of the account: transactions that are mined
	pendingNonce uint64 // with those that wait in the endpoint's pool
	balanceWei   *big.Int
	atHead       reading
	atFinal      reading
}

// reading is what the contracts hold at a block.
type reading struct {
	reported    uint64      // reference slot of the last report that was applied
	quarantined common.Hash // report that is or was held last
}

// has tells whether the contract has taken the report, or holds it, or has a later one.
func (r reading) has(refSlot uint64, digest common.Hash) bool {
	return r.reported >= refSlot || r.quarantined == digest && digest != (common.Hash{})
}

// block is the part of a header that is needed.
type block struct {
	number     uint64
	hash       common.Hash
	time       uint64 // in seconds
	baseFeeWei uint64
	gasLimit   uint64
}

// readViews asks every endpoint at the same time. There is one error for each that gave no view.
func (s *Sender) readViews(ctx context.Context) ([]*view, error) {
	views, errs := make([]*view, len(s.config.Nodes)), make([]error, len(s.config.Nodes))
	var group sync.WaitGroup
	for i, node := range s.config.Nodes {
		group.Go(func() { views[i], errs[i] = s.viewOf(ctx, node) })
	}
	group.Wait()
	var got []*view
	for _, v := range views {
		if v != nil {
			got = append(got, v)
		}
	}
	return got, errors.Join(errs...)
}

// viewOf reads everything at one head, named by its hash, so that it belongs together.
func (s *Sender) viewOf(ctx context.Context, node *execution.Node) (*view, error) {
	if err := node.CheckChain(ctx, s.config.ChainID); err != nil {
		return nil, err
	}
	head, err := readBlock(ctx, node, "latest")
	if err != nil {
		return nil, err
	}
	v := &view{node: node, head: *head}
	account, at := s.config.Signer.Address(), map[string]common.Hash{"blockHash": head.hash}
	var nonce, pending hexutil.Uint64
	var balance hexutil.Big
	err = errors.Join(
		ask(ctx, node, &nonce, "eth_getTransactionCount", account, at),
		ask(ctx, node, &pending, "eth_getTransactionCount", account, "pending"),
		ask(ctx, node, &balance, "eth_getBalance", account, at),
	)
	if err != nil {
		return nil, err
	}
	v.nonce, v.pendingNonce, v.balanceWei = uint64(nonce), uint64(pending), balance.ToInt()
	if v.atHead, err = s.read(ctx, node, head.hash); err != nil {
		return nil, err
	}
	// A chain that has finalized nothing has no such block, or the genesis, without contracts.
	if final, err := readBlock(ctx, node, "finalized"); err == nil && final.number > 0 && final.number <= head.number {
		if r, err := s.read(ctx, node, final.hash); err == nil {
			v.finalized, v.atFinal = final.number, r
		}
	}
	return v, nil
}

// read asks the contracts at a block.
func (s *Sender) read(ctx context.Context, node *execution.Node, at common.Hash) (r reading, err error) {
	pool, oracle := bindings.NewStakingPool(), bindings.NewReportOracle()
	last, err := execution.View(ctx, node.Call, at, s.config.Pool, pool.PackLastReport(), pool.UnpackLastReport)
	if err != nil {
		return r, err
	}
	held, err := execution.View(ctx, node.Call, at, s.config.Oracle, oracle.PackQuarantine(), oracle.UnpackQuarantine)
	if err != nil {
		return r, err
	}
	return reading{reported: last.RefSlot, quarantined: held.Digest}, nil
}

func malformed(node *execution.Node, what string, err error) error {
	return &execution.EndpointError{Endpoint: node.Name(), Method: what, Err: fmt.Errorf("%w: %w", execution.ErrMalformed, err)}
}

// ask decodes the answer to one request into to.
func ask(ctx context.Context, node *execution.Node, to any, method string, params ...any) error {
	answer, err := node.Call(ctx, method, params...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, to); err != nil {
		return malformed(node, method, err)
	}
	return nil
}

// readBlock reads a block by its name or number.
func readBlock(ctx context.Context, node *execution.Node, at string) (*block, error) {
	var header *struct {
		Number    *hexutil.Uint64 `json:"number"`
		Hash      *common.Hash    `json:"hash"`
		Timestamp *hexutil.Uint64 `json:"timestamp"`
		BaseFee   *hexutil.Big    `json:"baseFeePerGas"`
		GasLimit  hexutil.Uint64  `json:"gasLimit"`
	}
	if err := ask(ctx, node, &header, "eth_getBlockByNumber", at, false); err != nil {
		return nil, err
	}
	if header == nil {
		return nil, &execution.EndpointError{Endpoint: node.Name(), Method: "eth_getBlockByNumber", Err: execution.ErrUnknownBlock}
	}
	if header.Number == nil || header.Hash == nil || header.Timestamp == nil || header.BaseFee == nil {
		return nil, malformed(node, "eth_getBlockByNumber", errors.New("a header without number, hash, time or base fee"))
	}
	base := uint64(math.MaxUint64) // what is above is above every cap
	if fee := header.BaseFee.ToInt(); fee.IsUint64() {
		base = fee.Uint64()
	}
	return &block{
		number: uint64(*header.Number), hash: *header.Hash, time: uint64(*header.Timestamp), baseFeeWei: base, gasLimit: uint64(header.GasLimit),
	}, nil
}
