// Package chain is a small but true beacon chain over an in-process go-ethereum: what the devnet's committee stands on.
//
//	NextSlot, Run, Plan, PlanBid, Miss, Slash, Exit, HaltFinality, Reorg        (the script)
//	      │
//	      ▼                withdrawals, parent beacon block root
//	    Chain ────────────────────────────────────────────► geth: engine API ──► JSON-RPC, eth_getProof
//	      │    ◄────────────────────────────────────────────       │
//	      │        payload, deposits (EIP-6110), exits (EIP-7002)  └── deposit contract, EIP-4788 and others
//	      ▼
//	 transition: BeaconState of Electra, Fulu or Gloas, process_slots, process_block
//	      │
//	      ▼
//	   history ──► beaconapi: headers, states as SSZ, checkpoints, events ──► HTTP on loopback
//
// There is one proposer for each slot and no network: what is not missed is the chain. Blocks and states are true in form, hashes and arithmetic, so that
// every reader of the oracle works on them unchanged; nobody signs them. docs/devnet.md says what is as in the consensus specs and what is simpler.
//
// In Gloas a block bids for a payload, which is then delivered, withheld or late. Only a delivered one can be built upon; the next block applies what it asks for.
//
// The same configuration, script and transactions give the same chain. A slot takes as long as its driver wants: tests call NextSlot, Run follows a ticker.
package chain
