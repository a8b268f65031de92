// Package journal is the durable memory of a member: its votes, the certificates it saw, what it submitted, and evidence against
// others. It is a bbolt file, and the disk behind consensus.Core; consensus.MemoryJournal specifies what it keeps and refuses.
//
//	core --Ready.Persist--> Append --one transaction--> check against existing records --> write --> fsync --> then sign, send, submit
//	                          |                            |
//	                          |                            '-- second digest for a round, round older than the newest vote: refused
//	                          '-- a failed write: nothing is half-written; close the journal and open it again
//
//	Open: lock --> mode, meta pages, checksum of every record, use of every page --> identity --> written anew --> Records --> consensus.New
//
//	oraclenode journal export  Contents.Export --JSON lines--> ReadExport  oraclenode journal import
//	                                                               '--> Merge: adds, never replaces; afterwards the journal is New
//
// It promises, as long as the disk keeps what it reported as synced:
//   - A round has one digest, for ever, and no vote is for a reference slot below the newest vote's, across kills at any point.
//   - When Append returns nil, the records survive a loss of power: bbolt syncs the data pages, then the meta page that makes them
//     visible, and Append returns after both.
//   - A file that was changed, truncated, swapped, or that belongs to another key or network is refused, and so is a second
//     process.
//   - Evidence and halts stay. Votes, certificates and submissions of older reference slots are pruned.
//
// It has no goroutine and reads no clock; only waiting for the lock of another process takes time. It does not verify signatures:
// the core verifies a record before it persists it. docs/journal.md is for operators.
package journal
