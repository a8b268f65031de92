// Package presets holds the public facts of the networks that Tidemark can be deployed on: Hoodi, Sepolia and Ethereum's main network.
//
//	Hoodi, Sepolia, Mainnet ──► deploy     a configuration or manifest that names the chain id must agree with them
//	                        └─► snapshot ─► beacon     every beacon node is compared with them before it is used
//
// They are facts, not settings: whoever runs the network publishes them, and they never change. What a later fork adds is added here.
//
// Sources, all public: metadata/config.yaml and README.md of github.com/eth-clients/mainnet, /sepolia and /hoodi (chain id, deposit contract,
// fork versions and epochs), and beacon/params/networks.go of go-ethereum v1.17.8 (genesis time, genesis validators root, forks), with which
// a test of package deploy compares them.
package presets
