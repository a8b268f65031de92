// Package observer hears what a devnet's committee says and keeps every vote that verifies, so that two digests signed for one round are found.
//
//	members ── gossip ──► p2p.Host ──► Observer.Receive ── verify ──► votes by round and member ──► DoubleVotes, Votes
package observer
