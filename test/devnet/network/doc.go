// Package network builds what a devnet's committee stands on: the chain with the contracts deployed, a pool with active validators, members that are
// registered and admitted, and a home folder with real keys for each.
//
//	Build ─► chain.Chain ─► deploy.Deploy ─► operators, stake, validators ─► register, admit ─► Network
//	                                                                            │
//	                             manifest.yaml, keystore, identity, submitter ◄─┘   one folder a member
//	Network.Clock: the chain's seconds run faster than the wall's
//	Network.Send, Network.Wait: transactions of the accounts that are known to everyone
//
// Set-up drives the chain as fast as the machine can; the clock begins when set-up is over, at the slot where the chain then stands.
// The keys of accounts and members come from the configuration's seed: anyone can make them again, so nothing of value may ever lie under them.
package network
