// Package byzantine is a member of a devnet that lies: it has a seat, its key and its place in the network, and no honest program.
//
//	                            ┌─ Equivocator: votes for two digests, one towards each half of the committee
//	gossip ──► Liar ── Lie ─────┤
//	           what is true     └─ Forger: signatures that do not verify, votes in others' names, floods of observations, stale and forged certificates
//
// It keeps to the wire's format: bytes that are none are package p2p's own tests' business.
package byzantine
