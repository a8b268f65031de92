// Package journal is a member's durable memory: what it voted for, the certificates it saw, what it submitted, and evidence against others. It is a
// bbolt file and the disk behind consensus.Ledger.
//
//	core --Ready.Persist--> Append --one transaction--> judge against what stands --> write --> fsync --> then sign, send, submit
//	                          |                            |
//	                          |                            '-- second digest for a round, round older than the newest vote: refused
//	                          '-- a failed write: nothing is half-written, and the journal wants to be closed and opened
//
//	Open: lock --> mode, meta pages, checksum of every record, use of every page --> identity --> written anew --> Records --> consensus.New
//
//	oraclenode journal export  Contents.Export --JSON lines--> ReadExport  oraclenode journal import
//	                                                               '--> Merge: adds, never replaces; afterwards the journal is New
//
// It promises, as long as the disk keeps what it said was synced:
//   - one digest for each round, for ever, and no vote for a reference slot below the newest vote's, across kills at any point;
//   - a nil error of Append means that the records survive a loss of power: bbolt syncs the data pages, then the meta page that
//     makes them visible, and Append returns after both;
//   - a file that was changed, cut off, swapped or belongs to another key or network is refused, and so is a second process;
//   - evidence and halts stay; votes, certificates and submissions of older reference slots are pruned.
//
// It has no goroutine and reads no clock; only the wait for the lock of another process takes time. Signatures are not judged
// here: the core judges a record before it persists it. docs/journal.md is for operators.
package journal
