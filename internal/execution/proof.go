package execution

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/holiman/uint256"
)

// Bounds of one Merkle-Patricia proof: a path has at most 64 nibbles and a leaf, and the largest node is a branch of 16 hashes (532 bytes).
const (
	maxProofNodes = 65
	maxNodeBytes  = 600
)

// Account is a proven account with proven words of its storage. An account that does not exist has no balance and the hash of no code.
type Account struct {
	BalanceWei  uint256.Int
	Nonce       uint64
	CodeHash    common.Hash
	StorageRoot common.Hash
	Words       map[common.Hash]common.Hash // slot to word, zero words included
}

// proofAnswer is the result of eth_getProof (EIP-1186). Only the proofs are believed; what else it states must agree with them.
type proofAnswer struct {
	Address      *common.Address `json:"address"`
	AccountProof []hexutil.Bytes `json:"accountProof"`
	Balance      *quantity       `json:"balance"`
	CodeHash     *common.Hash    `json:"codeHash"`
	Nonce        *quantity       `json:"nonce"`
	StorageHash  *common.Hash    `json:"storageHash"`
	StorageProof []storageAnswer `json:"storageProof"`
}

type storageAnswer struct {
	Key   *quantity       `json:"key"`
	Value *quantity       `json:"value"`
	Proof []hexutil.Bytes `json:"proof"`
}

// quantity is a number of at most 256 bits in hexadecimal. Leading zeros are let pass: nodes write keys and values in either form.
type quantity struct{ uint256.Int }

// UnmarshalJSON reads "0x…" with 1 to 64 digits.
func (q *quantity) UnmarshalJSON(text []byte) error {
	if len(text) < 5 || len(text) > 68 || !bytes.HasPrefix(text, []byte(`"0x`)) || text[len(text)-1] != '"' {
		return errors.New("not a hexadecimal number of at most 256 bits")
	}
	q.Clear()
	for _, c := range text[3 : len(text)-1] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), lower(c))
		if digit < 0 {
			return errors.New("not a hexadecimal number")
		}
		q.Lsh(&q.Int, 4)
		q.Or(&q.Int, uint256.NewInt(uint64(digit)))
	}
	return nil
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'F' {
		return c + 'a' - 'A'
	}
	return c
}

// verifyAccount gives what the answer proves of address and slots under a state root. Errors: ErrMalformed, ErrProof.
func verifyAccount(answer []byte, stateRoot common.Hash, address common.Address, slots []common.Hash) (*Account, error) {
	var p proofAnswer
	if err := json.Unmarshal(answer, &p); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrMalformed, shortened(err.Error()))
	}
	if err := p.complete(len(slots)); err != nil {
		return nil, err
	}
	if *p.Address != address {
		return nil, fmt.Errorf("%w: it is about account %s, asked was %s", ErrProof, p.Address, address)
	}
	account, err := provenAccount(p.AccountProof, stateRoot, address)
	if err != nil {
		return nil, fmt.Errorf("account %s: %w", address, err)
	}
	if err := p.agrees(account); err != nil {
		return nil, fmt.Errorf("account %s: %w", address, err)
	}
	account.Words = make(map[common.Hash]common.Hash, len(slots))
	for i, slot := range slots {
		word, err := p.StorageProof[i].verify(account.StorageRoot, slot)
		if err != nil {
			return nil, fmt.Errorf("account %s, slot %s: %w", address, slot, err)
		}
		account.Words[slot] = word
	}
	return account, nil
}

// complete refuses answers with missing fields.
func (p *proofAnswer) complete(slots int) error {
	missing := ""
	switch {
	case p.Address == nil:
		missing = "address"
	case p.AccountProof == nil:
		missing = "accountProof"
	case p.Balance == nil:
		missing = "balance"
	case p.CodeHash == nil:
		missing = "codeHash"
	case p.Nonce == nil:
		missing = "nonce"
	case p.StorageHash == nil:
		missing = "storageHash"
	case len(p.StorageProof) != slots:
		return fmt.Errorf("%w: %d storage proofs, asked were %d", ErrMalformed, len(p.StorageProof), slots)
	}
	if missing != "" {
		return fmt.Errorf("%w: field %s is missing", ErrMalformed, missing)
	}
	return nil
}

// provenAccount walks the state trie.
func provenAccount(proof []hexutil.Bytes, stateRoot common.Hash, address common.Address) (*Account, error) {
	value, err := trieValue(proof, stateRoot, crypto.Keccak256(address[:]))
	if err != nil {
		return nil, err
	}
	if value == nil {
		return &Account{CodeHash: types.EmptyCodeHash, StorageRoot: types.EmptyRootHash}, nil
	}
	var leaf types.StateAccount
	if err := rlp.DecodeBytes(value, &leaf); err != nil {
		return nil, fmt.Errorf("%w: the leaf is not an account: %w", ErrProof, err)
	}
	if leaf.Balance == nil || len(leaf.CodeHash) != common.HashLength {
		return nil, fmt.Errorf("%w: the leaf is not an account", ErrProof)
	}
	return &Account{BalanceWei: *leaf.Balance, Nonce: leaf.Nonce, CodeHash: common.Hash(leaf.CodeHash), StorageRoot: leaf.Root}, nil
}

// agrees refuses answers that state something else than they prove: such an endpoint lies, or is broken.
func (p *proofAnswer) agrees(a *Account) error {
	absent := a.Nonce == 0 && a.BalanceWei.IsZero() && a.CodeHash == types.EmptyCodeHash && a.StorageRoot == types.EmptyRootHash
	zeroOr := func(stated, proven common.Hash) bool { return stated == proven || (absent && stated == common.Hash{}) }
	switch {
	case !p.Balance.Eq(&a.BalanceWei):
		return fmt.Errorf("%w: balance %s is stated, %s wei is proven", ErrProof, p.Balance.Dec(), a.BalanceWei.Dec())
	case !p.Nonce.IsUint64() || p.Nonce.Uint64() != a.Nonce:
		return fmt.Errorf("%w: nonce %s is stated, %d is proven", ErrProof, p.Nonce.Dec(), a.Nonce)
	case !zeroOr(*p.CodeHash, a.CodeHash):
		return fmt.Errorf("%w: code hash %s is stated, %s is proven", ErrProof, p.CodeHash, a.CodeHash)
	case !zeroOr(*p.StorageHash, a.StorageRoot):
		return fmt.Errorf("%w: storage root %s is stated, %s is proven", ErrProof, p.StorageHash, a.StorageRoot)
	}
	return nil
}

// verify walks the storage trie to slot.
func (s *storageAnswer) verify(storageRoot, slot common.Hash) (common.Hash, error) {
	switch {
	case s.Key == nil || s.Value == nil || s.Proof == nil:
		return common.Hash{}, fmt.Errorf("%w: field key, value or proof is missing", ErrMalformed)
	case s.Key.Bytes32() != slot:
		return common.Hash{}, fmt.Errorf("%w: it is about slot %s", ErrProof, s.Key.Hex())
	}
	word, err := provenWord(s.Proof, storageRoot, slot)
	if err != nil {
		return common.Hash{}, err
	}
	if s.Value.Bytes32() != word {
		return common.Hash{}, fmt.Errorf("%w: %s is stated, %s is proven", ErrProof, s.Value.Hex(), word)
	}
	return word, nil
}

// provenWord is zero when it is proven that the slot was never written, or was cleared.
func provenWord(proof []hexutil.Bytes, storageRoot, slot common.Hash) (word common.Hash, err error) {
	value, err := trieValue(proof, storageRoot, crypto.Keccak256(slot[:]))
	if err != nil || value == nil {
		return word, err
	}
	content, rest, err := rlp.SplitString(value)
	if err != nil || len(rest) > 0 || len(content) == 0 || len(content) > common.HashLength || content[0] == 0 {
		return word, fmt.Errorf("%w: the leaf is not a storage word", ErrProof)
	}
	return common.BytesToHash(content), nil
}

// trieValue gives the value at key under root, nil when its absence is proven.
func trieValue(proof []hexutil.Bytes, root common.Hash, key []byte) ([]byte, error) {
	if root == types.EmptyRootHash {
		return nil, nil // an empty trie has no node to show
	}
	if len(proof) > maxProofNodes {
		return nil, fmt.Errorf("%w: %d proof nodes are more than any path has", ErrProof, len(proof))
	}
	nodes := make(proofNodes, len(proof))
	for _, node := range proof {
		if len(node) > maxNodeBytes {
			return nil, fmt.Errorf("%w: a proof node of %d bytes is larger than any", ErrProof, len(node))
		}
		nodes[crypto.Keccak256Hash(node)] = node
	}
	value, err := trie.VerifyProof(root, key, nodes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProof, err)
	}
	return value, nil
}

// proofNodes is a proof's nodes by their hashes: ethdb.KeyValueReader for the verifier.
type proofNodes map[common.Hash][]byte

var errNoNode = errors.New("no such node")

// Has tells whether the proof holds the node.
func (n proofNodes) Has(hash []byte) (bool, error) {
	_, ok := n[common.BytesToHash(hash)]
	return ok, nil
}

// Get gives the node.
func (n proofNodes) Get(hash []byte) ([]byte, error) {
	node, ok := n[common.BytesToHash(hash)]
	if !ok {
		return nil, errNoNode
	}
	return node, nil
}
