// Package transition is the beacon chain's state transition in Electra, as far as the oracle can see it: a true BeaconState in, a true BeaconState out.
//
//	            ProcessSlots                         ProcessBlock
//	state ──► slot roots, epochs ──► state ──► header, withdrawals, payload, ──► state ──► Root, Encode
//	          (justification, rewards,          slashings, attestations, exits,
//	           registry, deposits ...)          EIP-6110 and EIP-7002 requests
//
// Types, SSZ and hash-tree roots are go-eth2-client's, with the sizes of Spec. Each function names the function of the consensus specs it follows. It
// knows no clock, network or execution node, and the same input gives the same output. What it leaves out: signatures of blocks, exits and evidence;
// attestations as objects (participation is marked as if all who are not absent had attested in time); proposers' and the sync committee's rewards;
// sync committee rotation; eth1 votes; consolidations.
package transition
