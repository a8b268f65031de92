package submit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

const (
	// DefaultSignerTimeout bounds one request to a remote signer: a person may have to confirm it.
	DefaultSignerTimeout = time.Minute

	maxSignerBytes = 256 << 10
	noSuchMethod   = -32601 // JSON-RPC 2.0
)

// RemoteOptions of a RemoteSigner.
type RemoteOptions struct {
	URL     string         // http or https; user and password in it are sent as basic authentication
	Address common.Address // that the signer signs for
	HTTP    execution.HTTP // the network
	Timeout time.Duration  // 0: DefaultSignerTimeout
}

// RemoteSigner asks another process to sign, by eth_signTransaction (web3signer, geth with clef behind it) or, where that does not exist, by
// account_signTransaction (clef itself). What it answers is checked by the sender.
type RemoteSigner struct {
	node    *execution.Node
	address common.Address
}

// NewRemoteSigner makes the signer; nothing is asked yet. Errors: ErrConfig, which does not show the URL.
func NewRemoteSigner(o RemoteOptions) (*RemoteSigner, error) {
	if o.Address == (common.Address{}) {
		return nil, fmt.Errorf("%w: a remote signer needs the address that it signs for", ErrConfig)
	}
	node, err := execution.NewNode(o.URL, execution.NodeOptions{
		HTTP: o.HTTP, RequestTimeout: orDefault(o.Timeout, DefaultSignerTimeout), MaxResponseBytes: maxSignerBytes,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: the remote signer's URL: %w", ErrConfig, err)
	}
	return &RemoteSigner{node: node, address: o.Address}, nil
}

// Address is the account.
func (r *RemoteSigner) Address() common.Address { return r.address }

// String names the signer by its host.
func (r *RemoteSigner) String() string {
	return "signer of " + r.address.Hex() + " at " + r.node.Name()
}

// askedTransaction is a transaction as eth_signTransaction takes it. web3signer reads data and not input.
type askedTransaction struct {
	From    common.Address `json:"from"`
	To      common.Address `json:"to"`
	Gas     hexutil.Uint64 `json:"gas"`
	MaxFee  *hexutil.Big   `json:"maxFeePerGas"`
	Tip     *hexutil.Big   `json:"maxPriorityFeePerGas"`
	Value   *hexutil.Big   `json:"value"`
	Nonce   hexutil.Uint64 `json:"nonce"`
	Data    hexutil.Bytes  `json:"data"`
	ChainID *hexutil.Big   `json:"chainId"`
}

// Sign asks the signer. Errors: ErrSigner.
func (r *RemoteSigner) Sign(ctx context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error) {
	asked := askedTransaction{
		From: r.address, To: *tx.To, Gas: hexutil.Uint64(tx.Gas), MaxFee: (*hexutil.Big)(tx.GasFeeCap), Tip: (*hexutil.Big)(tx.GasTipCap),
		Value: (*hexutil.Big)(tx.Value), Nonce: hexutil.Uint64(tx.Nonce), Data: tx.Data, ChainID: (*hexutil.Big)(tx.ChainID),
	}
	answer, err := r.node.Call(ctx, "eth_signTransaction", asked)
	if refused := new(execution.RefusedError); errors.As(err, &refused) && refused.Code == noSuchMethod {
		answer, err = r.node.Call(ctx, "account_signTransaction", asked)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	return parseSigned(answer)
}

// parseSigned reads the encoded transaction: a string (web3signer), or an object with it in raw (clef, geth). Errors: ErrSigner.
func parseSigned(answer []byte) (*types.Transaction, error) {
	var raw hexutil.Bytes
	if json.Unmarshal(answer, &raw) != nil {
		var object struct {
			Raw hexutil.Bytes `json:"raw"`
		}
		if json.Unmarshal(answer, &object) != nil {
			return nil, fmt.Errorf("%w: the answer holds no encoded transaction", ErrSigner)
		}
		raw = object.Raw
	}
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return nil, fmt.Errorf("%w: the answer is no transaction: %w", ErrSigner, err)
	}
	return tx, nil
}
