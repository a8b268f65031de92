package chain

import (
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/beacon/engine"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrPayload: the execution node gave something that a beacon block cannot carry.
var ErrPayload = errors.New("payload does not fit into a beacon block")

// payloadOf is a payload as a beacon block carries it.
func payloadOf(d *engine.ExecutableData) (*deneb.ExecutionPayload, error) {
	baseFee, overflow := uint256.FromBig(d.BaseFeePerGas)
	if overflow || len(d.LogsBloom) != 256 || d.BlobGasUsed == nil || d.ExcessBlobGas == nil {
		return nil, fmt.Errorf("%w: block %d", ErrPayload, d.Number)
	}
	p := &deneb.ExecutionPayload{
		ParentHash: phase0.Hash32(d.ParentHash), FeeRecipient: bellatrix.ExecutionAddress(d.FeeRecipient), StateRoot: phase0.Root(d.StateRoot),
		ReceiptsRoot: phase0.Root(d.ReceiptsRoot), LogsBloom: [256]byte(d.LogsBloom), PrevRandao: d.Random, BlockNumber: d.Number, GasLimit: d.GasLimit,
		GasUsed: d.GasUsed, Timestamp: d.Timestamp, ExtraData: d.ExtraData, BaseFeePerGas: baseFee, BlockHash: phase0.Hash32(d.BlockHash),
		BlobGasUsed: *d.BlobGasUsed, ExcessBlobGas: *d.ExcessBlobGas, Withdrawals: []*capella.Withdrawal{}, Transactions: []bellatrix.Transaction{},
	}
	for _, tx := range d.Transactions {
		p.Transactions = append(p.Transactions, tx)
	}
	for _, w := range d.Withdrawals {
		p.Withdrawals = append(p.Withdrawals, &capella.Withdrawal{
			Index: capella.WithdrawalIndex(w.Index), ValidatorIndex: phase0.ValidatorIndex(w.Validator),
			Address: bellatrix.ExecutionAddress(w.Address), Amount: phase0.Gwei(w.Amount),
		})
	}
	return p, nil
}

// genesisPayload is block 0 of the execution chain as a payload.
func genesisPayload(h *types.Header) (*deneb.ExecutionPayload, error) {
	envelope := engine.BlockToExecutableData(types.NewBlockWithHeader(h).WithBody(types.Body{Withdrawals: types.Withdrawals{}}), common.Big0, nil, nil)
	return payloadOf(envelope.ExecutionPayload)
}

// withdrawalsOf are a state's withdrawals as the engine API takes them.
func withdrawalsOf(expected []*capella.Withdrawal) []*types.Withdrawal {
	withdrawals := make([]*types.Withdrawal, len(expected))
	for i, w := range expected {
		withdrawals[i] = &types.Withdrawal{Index: uint64(w.Index), Validator: uint64(w.ValidatorIndex), Address: common.Address(w.Address), Amount: uint64(w.Amount)}
	}
	return withdrawals
}

// Types of requests and their sizes. Source: EIP-6110, EIP-7002, EIP-7251, EIP-7685, EIP-8282.
const (
	depositRequest, withdrawalRequest, consolidationRequest             = 0, 1, 2
	builderDepositRequest, builderExitRequest                           = 3, 4
	builderDepositBytes, builderExitBytes                           int = 184, 68
	depositRequestBytes, withdrawalRequestBytes, consolidationBytes int = 192, 76, 116
)

// requestsOf reads what the execution layer asks of the consensus layer.
func requestsOf(p *geth.Payload) (*transition.Requests, error) {
	all := transition.EmptyRequests()
	for _, r := range p.Requests {
		var err error
		switch {
		case len(r) == 0:
			err = ErrPayload
		case r[0] == depositRequest:
			err = decodeRequests(r[1:], depositRequestBytes, &all.Deposits)
		case r[0] == withdrawalRequest:
			err = decodeRequests(r[1:], withdrawalRequestBytes, &all.Withdrawals)
		case r[0] == consolidationRequest:
			err = decodeRequests(r[1:], consolidationBytes, &all.Consolidations)
		case r[0] == builderDepositRequest:
			err = decodeRequests(r[1:], builderDepositBytes, &all.BuilderDeposits)
		case r[0] == builderExitRequest:
			err = decodeRequests(r[1:], builderExitBytes, &all.BuilderExits)
		default:
			err = ErrPayload
		}
		if err != nil {
			return nil, fmt.Errorf("read the requests of block %d: %w", p.Data.Number, err)
		}
	}
	return all, nil
}

// decodeRequests reads one after the other, each of size bytes.
func decodeRequests[T any, P interface {
	*T
	UnmarshalSSZ([]byte) error
}](data []byte, size int, into *[]P) error {
	if len(data)%size != 0 {
		return fmt.Errorf("%w: %d bytes of requests of %d", ErrPayload, len(data), size)
	}
	for ; len(data) > 0; data = data[size:] {
		request := P(new(T))
		if err := request.UnmarshalSSZ(data[:size]); err != nil {
			return fmt.Errorf("%w: %w", ErrPayload, err)
		}
		*into = append(*into, request)
	}
	return nil
}
