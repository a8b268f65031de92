// Package story is the life of an oracle set on a real network, as one test: what an operator of a public testnet does, what its holders see, and what
// goes wrong meanwhile.
//
//	keys new, join, admin admit, run ─► seven members, each a process with a folder, a manifest and endpoints
//	stake, operator, keys, deposits, rewards, sweep, exit (EIP-7002), double vote ─► reports ─► rebases, rates, paid withdrawals
//	nodes that stop, restart, lie; a wrong clock; a split; one who joins, one who is ejected ─► the right error, and a report all the same
//
// Each frame's report is compared with opinions that share no code with it (the beacon node's own list of validators, go-eth2-client's decoding of the state,
// plain calls), and every accepted one is computed again at the end by oraclenode report compute from the archive node and must be equal byte for byte.
// It takes about twenty minutes and needs the clients, so its tests have the build tag testnet: make test-story runs them. Shorter ones live one frame at Fulu, and
// three over the fork to Gloas: make test-testnet.
package story
