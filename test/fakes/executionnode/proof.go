package executionnode

import (
	"encoding/json"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// blockHash is EIP-1898's parameter.
type blockHash struct {
	Hash common.Hash `json:"blockHash"`
}

// Proof is the answer to eth_getProof (EIP-1186).
type Proof struct {
	Address      common.Address  `json:"address"`
	AccountProof []hexutil.Bytes `json:"accountProof"`
	Balance      *hexutil.Big    `json:"balance"`
	CodeHash     common.Hash     `json:"codeHash"`
	Nonce        hexutil.Uint64  `json:"nonce"`
	StorageHash  common.Hash     `json:"storageHash"`
	StorageProof []StorageProof  `json:"storageProof"`
}

// StorageProof is the part about one slot.
type StorageProof struct {
	Key   common.Hash     `json:"key"`
	Value *hexutil.Big    `json:"value"`
	Proof []hexutil.Bytes `json:"proof"`
}

// nodeList collects a proof's nodes from the root on.
type nodeList []hexutil.Bytes

// Put takes a node.
func (l *nodeList) Put(_, node []byte) error {
	*l = append(*l, node)
	return nil
}

// Delete is never called by a prover.
func (l *nodeList) Delete([]byte) error { return nil }

func (n *Node) proof(params []json.RawMessage) (any, error) {
	var address common.Address
	var slots []common.Hash
	var at blockHash
	if err := parse(params, &address, &slots, &at); err != nil {
		return nil, err
	}
	b, err := n.stateAt(at.Hash)
	if err != nil {
		return nil, err
	}
	return b.prove(address, slots)
}

func (b block) prove(address common.Address, slots []common.Hash) (*Proof, error) {
	accounts, err := b.states.OpenTrie(b.header.Root)
	if err != nil {
		return nil, err
	}
	account, err := accounts.GetAccount(address)
	if err != nil {
		return nil, err
	}
	if account == nil {
		account = types.NewEmptyStateAccount()
	}
	path, err := proofOf(accounts, address[:])
	if err != nil {
		return nil, err
	}
	p := &Proof{
		Address: address, AccountProof: path, Balance: (*hexutil.Big)(account.Balance.ToBig()), CodeHash: common.BytesToHash(account.CodeHash),
		Nonce: hexutil.Uint64(account.Nonce), StorageHash: account.Root, StorageProof: []StorageProof{},
	}
	return p, b.proveSlots(p, slots)
}

func (b block) proveSlots(p *Proof, slots []common.Hash) error {
	if len(slots) == 0 {
		return nil
	}
	storage, err := b.states.OpenStorageTrie(b.header.Root, p.Address, p.StorageHash, nil)
	if err != nil {
		return err
	}
	for _, slot := range slots {
		word, err := storage.GetStorage(p.Address, slot[:])
		if err != nil {
			return err
		}
		path, err := proofOf(storage, slot[:])
		if err != nil {
			return err
		}
		p.StorageProof = append(p.StorageProof, StorageProof{Key: slot, Value: (*hexutil.Big)(new(big.Int).SetBytes(word)), Proof: path})
	}
	return nil
}

func proofOf(t state.Trie, key []byte) ([]hexutil.Bytes, error) {
	nodes := nodeList{}
	err := t.Prove(crypto.Keccak256(key), &nodes)
	return nodes, err
}

func (n *Node) code(params []json.RawMessage) (any, error) {
	var address common.Address
	var at blockHash
	if err := parse(params, &address, &at); err != nil {
		return nil, err
	}
	b, err := n.stateAt(at.Hash)
	if err != nil {
		return nil, err
	}
	accounts, err := state.New(b.header.Root, b.states)
	if err != nil {
		return nil, err
	}
	return hexutil.Bytes(accounts.GetCode(address)), nil
}
