// Command generate writes what is derived from the compiled contracts, from forge's artifacts:
//
//	              ┌─► bindings/bindings.go               every deployed contract: calls, events, errors, code
//	forge's out/ ─┼─► bindings/testbindings/bindings.go  contracts that only tests deploy
//	              ├─► layout/layout.go                   slots of the state that execution proofs read
//	              └─► docs/contracts.md                  the table of errors, between its two marks
//
// All four are committed, so that building needs no Solidity compiler, and all four are functions of the
// sources alone: `make check-generated` proves that writing them again changes nothing. To bind one more
// contract add its name to contracts.go.
package main
