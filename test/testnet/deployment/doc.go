// Package deployment puts Tidemark on the real network of package testnet: with the Go deployment of contracts/deploy, terms that fit a network whose
// validators live for minutes, and the funded account in every role.
//
//	testnet.Info ─► Deploy ─► manifest ─► Write ─► manifest.yaml, owner.json, owner.password
//	                  └► Sender: transactions of the funded account, one after the other
package deployment
