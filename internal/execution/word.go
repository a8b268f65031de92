package execution

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/report"
)

// word is a storage word. Variables in it are told by offset and width in bytes, from package layout; the offset counts from the least
// significant end.
type word common.Hash

func (w word) bytes(offset, width int) []byte {
	end := len(w) - offset
	return w[end-width : end]
}

// wei is a variable of any width; shares are read by it too.
func (w word) wei(offset, width int) (v uint256.Int) {
	v.SetBytes(w.bytes(offset, width))
	return v
}

// uint64 is a variable of at most 8 bytes.
func (w word) uint64(offset, width int) uint64 {
	var padded [8]byte
	b := w.bytes(offset, width)
	copy(padded[8-len(b):], b)
	return binary.BigEndian.Uint64(padded[:])
}

// uint32 is a variable of at most 4 bytes.
func (w word) uint32(offset, width int) uint32 { return uint32(w.uint64(offset, width)) }

// uint16 is a variable of at most 2 bytes.
func (w word) uint16(offset, width int) uint16 { return uint16(w.uint64(offset, width)) }

// uint8 is a variable of 1 byte.
func (w word) uint8(offset, width int) uint8 { return uint8(w.uint64(offset, width)) }

// gweiAsWei is a variable of at most 8 bytes that counts gwei, in wei.
func (w word) gweiAsWei(offset, width int) (v uint256.Int) {
	v.Mul(uint256.NewInt(w.uint64(offset, width)), uint256.NewInt(report.WeiPerGwei))
	return v
}

func (w word) bool(offset, width int) bool { return w.uint64(offset, width) != 0 }

func (w word) address(offset, width int) common.Address {
	return common.BytesToAddress(w.bytes(offset, width))
}

// words are proven words by slot.
type words map[common.Hash]common.Hash

// at is the word of a numbered slot, which must have been asked for.
func (w words) at(slot uint64) word { return word(w[slotAt(slot)]) }

// slotAt is the key of a numbered slot.
func slotAt(number uint64) common.Hash { return uint256.NewInt(number).Bytes32() }

// elementSlot is where a mapping keeps the first word of the element with an integer key: keccak256(key ‖ the mapping's slot), as
// Solidity's documentation, "Layout of State Variables in Storage", says.
func elementSlot(mapping, key uint64) common.Hash {
	k, m := slotAt(key), slotAt(mapping)
	return crypto.Keccak256Hash(k[:], m[:])
}
