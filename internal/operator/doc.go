// Package operator is what an operator does around a running node: a member's home folder with its keys, joining and leaving the committee, and what
// the owner and the guardians of a network do. Package cmd/oraclenode only parses and prints.
//
//	Home ─ NewKeys, Import… ─► files ─ ReadPublic ─► Public            (no secret leaves)
//	  │
//	  └─ OpenKeys ─► Keys ─┐
//	                       ▼
//	Network{manifest, transact.Client} ─ Joining ─► register ─► wait ─► member        Leaving ─► leave ─► wait ─► withdraw
//	                       │
//	                       └─ Owner ─► Action{call, who may, what it does} ─► sent, or printed for a multisig, or through the timelock
//
// It promises:
//   - no file is ever overwritten, and none that others could read is used;
//   - whatever was interrupted can be run again: what stands on the chain is looked at first, and nothing is sent twice;
//   - an action says what it does before it is sent, and the chain has been asked whether it would be taken.
package operator
