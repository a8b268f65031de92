// Package oracletest is an oracle with a history, for tests: the contracts on a devnet chain, a committee that signs what a test tells it to, and
// reports that come on chain in every way that an auditor must understand.
//
//	New --> Scene --Compute--> truth --Certify--> Submit --> receipt
//	                                    '-- Tamper, Absent, Through
package oracletest
