// Package abi converts what members agree on to the ABI types of the contracts, and nothing else does.
//
//	report, key, signature, bitmap --> words of contracts/bindings --> calldata
package abi
