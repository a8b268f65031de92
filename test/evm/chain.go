// Package evm stands in for an Ethereum node: a deterministic chain in memory that executes contracts. It is go-ethereum's EVM with the rules of
// Osaka, Prague or Amsterdam, the system contracts of EIP-4788, EIP-2935, EIP-7002, EIP-7251 and EIP-8282, and beacon blocks whose roots the chain knows, missed slots included. contracts/difftest,
// package localnet and package submit run contracts on it; package executionnode serves it by JSON-RPC.
//
//	Beacon headers --NextBlock--> EIP-4788 root --> EVM <-- bind.ContractBackend (generated bindings, deploy)
//	                                                 '----> Result: receipt, logs, revert data, gas of inner calls
//
// Every transaction is executed when it is sent, in the block that NextBlock opened last; that block ends, and hands its withdrawal requests
// to the consensus layer, when the next one opens. State is kept of the newest block only, headers and logs of all. Nothing here has a
// clock, a network or randomness.
package evm

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/types/bal"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
)

// BlockGasLimit is the gas limit of every block: far above mainnet's, so that whole deployments fit.
const BlockGasLimit = 1_000_000_000

// Config is what a chain starts with.
type Config struct {
	ChainID        uint64
	GenesisTime    uint64 // timestamp of slot 0, in seconds
	SecondsPerSlot uint64
	Fork           Fork                        // FromEnvironment, Osaka that is, unless told
	Balances       map[common.Address]*big.Int // in wei
	Code           map[common.Address][]byte
	Storage        map[common.Address]map[common.Hash]common.Hash // of accounts with code; see DepositContractStorage
}

// Chain is a chain in memory. It is not safe for concurrent use.
type Chain struct {
	config   Config
	params   *params.ChainConfig
	state    *state.StateDB
	headers  []*types.Header // by number; the last one is head
	head     *types.Header
	beacon   []BeaconHeader // of the same blocks, and of those whose payloads were withheld
	results  map[common.Hash]*Result
	logs     []types.Log
	requests []Request

	// Of the newest block.
	txInHead, logsInHead uint
	gasInHead            uint64
}

// New makes a chain whose head is the block of slot 0.
func New(c Config) (*Chain, error) {
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		return nil, fmt.Errorf("make an empty state: %w", err)
	}
	c.Fork = c.Fork.Resolve()
	ch := &Chain{config: c, params: c.Fork.Rules(c.ChainID), state: db, results: make(map[common.Hash]*Result)}
	for address, code := range systemContracts(c.Fork) {
		ch.setCode(address, code)
	}
	for address, code := range c.Code {
		ch.setCode(address, code)
	}
	for address, words := range c.Storage {
		for slot, word := range words {
			ch.state.SetState(address, slot, word)
		}
	}
	for address, wei := range c.Balances {
		ch.AddBalance(address, wei)
	}
	ch.NextBlock(0)
	return ch, nil
}

func (ch *Chain) setCode(address common.Address, code []byte) {
	ch.state.SetCode(address, code, tracing.CodeChangeUnspecified)
	ch.state.SetNonce(address, 1, tracing.NonceChangeUnspecified)
}

// AddBalance gives an account ether without a transaction: a sweep, a block reward, a gift.
func (ch *Chain) AddBalance(address common.Address, wei *big.Int) {
	ch.state.AddBalance(address, uint256.MustFromBig(wei), tracing.BalanceChangeUnspecified)
}

// Balance is an account's ether in wei.
func (ch *Chain) Balance(address common.Address) *big.Int {
	return ch.state.GetBalance(address).ToBig()
}

// Fork is whose rules the chain has.
func (ch *Chain) Fork() Fork { return ch.config.Fork }

// Slot is the slot of the newest block.
func (ch *Chain) Slot() uint64 { return ch.beacon[len(ch.beacon)-1].Slot }

// NextBlock opens the block of slot, which must be above the newest one; slots between are missed. The beacon block's state root is made up;
// NextBlockWithState gives one.
func (ch *Chain) NextBlock(slot uint64) { ch.NextBlockWithState(slot, inventedRoot("state", slot)) }

// NextBlockWithState opens the block of slot with the given beacon state root. EIP-4788 learns the root of the beacon block before.
func (ch *Chain) NextBlockWithState(slot uint64, stateRoot common.Hash) {
	var beaconParent, parent common.Hash
	number := new(big.Int)
	if n := len(ch.beacon); n > 0 {
		if slot <= ch.beacon[n-1].Slot {
			panic(fmt.Sprintf("evm: slot %d is not above slot %d", slot, ch.beacon[n-1].Slot))
		}
		ch.endBlock()
		beaconParent, parent = ch.beacon[n-1].Root(), ch.head.Hash()
		number.Add(ch.head.Number, common.Big1)
	}
	ch.beacon = append(ch.beacon, headerOf(slot, beaconParent, stateRoot))
	ch.head = &types.Header{
		ParentHash:       parent,
		Number:           number,
		Time:             ch.config.GenesisTime + slot*ch.config.SecondsPerSlot,
		GasLimit:         BlockGasLimit,
		BaseFee:          new(big.Int),
		Difficulty:       new(big.Int),
		ParentBeaconRoot: &beaconParent,
	}
	ch.headers = append(ch.headers, ch.head)
	ch.txInHead, ch.logsInHead, ch.gasInHead = 0, 0, 0
	core.ProcessBeaconBlockRoot(beaconParent, ch.evm(nil), bal.NewConstructionBlockAccessList())
	if len(ch.headers) > 1 {
		core.ProcessParentBlockHash(parent, ch.evm(nil), bal.NewConstructionBlockAccessList())
	}
}

// evm is an EVM in the newest block.
func (ch *Chain) evm(tracer *tracing.Hooks) *vm.EVM {
	random := common.Hash{}
	return vm.NewEVM(vm.BlockContext{
		CanTransfer:      core.CanTransfer,
		Transfer:         core.Transfer,
		GetHash:          func(number uint64) common.Hash { return ch.headers[number].Hash() },
		GasLimit:         BlockGasLimit,
		BlockNumber:      ch.head.Number,
		Time:             ch.head.Time,
		Difficulty:       ch.head.Difficulty,
		BaseFee:          ch.head.BaseFee,
		BlobBaseFee:      common.Big1,
		Random:           &random,
		SlotNum:          ch.Slot(),
		CostPerStateByte: params.CostPerStateByte,
	}, ch.state, ch.params, vm.Config{Tracer: tracer})
}

// Snapshot copies the chain. Results and logs of the copy begin with those of the original.
func (ch *Chain) Snapshot() *Chain {
	copied := *ch
	copied.state = ch.state.Copy()
	copied.headers, copied.beacon = slices.Clone(ch.headers), slices.Clone(ch.beacon)
	copied.logs, copied.requests = slices.Clone(ch.logs), slices.Clone(ch.requests)
	copied.results = maps.Clone(ch.results)
	return &copied
}

// Commit writes the newest state into the chain's database as tries and gives its root. The database keeps the states of all commits, also of
// snapshots: proofs are made from it. The chain goes on as if nothing had happened.
func (ch *Chain) Commit() (common.Hash, state.Database, error) {
	copied := ch.state.Copy()
	root, err := copied.Commit(ch.evm(nil).GetRules(), ch.head.Number.Uint64())
	if err != nil {
		return common.Hash{}, nil, fmt.Errorf("commit the state of block %d: %w", ch.head.Number, err)
	}
	return root, copied.Database(), nil
}
