// Package node is a running member, or an observer: it opens keys and journal, wires every other package, and carries out what the consensus core says.
//
//	                 ┌── frame clock ── RoundOpened
//	beacon nodes ────┤   finality ───── computer: snapshot.Compute ── Computed, NotComputed        one goroutine owns consensus.Core
//	execution nodes ─┤   follower: head, events, committee, early capture ── Accepted, CommitteeChanged ──► runner ── Ready:
//	peers ───────────┴── p2p.Host ── Received, PeerConnected                                                    1. journal
//	                                                                                                            2. signature
//	HTTP: /livez /readyz  ◄── status.Status ◄──────────────────────────────────────────────────────────────────┘ 3. send, submit, log
//
// It promises:
//   - the order of consensus.Ready: nothing leaves before its records are durable; a write that failed ends with the journal opened again and a new core;
//   - no vote without a journal: an observer has no key, and a member whose journal cannot be opened does not start;
//   - a beacon or execution node that is down, also at the start, is a reason in /readyz and never the end of the process;
//   - a computation that panics is one that failed: it is shown, logged and tried again;
//   - whatever comes from peers is bounded in rate before it reaches the core.
//
// Frames go by an injected clock (Hooks.Clock in tests); only how long work took is measured by the machine's. docs/running.md has the settings, docs/reasons.md the reasons.
package node
