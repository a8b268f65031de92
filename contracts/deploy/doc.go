// Package deploy puts the whole set of contracts on a chain and describes it in the manifest that every node reads (package manifest). A member's program
// does not link it.
//
//	Config --Validate--> Deploy --> 13 contracts at predicted addresses --read back--> manifest.Manifest
//
// The contracts know each other as immutables, so all addresses are computed from the deployer's nonce before the first
// transaction, checked after each, and the wiring, the terms and the roles are read back at the end. The deployer holds no role at any time: the admin of
// every contract is a timelock from its constructor on.
package deploy
