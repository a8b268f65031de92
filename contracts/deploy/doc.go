// Package deploy puts the whole set of contracts on a chain and describes it in a network manifest that every node reads.
//
//	Config --Validate--> Deploy --> 12 contracts at predicted addresses --Verify--> Manifest (YAML)
//
// The contracts know each other as immutables, so all addresses are computed from the deployer's nonce before the first
// transaction, checked after each, and the wiring and the roles are read back at the end. The deployer holds no role at any time: the admin of
// every contract is a timelock from its constructor on.
package deploy
