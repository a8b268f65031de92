// Package localnet is the whole set on a chain in memory (evmtest), with accounts, a committee that signs with real BLS keys, and
// beacon blocks. Tests of the contracts, the gas table and the demonstration run on it.
//
//	New --> deployed set --FormCommittee--> members --OpenFrame--> Frame --Certify--> Submit --> evmtest.Result
package localnet
