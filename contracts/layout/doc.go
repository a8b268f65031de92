// Package layout tells where the contracts keep the state that execution proofs read.
//
//	forge artifacts ── contracts/generate ──► layout.go ──► eth_getProof keys and the reading of their words
//
// Slot is a variable's storage slot. Offset and Bytes, present if it does not fill its slot, say where in
// the 32-byte word it lies: Offset counts bytes from the least significant end. For mappings and arrays of
// structs the constants with Element in their names count slots from the element's first one; where an
// element begins is Solidity's rule (keccak256 of key and slot; for arrays keccak256 of the slot, plus index times size).
// The constants are generated: renaming a state variable breaks the compilation of its readers, moving it
// changes the committed file.
package layout
