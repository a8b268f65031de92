// Package consensus is the agreement of a committee on one report per round. It is a pure state machine: it has no clock,
// goroutine, network, disk or randomness of its own. The same code runs in production and in the simulator (consensus/sim).
//
// A round is a committee digest and a reference slot. In each round the members compute the same report from the chain, say
// so, sign it, and add the signatures up to one certificate that the ReportOracle contract accepts. Nobody proposes and
// nobody leads, because the report follows from the chain: a round without faults takes two message delays.
//
// # Promises
//
// Let a committee have n members, of which f = floor((n-1)/3) may be Byzantine (arbitrary), and let a quorum be
// q = floor((n+f)/2)+1. As long as the caller keeps the order of Ready and its journal keeps what MemoryJournal keeps:
//
//   - Safety: two certificates of one round are for the same digest, if at most f members are Byzantine. No clock and no bound
//     on delays is needed for this.
//   - One vote: a key signs one digest per round, for ever, and no round older than its newest vote, across crashes at any
//     point.
//   - Own computation: a node votes for and submits only a report that it computed itself.
//   - Liveness: if q honest members compute the same report and their messages arrive before the deadline, the round is
//     certified and submitted.
//   - Bounds: what a node holds and what it verifies for others is bounded by a function of n, whatever peers send.
//   - Nothing is silent: each event and message that is not used is in Ready.Dropped with its reason.
//
// # A round
//
//		 RoundOpened        Computed            quorum seen          Signed             q votes             turn               finalized
//		------------> open ----------> observed ----------> recorded -------> voted -----------> certified ------> submitted ----------> closed
//		                |                 ^    \_ recomputed _/                                      ^                                     ^
//		                |                 '------- a higher attempt replaces the observation         |                                     |
//		                '---------------------- a valid certificate is accepted in every state ------'           deadline: missed, why ----'
//
//	  - Observe. A node that computed its report gossips an Observation: the digest and one hash per section. It is a hint and may
//	    be replaced by a later one with a higher attempt.
//	  - Vote. The node signs the digest of its report once q members, itself included, observed that digest, or once f+1 valid
//	    votes for it are there. A vote is final; waiting for observations leaves time to recompute first.
//	  - Certify. With q votes for a digest whose report it computed, the node aggregates the signatures, verifies the sum once,
//	    and gossips the Certificate. Bisection finds bad votes if the sum does not verify.
//	  - Submit. Members take turns, Timing.SubmitStagger apart, in an order that follows from the digest (SubmissionOrder).
//	  - Close. The round ends when the report is final on chain, or at its deadline with the reason (Outcome).
//
// # How to drive it
//
// One goroutine owns a Core. It passes each Event to Step with the time at which it happened, and carries out the Ready that
// Step returns before it calls Step again:
//
//	                runner (package node)                                   core (this package)
//	clock, chain, peers, key, journal ---------- Step(now, Event) --------> Core
//	                                                                         |  observe   Computed -> Observation to all
//	  1. Persist  durable before anything below leaves  <---- Ready ---------+  vote      q observations or f+1 votes for its digest
//	  2. Sign     -> Step(Signed)                                            |  certify   q votes -> one aggregate
//	  3. Send, Submit, Alarms, Closed, Dropped; Next Tick                    |  submit    in the order of the digest, staggered
//	                                                                         '  close     done, or missed with the reason
//
// A minimal loop is
//
//	records, err := journal.Records()          // nothing for a new journal
//	core, err := consensus.New(config, records)
//	ready := core.Step(now(), consensus.RoundOpened{Committee: c, RefSlot: slot, Deadline: deadline})
//	for {
//		if len(ready.Persist) > 0 {
//			if err := journal.Append(ready.Persist...); err != nil {
//				ready = core.Step(now(), consensus.PersistFailed{Why: err.Error()})
//				continue // nothing else of the Ready that failed may leave
//			}
//		}
//		for _, s := range ready.Sign {
//			go func() { events <- consensus.Signed{Round: s.Round, Digest: s.Digest, Signature: sign(s.Message)} }()
//		}
//		for _, out := range ready.Send {
//			send(out) // To is empty: gossip to all
//		}
//		if ready.Submit != nil {
//			submit(*ready.Submit)
//		}
//		select {
//		case event := <-events:
//			ready = core.Step(now(), event)
//		case <-after(ready.Next): // 0: wait for an event
//			ready = core.Step(now(), consensus.Tick{})
//		}
//	}
//
// # Inputs
//
//   - RoundOpened when the reference slot has passed, and once after each start for the newest frame. CommitteeChanged when the
//     contract answers with another committee for that slot.
//   - Computed or NotComputed as the node reads the chain; Computed again whenever it recomputes.
//   - Received for each message of a peer that the transport authenticated; PeerConnected when a stream can be opened.
//   - Signed as the answer to a SignRequest.
//   - Accepted and AcceptanceReverted as the contract says; Accepted again, with Finalized, when it is final.
//   - PersistFailed when a write failed. It must be the first event after that Ready.
//   - Tick at Ready.Next.
//
// Events of a round that is not held do no harm: they are dropped with their reason. Step takes any message that a peer can
// send; it validates each itself and never panics on one.
//
// # Persistence before sending
//
// Everything else rests on one rule: make Persist durable, all records or none, before anything else of the same Ready leaves
// the process. A vote is recorded before it is signed, so a crash at any point leaves either no signature or a record of it.
// A write that failed may or may not be on the disk: the core then takes back what it assumed, decides nothing that it cannot
// write, and tries again after Timing.RetryInterval.
//
// After a restart, New takes the journal's records. The node signs a recorded vote again, resumes its turn to submit, and
// keeps evidence. A process cannot know whether its journal is the newest one or an old copy. So in the first slot that it
// opens it votes only after q-1 other members have shown what they hold and none of them holds an unknown vote of its key
// (RoundView.Recovering; the recovery protocol of Viewstamped Replication asks for the same reason). A valid vote of its key
// that the journal does not hold stops the node from voting until the operator removes the HaltRecord.
//
// # Time
//
// Instant is the machine's clock in milliseconds; only instants of one node are ever compared. Timers follow the time that
// passed. Deadlines follow the clock as it is. The clock may jump: a round that it closed too early resumes when the clock is
// right, and jumps that matter raise an alarm. No promise of safety depends on time.
//
// # Errors
//
// New returns ErrConfig for a configuration that cannot work, and ErrRecords for records that contradict each other or belong
// to another oracle. Step returns no error. What a peer does wrong is in Ready.Dropped, and Reason.IsFault says whether an
// honest node would ever send it. What the operator must look at is in Ready.Alarms, once per round and member.
//
// # Why it is safe
//
// Two quorums of q members share at least 2q-n > f members, so at least one of them is honest. An honest member signs one
// digest per round. So two certificates of one round have the same digest. This is the quorum intersection of PBFT and of
// every Byzantine agreement since. How a member came to its vote does not matter here: the two rules for voting serve
// liveness, because a vote cannot be taken back.
//
// # Why it ends
//
// If q honest members compute the same report, and none of them voted for another one before, their observations reach each
// other: each repeats them about every Timing.ResendInterval, and peers compare what they hold (Status, RoundRequest,
// RoundAnswer). So each of the q sees q observations and votes, each sees q votes, and each can make the certificate. A
// member that comes late, or whose peers already moved on, follows f+1 votes. A Byzantine member can delay none of this: it
// is one vote at most, bad votes are found by bisection, and no step waits for a particular member. If fewer than q members
// compute the same report, no protocol may certify it, and Outcome names who was absent and which values differ.
//
// # Sources
//
//   - M. Castro, B. Liskov: Practical Byzantine Fault Tolerance, OSDI 1999 (quorums of n >= 3f+1).
//   - B. Liskov, J. Cowling: Viewstamped Replication Revisited, 2012, section 4.3 (recovery of a replica that lost its state).
//   - D. Boneh, M. Drijvers, G. Neven: Compact Multi-Signatures, ASIACRYPT 2018, and draft-irtf-cfrg-bls-signature (aggregates
//     with proofs of possession).
//   - EIP-712 (what is signed), EIP-2537 (how the contract verifies it).
//
// docs/protocol.md says more of each decision; testdata/*.txt shows each path as a script that reads like a log.
package consensus
