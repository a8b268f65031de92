// Package state reads a beacon state from its SSZ bytes once, as a stream, and believes nothing of it before its hash-tree root is the one
// that a block commits to.
//
//	bytes ──► fixed part ──► lists in order ──► root == want? ──► State
//	            │ offsets       │ blocks of elements, hashed by several workers
//	            '───────────────┴─► fields that the pool needs, kept aside until the root has matched
//
// Memory does not grow with the number of validators: only those of the pool are kept, a few bytes each, and those pending deposits that
// may concern the pool. Forks are tables of fields (table.go); a new fork is a new table.
//
// Whether the key of a pending deposit already stands in the registry must be known exactly, and the registry comes first in the bytes. So the reader
// takes a hint of keys to look out for, checks it against the verified bytes, and asks for a second reading when the hint was incomplete.
//
// Sources: consensus specs, phase0 to gloas beacon-chain.md (containers, limits) and ssz/simple-serialize.md (encoding, Merkleization); EIP-7495
// and EIP-7916 (progressive containers and lists, from Gloas on).
package state
