// Package holders is what people do with a devnet's token: they stake, send, wrap, unwrap, ask to withdraw and claim, and somebody pays the proposers. What
// happens follows from a seed and from how the pool stands; transactions go to the execution node as anyone's do.
//
//	seed ─┐
//	      ├─► Script.Step, one a slot ──► network.Send
//	books ┘
//
// Alice only holds and Bob only holds wrapped tokens, so that what they have changes by rewards alone.
package holders
