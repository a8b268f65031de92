package deployment

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// Fees that every block of the network takes.
const (
	tipWei     = 1_000_000_000
	feeCapWei  = 100_000_000_000
	gasReserve = 4 // a transaction may take a quarter more gas than it would have when it was sent
)

// Sender sends transactions of the network's funded account. Its methods may be called at the same time.
type Sender struct {
	Address common.Address
	Client  *ethclient.Client

	key     *ecdsa.PrivateKey
	chainID *big.Int
	sending sync.Mutex // held from the choice of a nonce until the node has the transaction
}

// NewSender opens the execution node. Close closes it.
func NewSender(ctx context.Context, info testnet.Info) (*Sender, error) {
	key, err := testnet.Key()
	if err != nil {
		return nil, err
	}
	client, err := ethclient.DialContext(ctx, info.ExecutionURL)
	if err != nil {
		return nil, fmt.Errorf("connect to the execution node: %w", err)
	}
	return &Sender{Address: crypto.PubkeyToAddress(key.PublicKey), Client: client, key: key, chainID: new(big.Int).SetUint64(info.ChainID)}, nil
}

// Close ends the connection.
func (s *Sender) Close() { s.Client.Close() }

// Send sends a call, with value (nil for none), and returns when it is mined. One that would fail is not sent; one that has failed is an error with the
// name of the contract's error.
func (s *Sender) Send(ctx context.Context, to common.Address, wei *big.Int, data []byte) (*types.Receipt, error) {
	hash, err := s.send(ctx, to, wei, data)
	if err != nil {
		return nil, fmt.Errorf("send to %s: %w", to, err)
	}
	receipt, err := bind.WaitMined(ctx, s.Client, hash)
	if err != nil {
		return nil, fmt.Errorf("wait for transaction %s: %w", hash, err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction %s to %s failed", hash, to)
	}
	return receipt, nil
}

func (s *Sender) send(ctx context.Context, to common.Address, wei *big.Int, data []byte) (common.Hash, error) {
	if wei == nil {
		wei = new(big.Int)
	}
	s.sending.Lock()
	defer s.sending.Unlock()
	gas, err := s.Client.EstimateGas(ctx, ethereum.CallMsg{From: s.Address, To: &to, Value: wei, Data: data})
	if err != nil {
		return common.Hash{}, fmt.Errorf("%s: %w", abi.RevertName(err), err)
	}
	nonce, err := s.Client.PendingNonceAt(ctx, s.Address)
	if err != nil {
		return common.Hash{}, fmt.Errorf("read the nonce: %w", err)
	}
	signed, err := types.SignNewTx(s.key, types.LatestSignerForChainID(s.chainID), &types.DynamicFeeTx{
		ChainID: s.chainID, Nonce: nonce, To: &to, Value: wei, Data: data, Gas: gas + gas/gasReserve, GasTipCap: big.NewInt(tipWei), GasFeeCap: big.NewInt(feeCapWei),
	})
	if err != nil {
		return common.Hash{}, fmt.Errorf("sign: %w", err)
	}
	return signed.Hash(), s.Client.SendTransaction(ctx, signed)
}

// Call asks a contract, at a block (nil: the newest).
func (s *Sender) Call(ctx context.Context, to common.Address, data []byte, block *big.Int) ([]byte, error) {
	answer, err := s.Client.CallContract(ctx, ethereum.CallMsg{From: s.Address, To: &to, Data: data}, block)
	if err != nil {
		return nil, fmt.Errorf("call %s: %s: %w", to, abi.RevertName(err), err)
	}
	return answer, nil
}
