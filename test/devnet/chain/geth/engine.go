package geth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/beacon/engine"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/miner"
)

var (
	// ErrRefused: the engine API did not find a payload or a head valid.
	ErrRefused = errors.New("the execution node refused")
	// ErrNotBuilt: no payload came of the builder in time.
	ErrNotBuilt = errors.New("the execution node built no payload")
)

const (
	buildTimeout = time.Minute
	buildPoll    = 200 * time.Microsecond
)

// Attributes say what to build: PayloadAttributesV3 (execution-apis, cancun), or V4 (amsterdam), on a parent that need not be the head.
type Attributes struct {
	Parent           common.Hash
	Timestamp        uint64 // in seconds
	PrevRandao       common.Hash
	FeeRecipient     common.Address
	Withdrawals      []*types.Withdrawal
	ParentBeaconRoot common.Hash
	SlotNumber       *uint64 // Amsterdam: EIP-7843; nil before
	Empty            bool    // without transactions
}

// Payload is a built block with what it hands to the consensus layer.
type Payload struct {
	Data        *engine.ExecutableData
	Commitments []hexutil.Bytes // of blobs
	Requests    [][]byte        // EIP-7685: type and data each
	attributes  Attributes
}

// Build makes a payload with the transactions of the pool. Errors: ErrNotBuilt.
func (n *Node) Build(ctx context.Context, a Attributes) (*Payload, error) {
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotBuilt, context.Cause(ctx))
	}
	if err := n.backend.TxPool().Sync(); err != nil {
		return nil, fmt.Errorf("%w: settle the pool: %w", ErrNotBuilt, err)
	}
	withdrawals := a.Withdrawals
	if withdrawals == nil {
		withdrawals = []*types.Withdrawal{}
	}
	version := engine.PayloadV3
	if a.SlotNumber != nil {
		version = engine.PayloadV4
	}
	building, err := n.backend.Miner().BuildPayload(ctx, &miner.BuildPayloadArgs{
		Parent: a.Parent, Timestamp: a.Timestamp, FeeRecipient: a.FeeRecipient, Random: a.PrevRandao,
		Withdrawals: withdrawals, BeaconRoot: &a.ParentBeaconRoot, SlotNum: a.SlotNumber, Version: version,
	}, false)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotBuilt, err)
	}
	// Resolving ends the building.
	var built *engine.ExecutionPayloadEnvelope
	if a.Empty {
		built = building.ResolveEmpty()
		building.Resolve()
	} else {
		err = waitFull(ctx, building)
		if built = building.Resolve(); err != nil {
			return nil, err
		}
	}
	return &Payload{Data: built.ExecutionPayload, Commitments: built.BlobsBundle.Commitments, Requests: built.Requests, attributes: a}, nil
}

// waitFull waits for the first payload with transactions; the builder gives no other sign of it.
func waitFull(ctx context.Context, building *miner.Payload) error {
	ctx, cancel := context.WithTimeoutCause(ctx, buildTimeout, fmt.Errorf("nothing after %s", buildTimeout))
	defer cancel()
	poll := time.NewTicker(buildPoll)
	defer poll.Stop()
	for {
		if block, _, _, _ := building.FullBlockAndReceipts(); block != nil {
			return nil
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ErrNotBuilt, context.Cause(ctx))
		}
	}
}

// Insert has the node execute and keep a payload: engine_newPayloadV4, V5 from Amsterdam on. It does not become the head yet. Errors: ErrRefused.
func (n *Node) Insert(ctx context.Context, p *Payload) error {
	transactions, err := engine.DecodeTransactions(p.Data.Transactions)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	hashes := []common.Hash{}
	for _, tx := range transactions {
		hashes = append(hashes, tx.BlobHashes()...)
	}
	requests := make([]hexutil.Bytes, len(p.Requests))
	for i, r := range p.Requests {
		requests[i] = r
	}
	insert := n.engine.NewPayloadV4
	if p.Data.SlotNumber != nil {
		insert = n.engine.NewPayloadV5
	}
	status, err := insert(ctx, *p.Data, hashes, &p.attributes.ParentBeaconRoot, requests)
	return refusal("payload "+p.Data.BlockHash.Hex(), status, err)
}

// SetHead makes a block the head: engine_forkchoiceUpdatedV3. A zero hash stands for no safe or finalized block yet. Errors: ErrRefused.
func (n *Node) SetHead(ctx context.Context, head, safe, finalized common.Hash) error {
	answer, err := n.engine.ForkchoiceUpdatedV3(ctx, engine.ForkchoiceStateV1{HeadBlockHash: head, SafeBlockHash: safe, FinalizedBlockHash: finalized}, nil)
	if err := refusal("head "+head.Hex(), answer.PayloadStatus, err); err != nil {
		return err
	}
	if now := n.backend.BlockChain().CurrentBlock().Hash(); now != head {
		return fmt.Errorf("%w: head %s: it stays at %s", ErrRefused, head, now)
	}
	return nil
}

func refusal(what string, status engine.PayloadStatusV1, err error) error {
	switch {
	case err != nil:
		return fmt.Errorf("%w: %s: %w", ErrRefused, what, err)
	case status.Status != engine.VALID && status.ValidationError != nil:
		return fmt.Errorf("%w: %s: %s: %s", ErrRefused, what, status.Status, *status.ValidationError)
	case status.Status != engine.VALID:
		return fmt.Errorf("%w: %s: %s", ErrRefused, what, status.Status)
	}
	return nil
}
