// Package evm is a deterministic chain in memory for tests of the contracts: go-ethereum's EVM with Osaka rules, the
// system contracts of EIP-4788, EIP-2935, EIP-7002 and EIP-7251, and beacon blocks whose roots the chain knows, missed slots included.
//
//	Beacon headers --NextBlock--> EIP-4788 root --> EVM <-- bind.ContractBackend (generated bindings, deploy)
//	                                                 '----> Result: receipt, logs, revert data, gas of inner calls
//
// Every transaction is executed when it is sent, in the block that NextBlock opened last; that block ends, and hands its withdrawal requests
// to the consensus layer, when the next one opens. State is kept of the newest block only, headers and logs of all. Nothing here has a
// clock, a network or randomness.
package evm
