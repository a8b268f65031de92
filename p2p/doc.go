// Package p2p lets the nodes of a committee talk: a libp2p host that only members and configured observers reach, gossip in one topic a committee,
// and streams between two peers. What is said is package consensus' business; what is bytes, who may say it, and how much, is this one's.
//
//	 node                                     Host                                                      network
//	Send(Outgoing) --- to all ----> gossip: topic /tidemark/1/<committee> ----------------------------> QUIC
//	      |                           ^ RPC inspector: size, rate --> signature --> validator           TCP, TLS or noise
//	      |                           '-------------------------------- decode, author, replay --.        ^
//	Receive(from, message) Verdict <-------------------------------------------------------------+        | gate: members, observers
//	      |                           .--------------------------- size, rate, decode -----------'        | resource manager: by n
//	      '--- to one, status ----> queue of each peer --> stream /tidemark/sync/1 ------------------+
//	                                hello: version, clock, network; addresses: signed, of members --------'
//
// It promises:
//   - a peer that is neither member nor observer gets no further than the handshake, and an ejected member is disconnected by SetMembers;
//   - a message is decoded only within the bounds of its kind, from the one encoding that Encode writes, and spreads only after Receive has accepted it;
//   - memory for connections, queues and what is remembered of peers is bounded by a function of the number of members and observers (MaxMemoryBytes for what
//     libp2p buffers), and one peer cannot use up what is there for others;
//   - a peer is blamed for what it signed, or did over its own connection, and never for another member's message that it could not judge;
//   - whatever is not used or not sent is counted with its reason (Host.Drops); no call of Host waits for a peer.
//
// A peer whose clock, network or manners are wrong is seen in Host.Peers, Host.Health and the log. How to run it behind a firewall
// is in docs/networking.md.
package p2p
