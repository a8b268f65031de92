// Package suite runs the devnet as a user does, with every scenario. Its tests need the build tag devnet: make test-devnet.
//
//	make test-devnet ──► go build ./cmd/devnet ──► devnet --scenario … ──► exit status, summary
package suite
