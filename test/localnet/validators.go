package localnet

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// depositGwei is what a validator is funded with.
const depositGwei = 32_000_000_000

// AddOperator registers an operator whose manager and reward recipient is the operator account, and gives it count keys with real deposit
// signatures. Keys are numbered from first.
func (n *Network) AddOperator(first uint64, count int) error {
	registry := bindings.NewOperatorRegistry()
	add := registry.PackAddOperator("operator", n.Accounts.Operator.Address, n.Accounts.Operator.Address, 1000)
	if _, err := n.Must(n.Accounts.Owner, n.Contracts.OperatorRegistry, nil, add); err != nil {
		return fmt.Errorf("add an operator: %w", err)
	}
	if _, err := n.Must(n.Accounts.Operator, n.Contracts.OperatorRegistry, nil, n.AddKeysData(first, count)); err != nil {
		return fmt.Errorf("add keys: %w", err)
	}
	return nil
}

// AddKeysData is the call that gives the first operator count keys with real deposit signatures, numbered from first.
func (n *Network) AddKeysData(first uint64, count int) []byte {
	keys := make([]bindings.KeyInput, 0, count)
	for i := range uint64(count) {
		key := NewKey(1_000_000 + first + i)
		keys = append(keys, bindings.KeyInput{Pubkey: abi.PublicKey(key.PublicKey()), Signature: abi.Signature(key.Sign(n.depositRoot(key.PublicKey())))})
	}
	return bindings.NewOperatorRegistry().PackAddKeys(new(big.Int), keys)
}

// FundValidators adds an operator with count keys and sends 32 ether of the buffer to the deposit contract for each.
func (n *Network) FundValidators(count int) error {
	if err := n.AddOperator(0, count); err != nil {
		return err
	}
	root, err := n.DepositRoot()
	if err != nil {
		return err
	}
	keysHash, err := n.NextKeysHash(count)
	if err != nil {
		return err
	}
	fund := bindings.NewStakingPool().PackDepositToBeacon(big.NewInt(int64(count)), root, keysHash)
	if _, err := n.Must(n.Accounts.Keeper, n.Contracts.StakingPool, nil, fund); err != nil {
		return fmt.Errorf("fund validators: %w", err)
	}
	return nil
}

// NextKeysHash names the keys that the next deposit of count validators takes.
func (n *Network) NextKeysHash(count int) (common.Hash, error) {
	registry := bindings.NewOperatorRegistry()
	keys, err := Query(n, n.Contracts.OperatorRegistry, registry.PackNextKeys(big.NewInt(int64(count))), registry.UnpackNextKeys)
	if err != nil {
		return common.Hash{}, fmt.Errorf("next keys: %w", err)
	}
	return crypto.Keccak256Hash(keys), nil
}

// DepositRoot is the deposit contract's root.
func (n *Network) DepositRoot() (common.Hash, error) {
	selector := common.FromHex("0xc5f2892f") // get_deposit_root()
	return Query(n, n.DepositContract, selector, func(b []byte) (common.Hash, error) { return common.BytesToHash(b), nil })
}

// depositRoot is the signing root of a deposit of 32 ether to the pool's credentials.
func (n *Network) depositRoot(key bls.PublicKey) [32]byte {
	credentials := report.CredentialsOf(n.Contracts.WithdrawalVault)
	return report.DepositSigningRoot([48]byte(key.Bytes()), credentials, depositGwei, [4]byte(n.GenesisForkVersion))
}
