// Package testnet runs a real Ethereum network on one machine: one geth, two Prysm beacon nodes and
// their validator clients, on loopback, from a genesis of its own.
//
//	Start ─► prysmctl ─► genesis.json, genesis.ssz ─► geth ◄─ engine ─┬► beacon-0 ◄─ validator-0: keys  0–25
//	                                                                  │      ▲ │  ◄─ validator-1: keys 26–51
//	                                                                  │      │ ▼  ◄─ validator-3: keys 64–…, if asked for
//	                                                                  └► beacon-1 ◄─ validator-2: keys 52–63
//
// More than two thirds of the stake depend on beacon-0: the chain stays final when beacon-1 is stopped (StopClient) and waits
// when beacon-0 is. Each client can be started again on the data that it had (StartClient).
//
// What Start returns is ready for requests; the chain begins at Info.GenesisTime and finalizes about
// four epochs later (Network.WaitFinalized). It starts in Capella and is in Deneb from epoch 1 and in
// Electra from epoch 2 on. MissSlot makes the next proposer miss its slot,
// and DoubleVote has a validator slashed.
//
// A network of Gloas has a single beacon node, which makes every state with a consensus client's own transition (test/secondopinion/beaconnode), and plays all
// validators. Payload withholds a payload.
//
// The clients end with the network: on Stop, when one of them fails, and, on Linux, when the process
// that started them dies in whatever way. An error carries the last lines of the failing client's log.
//
// The programs come from modules of their own, testnet/geth and testnet/prysm, since their
// dependencies clash with each other and with this module's; make testnet-clients builds them.
package testnet
