// Command measure runs devnets of several sizes, reads from the members' own descriptions when each round reached which step, and from /proc what the
// members use, and writes docs/performance.md.
//
//	devnet.Watch ──► watch: statuses, /proc ──► round, usage ──► page
//
// Members are processes of the devnet program, which is built first: oraclenode run with faults. Their clocks run faster than the machine's; every figure is of the machine's time.
package main
