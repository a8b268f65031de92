// Package difftest runs the compiled contracts in go-ethereum's EVM (Prague rules) against independent
// implementations of what they compute: herumi for signatures and point compression, go-eth2-client and
// dynamic-ssz for SSZ roots and Merkle branches.
//
//	herumi, go-eth2-client ──► inputs and expected results ──► contract in core/vm/runtime
//
// It has tests only. They read the compiler's artifacts, so the contracts must have been built.
package difftest
