// Package blockproof shows that a beacon block is the last one at or before a reference slot, in the way that the contracts verify (contracts/src/lib/BlockProofs.sol).
//
//	EIP-4788 ── root at childSlot ──► newest header ── parent, parent … ──► reference block      at most MaxLinks headers in between
//	                                        └─ state root ── block_roots[refSlot] ──► reference block
//
// A block's root comes into EIP-4788 when the payload of the block's child is executed, under the child's time. From Gloas on a payload can be withheld, and then
// the root never comes: what is known of a later block stands for it. Find makes the cheapest proof that there is, Proof.Newest verifies one.
package blockproof
