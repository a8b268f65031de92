// Package manifest describes a network: its chain, its schedule, its contracts and their code. Every node reads the manifest first and compares it with
// the chain.
//
//	manifest.yaml --Decode--> Manifest --Verify--> every contract's code, wiring, schedule, bounds and roles, as the chain has them
//
// Decode takes at most 64 KiB and refuses unknown keys and impossible values by name. Verify believes the node that it asks: it finds a wrong manifest or a
// wrong network, and what a report is computed of is proven elsewhere. Package deploy makes a network and writes its manifest.
package manifest
