// Package onchain writes what members agree on as the contracts take it, and nothing else does.
//
//	report, key, signature, bitmap --> words of contracts/bindings --> calldata
package onchain
