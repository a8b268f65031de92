// Package testnet runs a real Ethereum network on one machine: one geth, one Prysm beacon node and
// its validator clients, on loopback, from a genesis of its own.
//
//	Start ─► prysmctl ─► genesis.json, genesis.ssz ─► geth ◄─ engine ─► beacon-chain ◄─ validator 0: keys  0–31
//	                                                                                ◄─ validator 1: keys 32–63
//	                                                                                ◄─ validator 2: keys 64–…, if asked for
//
// What Start returns is ready for requests; the chain begins at Info.GenesisTime and finalizes about
// four epochs later (Network.WaitFinalized). It starts in Capella and is in Deneb from epoch 1 and in
// Electra from epoch 2 on. MissSlot makes the next proposer miss its slot.
//
// The clients end with the network: on Stop, when one of them fails, and, on Linux, when the process
// that started them dies in whatever way. An error carries the last lines of the failing client's log.
//
// The programs come from modules of their own, testnet/geth and testnet/prysm, since their
// dependencies clash with each other and with this module's; make testnet-clients builds them.
package testnet
