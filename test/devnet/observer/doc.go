// Package observer hears what a devnet's committee says and keeps every vote that verifies: whoever signs two digests for one round is seen.
//
//	members ── gossip ──► p2p.Host ──► Observer.Receive ── verify ──► votes by round and member ──► Twice, Votes
package observer
