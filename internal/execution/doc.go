// Package execution reads the pool's contracts at one block of the execution chain, from nodes that nobody has to trust.
//
//	manifest ─────────────► addresses, code hashes ─┐
//	beacon state ─► BlockRef{Hash, StateRoot} ──────┤
//	                                                ▼
//	endpoints ◄─ Client ─ eth_getProof at the hash ─► trie proofs ─► Reader.Pool ─► Pool: Values, Request, Committee
//	                      eth_getCode              ─► keccak256                           ▲
//	                      eth_getBlockByHash       ─► header hash ─► Capture (before finality) ─┘
//
// # What is proven
//
// Everything that a Pool gives out. Balances, code hashes and storage words are verified by Merkle-Patricia proof (EIP-1186)
// against the block's state root, absent accounts and zero words by proof of absence; code is verified by its hash. The code hash of every
// contract must be the manifest's, so immutable variables are proven with it. Members' keys, which the committee contract keeps
// as code of further accounts, are proven the same way, and the committee's digest is recomputed from them. Nothing is read by eth_call.
// The state root itself is the caller's: from a verified beacon state, or, for early capture, from a header that hashes to the block hash.
//
// # Endpoints
//
// Any endpoint may serve any read, since answers are verified. An answer that does not verify, a node's error, a time-out
// or an oversized body is logged with the endpoint and its reason, and the next endpoint is asked. Errors name endpoint (host only: paths, queries and
// user names hold secrets), method, cause and what to do. Nothing is asked by block number: a node on another fork cannot answer for ours.
//
// # Pruned state
//
// A full node keeps about 128 blocks of state, less than a block may need to be finalized. Capture reads a block when it is seen, keeps
// what was verified, by block hash, and gives it out once the block turned out to be the one. A state that no endpoint has any more is
// ErrPruned with the endpoint, the block's age and the remedy.
package execution
