// Package reports checks on a real network that reports are what the chain holds: the contracts are deployed, validators are funded through the pool, earn, are
// swept, and one exits; each frame's report is compared with two opinions that share no code with it, the beacon node's own list of validators and
// go-eth2-client's decoding of the state, and is then submitted and accepted. It takes about twenty minutes and needs the clients, so its tests have
// the build tag testnet: make test-reports runs them.
package reports
