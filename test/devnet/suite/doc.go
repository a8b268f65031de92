// Package suite runs oraclenode devnet as a user does, with every scenario. Its tests need the build tag devnet: make test-devnet.
//
//	make test-devnet ──► go build ./cmd/oraclenode ──► oraclenode devnet --scenario … ──► exit status, summary
package suite
