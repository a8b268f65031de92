// Package consensus is how a committee agrees on one report a round: a pure state machine without clock, goroutine, network, disk or
// randomness. The same code runs in production and in the simulator (consensus/sim).
//
//	                runner (package node)                                   core (this package)
//	clock, chain, peers, key, journal ---------- Step(now, Event) --------> Core
//	                                                                         |  observe   Computed -> Observation to all
//	  1. Persist  durable before anything below leaves  <---- Ready ---------+  vote      q observations or f+1 votes for the own digest
//	  2. Sign     -> Step(Signed)                                            |  certify   q votes -> one aggregate
//	  3. Send, Submit, Alarms, Closed, Dropped; Next Tick                    |  submit    in the order of the digest, staggered
//	                                                                         '  close     done, or missed with the reason
//
//	 RoundOpened        Computed            quorum seen          Signed             q votes             turn               finalized
//	------------> open ----------> observed ----------> recorded -------> voted -----------> certified ------> submitted ----------> closed
//	                |                 ^    \_ recomputed _/                                      ^                                     ^
//	                |                 '------- a higher attempt replaces the observation         |                                     |
//	                '---------------------- a valid certificate is accepted in every state ------'           deadline: missed, why ----'
//
// A round is (committee digest, reference slot). Of n members f = floor((n-1)/3) may be arbitrary; q = floor((n+f)/2)+1.
//
// It promises, as long as a Runner keeps the order of Ready and a journal keeps what Ledger keeps:
//   - a key signs one digest a round, for ever, and no round older than its newest vote, across crashes at any point;
//   - no vote is signed before its record is durable; no certificate is made of unverified votes;
//   - two certificates of one round say the same, as long as at most f members are arbitrary;
//   - what is held and what is verified for others is bounded by a function of n, whatever peers send;
//   - each message that is not used is in Ready.Dropped with its reason.
//
// How and why is told in docs/protocol.md; testdata/*.txt shows each path as a readable script.
package consensus
