// Package abi converts what members agree on to the ABI types of the contracts, and names the errors that the contracts revert with. Nothing else does.
//
//	report, key, signature, bitmap --> words of contracts/bindings --> calldata
//	revert data --> error of the contract, with its arguments
package abi
