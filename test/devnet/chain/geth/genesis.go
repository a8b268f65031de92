package geth

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// Contract is a contract that stands from block 0.
type Contract struct {
	Address common.Address
	Code    []byte
	Storage map[common.Hash]common.Hash
}

// genesis has every fork up to Prague from block 0, and the contracts that the protocol calls.
func (o Options) genesis() *core.Genesis {
	alloc := types.GenesisAlloc{}
	for address, wei := range o.Balances {
		alloc[address] = types.Account{Balance: wei}
	}
	for address, code := range map[common.Address][]byte{
		params.BeaconRootsAddress:        params.BeaconRootsCode,
		params.HistoryStorageAddress:     params.HistoryStorageCode,
		params.WithdrawalQueueAddress:    params.WithdrawalQueueCode,
		params.ConsolidationQueueAddress: params.ConsolidationQueueCode,
	} {
		alloc[address] = types.Account{Code: code, Nonce: 1, Balance: new(big.Int)}
	}
	alloc[o.Deposits.Address] = types.Account{Code: o.Deposits.Code, Storage: o.Deposits.Storage, Nonce: 1, Balance: new(big.Int)}
	return &core.Genesis{
		Config: pragueFromGenesis(o.ChainID, o.Deposits.Address), Timestamp: o.GenesisTime, GasLimit: o.gasLimit(),
		Difficulty: new(big.Int), Alloc: alloc, BaseFee: big.NewInt(params.InitialBaseFee),
	}
}

func pragueFromGenesis(chainID uint64, deposits common.Address) *params.ChainConfig {
	zero, block := uint64(0), new(big.Int)
	return &params.ChainConfig{
		ChainID: new(big.Int).SetUint64(chainID), HomesteadBlock: block, EIP150Block: block, EIP155Block: block, EIP158Block: block, ByzantiumBlock: block,
		ConstantinopleBlock: block, PetersburgBlock: block, IstanbulBlock: block, MuirGlacierBlock: block, BerlinBlock: block, LondonBlock: block,
		ArrowGlacierBlock: block, GrayGlacierBlock: block, MergeNetsplitBlock: block, TerminalTotalDifficulty: block,
		ShanghaiTime: &zero, CancunTime: &zero, PragueTime: &zero, DepositContractAddress: deposits,
		BlobScheduleConfig: &params.BlobScheduleConfig{Cancun: params.DefaultCancunBlobConfig, Prague: params.DefaultPragueBlobConfig},
	}
}
