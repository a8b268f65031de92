package evm

import (
	"crypto/sha256"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types/bal"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/contracts/bindings/devnetbindings"
)

// systemContracts are the contracts that the protocol itself calls: EIP-4788, EIP-2935, EIP-7002 and EIP-7251, and since Amsterdam those of
// EIP-8282, without which no block is valid.
func systemContracts(f Fork) map[common.Address][]byte {
	code := map[common.Address][]byte{
		params.BeaconRootsAddress:        params.BeaconRootsCode,
		params.HistoryStorageAddress:     params.HistoryStorageCode,
		params.WithdrawalQueueAddress:    params.WithdrawalQueueCode,
		params.ConsolidationQueueAddress: params.ConsolidationQueueCode,
	}
	if f == Amsterdam {
		code[params.BuilderDepositAddress] = params.BuilderDepositCode
		code[params.BuilderExitAddress] = params.BuilderExitCode
	}
	return code
}

// OwnDepositContract is the code of our own deposit contract, as a genesis block carries it.
func OwnDepositContract() ([]byte, error) {
	creation := common.FromHex(devnetbindings.DevnetDepositContractMetaData.Bin)
	code, _, _, err := runtime.Create(creation, &runtime.Config{ChainConfig: params.MergedTestChainConfig, GasLimit: params.MaxTxGas})
	if err != nil {
		return nil, fmt.Errorf("make the deposit contract: %w", err)
	}
	return code, nil
}

// Request is what a block hands to the consensus layer (EIP-7685): all withdrawal requests of the block (type 1, 76 bytes each: source
// address, public key, amount in gwei as little-endian; EIP-7002), or all consolidation requests (type 2; EIP-7251), or
// those of builders (types 3 and 4; EIP-8282).
type Request struct {
	Slot uint64
	Type byte
	Data []byte
}

// Requests gives what all blocks that have ended handed to the consensus layer, oldest first. A block ends when the next one opens.
func (ch *Chain) Requests() []Request { return append([]Request(nil), ch.requests...) }

// endBlock takes requests out of the system contracts, which set their next fees.
func (ch *Chain) endBlock() {
	type queue struct {
		what string
		take func(*[][]byte, params.Rules, *vm.EVM, uint32, *bal.ConstructionBlockAccessList) error
	}
	queues := []queue{{"withdrawal", core.ProcessWithdrawalQueue}, {"consolidation", core.ProcessConsolidationQueue}}
	if ch.config.Fork == Amsterdam {
		queues = append(queues, queue{"builder deposit", core.ProcessBuilderDepositQueue}, queue{"builder exit", core.ProcessBuilderExitQueue})
	}
	var requests [][]byte
	for _, q := range queues {
		evm := ch.evm(nil)
		if err := q.take(&requests, evm.GetRules(), evm, 0, bal.NewConstructionBlockAccessList()); err != nil {
			panic("evm: take " + q.what + " requests: " + err.Error())
		}
	}
	for _, r := range requests {
		ch.requests = append(ch.requests, Request{Slot: ch.Slot(), Type: r[0], Data: r[1:]})
	}
}

const (
	depositTreeDepth    = 32 // DEPOSIT_CONTRACT_TREE_DEPTH (consensus specs, phase 0, deposit contract)
	firstZeroHashesSlot = 33 // slots 0 to 31 hold the branch, 32 the count
)

// DepositContractStorage is what the constructor of the beacon chain's deposit contract leaves behind: the roots of empty subtrees. With it
// the contract's runtime code works at any address, as in the genesis of a network.
func DepositContractStorage() map[common.Hash]common.Hash {
	words := make(map[common.Hash]common.Hash)
	var root common.Hash
	for height := range depositTreeDepth - 1 {
		root = sha256.Sum256(append(root.Bytes(), root.Bytes()...))
		words[common.BigToHash(big.NewInt(firstZeroHashesSlot+int64(height)+1))] = root
	}
	return words
}
