// Package difftest runs the contracts in go-ethereum's EVM (Osaka rules, or those that TIDEMARK_FORK names) against independent implementations of what
// they compute: herumi for signatures and point compression, go-eth2-client and dynamic-ssz for SSZ roots and Merkle
// branches, and this repository's Go twins for digests, rebase arithmetic, balance trees, sanity rules and schedules.
//
//	herumi, go-eth2-client, package report ──► inputs and expected results ──► contract in the EVM
//
// It has tests only.
package difftest
