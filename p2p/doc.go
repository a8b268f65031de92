// Package p2p is the network of a committee: a libp2p host that only members and configured observers can reach, gossip in one
// topic per committee, and streams between two peers. Package consensus decides what is said; this package decides how it is
// encoded, who may say it, and how much.
//
//	 node                                     Host                                                      network
//	Send(Outgoing) --- to all ----> gossip: topic /tidemark/1/<committee> ----------------------------> QUIC
//	      |                           ^ RPC inspector: size, rate --> signature --> prefilter           TCP, TLS or noise
//	      |                           '-------------------------------- decode, author, replay --.        ^
//	Handler.Receive(from, message) <-------------------------------------------------------------+        | gater: members, observers
//	      |                           .--------------------------- size, rate, decode -----------'        | resource manager: by n
//	      '--- to one, status ----> queue of each peer ---> stream /tidemark/sync/1 ----------------------+
//	                                hello: version, clock, network; addresses: signed, of members --------'
//
// New starts a host; SetMembers says who may connect; Join enters a committee's topic; Send sends; Handler.Receive says of each
// message whether it is accepted (it spreads), ignored or rejected (it goes no further, and its author gets a penalty).
//
// # Promises
//
//   - A peer that is neither member nor observer gets no further than the handshake, and SetMembers disconnects an ejected member.
//   - A message is decoded only within the bounds of its kind, from the one encoding that Encode writes. It spreads only after
//     Receive has accepted it.
//   - Memory for connections, queues and what is remembered of peers is bounded by a function of the number of members and
//     observers (MaxMemoryBytes for what libp2p buffers). One peer cannot use up what is there for others.
//   - A peer gets a penalty for what it signed or did over its own connection, and never for another member's message that it
//     could not check. Enough penalties ban it for Timing.BanTime.
//   - Whatever is not used or not sent is counted with its reason (Host.Drops). No call of Host waits for a peer.
//
// A peer whose clock, network or behaviour is wrong is visible in Host.Peers, Host.Health and the log.
//
// # Sources
//
//   - libp2p specifications: gossipsub v1.1 (peer scores P1 to P7, flood publishing, signed messages), peer records in signed
//     envelopes (RFC 0002, RFC 0003), circuit relay v2, connection gater, resource manager.
//   - wire/tidemark.proto is the schema of all messages. docs/networking.md says how to run a node behind a firewall or NAT.
package p2p
