// Package beacon is a client of the standard Beacon API for one network and several nodes.
//
//	               .-- endpoint 1 --.   each: identity check, time-outs, bounded bodies, strict decoding
//	caller -- ask -+-- endpoint 2 --+-> first good answer, or every endpoint's reason
//	               '-- endpoint n --'
//
//	WatchFinalized --> checkpoint --> ReferenceBlock(refSlot) --> ReadState(slot, state root)
//	 events or polls                    |                            the caller verifies every byte
//	                                    '- finalized root agreed by all endpoints,
//	                                       parent links down to the first block above refSlot
//
// It promises:
//   - an endpoint is used only after its genesis and spec have matched the expected Network, and again after it was out of reach;
//   - a block header is returned only if its own hash-tree root is the root that was asked for or answered;
//   - nothing optimistic and, where finality is asked for, nothing that is not finalized is returned;
//   - which block is the reference block is decided by parent links, never by a missing answer alone;
//   - every answer is bounded in size before it is decoded, every wait is bounded in time and ends with its context;
//   - user info, paths and queries of endpoint URLs are in no error and no log line.
//
// What it cannot know: that the finalized checkpoint itself is the right one. All endpoints must agree on it; with a single
// endpoint that one's word is taken. States are not verified here: package beacon/state does that with ReferenceBlock's StateRoot.
//
// Sources: Ethereum Beacon APIs (github.com/ethereum/beacon-APIs), consensus specs phase 0.
package beacon
