package txmgr

import (
	"bytes"
	"cmp"
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

// Signer signs transactions of one account. What it gives back is not believed: the sender checks it.
type Signer interface {
	Address() common.Address
	// Sign gives the signed transaction.
	Sign(ctx context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error)
}

// sign has the signer sign and checks what comes back: every field, and who signed. Errors: ErrSigner, those of the signer.
func sign(ctx context.Context, s Signer, asked *types.DynamicFeeTx) (*types.Transaction, error) {
	signed, err := s.Sign(ctx, asked)
	if err != nil {
		return nil, err
	}
	if err := checkSigned(signed, asked, s.Address()); err != nil {
		return nil, fmt.Errorf("%w: %w: nothing was sent; find out what it signs", ErrSigner, err)
	}
	return signed, nil
}

// checkSigned compares a signed transaction with what was asked for.
func checkSigned(signed *types.Transaction, asked *types.DynamicFeeTx, from common.Address) error {
	if signed == nil || signed.Type() != types.DynamicFeeTxType {
		return fmt.Errorf("it is no EIP-1559 transaction")
	}
	to := signed.To()
	switch {
	case signed.ChainId().Cmp(asked.ChainID) != 0:
		return fmt.Errorf("it is for chain %s", signed.ChainId())
	case signed.Nonce() != asked.Nonce:
		return fmt.Errorf("it has nonce %d instead of %d", signed.Nonce(), asked.Nonce)
	case to == nil || *to != *asked.To:
		return fmt.Errorf("it goes to %v instead of %s", to, asked.To)
	case signed.Value().Cmp(asked.Value) != 0:
		return fmt.Errorf("it moves %s wei instead of %s", signed.Value(), asked.Value)
	case signed.Gas() != asked.Gas:
		return fmt.Errorf("it has %d gas instead of %d", signed.Gas(), asked.Gas)
	case signed.GasFeeCap().Cmp(asked.GasFeeCap) != 0 || signed.GasTipCap().Cmp(asked.GasTipCap) != 0:
		return fmt.Errorf("it bids %s and %s wei instead of %s and %s", signed.GasFeeCap(), signed.GasTipCap(), asked.GasFeeCap, asked.GasTipCap)
	case !bytes.Equal(signed.Data(), asked.Data):
		return fmt.Errorf("it calls with other data")
	case len(signed.AccessList()) != len(asked.AccessList):
		return fmt.Errorf("it has an access list")
	}
	sender, err := types.Sender(types.NewLondonSigner(asked.ChainID), signed)
	if err != nil {
		return fmt.Errorf("its signature is not valid: %w", err)
	}
	if sender != from {
		return fmt.Errorf("it is signed by %s instead of %s", sender, from)
	}
	return nil
}

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
		HTTP: o.HTTP, RequestTimeout: cmp.Or(o.Timeout, DefaultSignerTimeout), MaxResponseBytes: maxSignerBytes,
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
