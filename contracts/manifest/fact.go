package manifest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// ErrWiring: what stands on the chain is not what was meant.
var ErrWiring = errors.New("contracts are not wired as they should be")

// Chain is what contracts are read from: ethclient.Client satisfies it.
type Chain interface {
	bind.ContractCaller
	ethereum.ChainIDReader
}

// Fact is one answer that a contract must give.
type Fact struct {
	contract string
	at       common.Address
	what     string
	call     []byte
	want     []byte // one word, or several
}

// NewFact is the fact that a contract answers a call with values, each in one word; what names the answer.
func NewFact(contract string, at common.Address, what string, call []byte, values ...any) Fact {
	return Fact{contract, at, what, call, words(values...)}
}

// AdminRole is the name of AccessControl's role that is no hash of its name.
const AdminRole = "DEFAULT_ADMIN_ROLE"

// HasRole is the fact that an account holds a role, or does not. hasRole(bytes32,address) is the same call on every contract.
func HasRole(contract string, at common.Address, role string, account common.Address, want bool) Fact {
	var id common.Hash
	if role != AdminRole {
		id = crypto.Keccak256Hash([]byte(role))
	}
	var answer uint64
	if want {
		answer = 1
	}
	return NewFact(contract, at, fmt.Sprintf("%s for %s", role, account), bindings.NewStakingPool().PackHasRole(id, account), answer)
}

// Check wants all facts to be true. Errors: ErrWiring, naming contract and field.
func Check(ctx context.Context, chain Chain, facts []Fact) error {
	for _, f := range facts {
		got, err := chain.CallContract(ctx, ethereum.CallMsg{To: &f.at, Data: f.call}, nil)
		if err != nil {
			return fmt.Errorf("read %s of %s: %w", f.what, f.contract, abi.NameRevert(err))
		}
		if !bytes.Equal(got, f.want) {
			return fmt.Errorf("%w: %s of %s is 0x%x, not 0x%x", ErrWiring, f.what, f.contract, got, f.want)
		}
	}
	return nil
}

// words is the ABI encoding of static values.
func words(values ...any) []byte {
	var encoded []byte
	for _, v := range values {
		var word common.Hash
		switch v := v.(type) {
		case common.Hash:
			word = v
		case common.Address:
			word = common.BytesToHash(v[:])
		case *big.Int:
			word = common.BigToHash(v)
		case uint16:
			word = common.BigToHash(new(big.Int).SetUint64(uint64(v)))
		case uint32:
			word = common.BigToHash(new(big.Int).SetUint64(uint64(v)))
		case uint64:
			word = common.BigToHash(new(big.Int).SetUint64(v))
		default:
			panic(fmt.Sprintf("manifest: no encoding for %T", v))
		}
		encoded = append(encoded, word[:]...)
	}
	return encoded
}
