// Package geth runs a go-ethereum node inside the process, without peers, and drives it as a consensus client does.
//
//	Build ──► block builder ──► Payload ──► Insert ──► engine_newPayloadV4, V5 from Amsterdam on
//	SetHead ──► engine_forkchoiceUpdatedV3                     │
//	                                                           ▼
//	                      JSON-RPC over HTTP on loopback ◄── archive of all states
//
// The engine API is called in the process. In one place it is passed by: engine_getPayload hands out whatever is built so far, at first a payload without
// transactions, and a consensus client gives the builder some seconds. Here the same builder is asked directly, and its first payload with the pool's
// transactions is waited for, so that no time has to pass and no transaction that is in the pool is left out.
//
// go-ethereum never ends one goroutine of the engine API, its heartbeat.
package geth

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/rpc"
)

// ErrStart: the node cannot be started.
var ErrStart = errors.New("start the execution node")

const (
	loopback        = "127.0.0.1"
	defaultGasLimit = 100_000_000
	cacheMegabytes  = 16
)

// Options of a node.
type Options struct {
	ChainID     uint64
	GenesisTime uint64 // timestamp of block 0, in seconds
	// OsakaTime and AmsterdamTime are when these forks begin, in seconds; nil: never. Prague is there from block 0.
	OsakaTime, AmsterdamTime *uint64
	GasLimit                 uint64 // of every block; 100 million when 0
	Balances                 map[common.Address]*big.Int
	Deposits                 Contract // the beacon chain's deposit contract
	DataDir                  string   // empty: all in memory
	HTTPPort                 int      // on loopback; 0: any that is free
}

func (o Options) gasLimit() uint64 {
	if o.GasLimit == 0 {
		return defaultGasLimit
	}
	return o.GasLimit
}

// Node is a running node. It is safe for concurrent use, but only one caller should build.
type Node struct {
	stack   *node.Node
	backend *eth.Ethereum
	engine  *catalyst.ConsensusAPI
	client  *ethclient.Client
}

// Start starts a node from its genesis, or from what DataDir holds of the same genesis. Close ends it. Errors: ErrStart.
func Start(o Options) (*Node, error) {
	stack, err := node.New(o.stack())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	n := &Node{stack: stack}
	if err := n.run(o); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, errors.Join(err, stack.Close()))
	}
	return n, nil
}

func (n *Node) run(o Options) (err error) {
	if n.backend, err = eth.New(n.stack, o.backend()); err != nil {
		return err
	}
	system := filters.NewFilterSystem(n.backend.APIBackend, filters.Config{LogCacheSize: 32})
	n.stack.RegisterAPIs([]rpc.API{{Namespace: "eth", Service: filters.NewFilterAPI(system)}})
	if err := n.stack.Start(); err != nil {
		return err
	}
	n.engine = catalyst.NewConsensusAPI(n.backend)
	n.client = ethclient.NewClient(n.stack.Attach())
	return nil
}

func (o Options) stack() *node.Config {
	c := node.DefaultConfig
	c.Name, c.DataDir = "tidemark-devnet", o.DataDir
	c.P2P = p2p.Config{NoDiscovery: true, NoDial: true}
	c.HTTPHost, c.HTTPPort = loopback, o.HTTPPort
	c.HTTPModules = []string{"eth", "net", "web3", "txpool"}
	c.HTTPVirtualHosts = []string{"*"}
	c.AuthAddr, c.AuthPort = loopback, 0
	c.UseLightweightKDF = true
	return &c
}

func (o Options) backend() *ethconfig.Config {
	c := ethconfig.Defaults
	c.Genesis, c.NetworkId = o.genesis(), o.ChainID
	c.SyncMode = ethconfig.FullSync
	c.NoPruning, c.StateScheme, c.Preimages = true, rawdb.HashScheme, false // an archive that proves at any block
	c.DatabaseCache, c.TrieCleanCache, c.TrieDirtyCache, c.SnapshotCache = cacheMegabytes, cacheMegabytes, 0, 0
	c.LogNoHistory = true // logs are searched without an index
	c.EngineMaxReorgDepth = 0
	c.RPCTxFeeCap, c.RPCGasCap = 0, o.gasLimit()
	c.Miner.GasCeil = o.gasLimit()
	c.TxPool.NoLocals, c.TxPool.Journal = true, ""
	return &c
}

// URL is where the node answers JSON-RPC.
func (n *Node) URL() string { return n.stack.HTTPEndpoint() }

// Client asks the node in the process.
func (n *Node) Client() *ethclient.Client { return n.client }

// Genesis is the header of block 0.
func (n *Node) Genesis() *types.Header { return n.backend.BlockChain().Genesis().Header() }

// Close ends the node and frees its port.
func (n *Node) Close() error {
	n.client.Close()
	if err := n.stack.Close(); err != nil {
		return fmt.Errorf("stop the execution node: %w", err)
	}
	return nil
}
