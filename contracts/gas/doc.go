// Command gas measures ReportOracle.submit for committees of many sizes and writes docs/gas.md.
//
// Each figure comes from one transaction in go-ethereum's EVM (Osaka rules, and Prague for comparison) on a whole deployed set, in a steady frame: the storage
// that a report writes has been written before. "Certificate" is what the call of OracleCommittee.verifyCertificate costs the oracle, the
// access of the cold account and the call itself counted; "submit" is the whole transaction.
package main
