// Package transition is the beacon chain's state transition in Electra, Fulu and Gloas, as far as the oracle can see it: a true BeaconState in, a true
// BeaconState out.
//
//	            ProcessSlots                         ProcessBlock
//	state ──► slot roots, epochs ──► state ──► header, withdrawals, payload, ──► state ──► Root, Encode
//	          (justification, rewards,          slashings, attestations, exits,
//	           registry, deposits, forks ...)    EIP-6110 and EIP-7002 requests
//
// In Gloas a block has a bid in the place of its payload. What the payload asks for is applied with the block that builds upon it; what it must pay is
// deducted with the block that bids for it. What a fork changes stands in fork.go, one row a fork, and in fulu.go, gloas.go and builders.go.
//
// Types, SSZ and hash-tree roots are go-eth2-client's, with the sizes of Spec. Each function names the function of the consensus specs it follows
// (v1.7.0-alpha.13). It knows no clock, network or execution node, and the same input gives the same output. What it leaves out: signatures of blocks, bids,
// exits and evidence; attestations as objects (participation is marked as if all who are not absent had attested in time); payload attestations; RANDAO in the
// draw of proposers and payload timeliness committees; proposers' and the sync committee's rewards; sync committee rotation; eth1 votes; consolidations;
// builders that come by a deposit: all are on board when Gloas begins, and their indices are not used again.
package transition
