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

// genesis has every fork up to Prague from block 0, later ones from their time on, and the contracts that the protocol calls.
func (o Options) genesis() *core.Genesis {
	alloc := types.GenesisAlloc{}
	for address, wei := range o.Balances {
		alloc[address] = types.Account{Balance: wei}
	}
	system := map[common.Address][]byte{
		params.BeaconRootsAddress:        params.BeaconRootsCode,
		params.HistoryStorageAddress:     params.HistoryStorageCode,
		params.WithdrawalQueueAddress:    params.WithdrawalQueueCode,
		params.ConsolidationQueueAddress: params.ConsolidationQueueCode,
	}
	if o.AmsterdamTime != nil { // EIP-8282: without them no block of Amsterdam is valid
		system[params.BuilderDepositAddress], system[params.BuilderExitAddress] = params.BuilderDepositCode, params.BuilderExitCode
	}
	for address, code := range system {
		alloc[address] = types.Account{Code: code, Nonce: 1, Balance: new(big.Int)}
	}
	alloc[o.Deposits.Address] = types.Account{Code: o.Deposits.Code, Storage: o.Deposits.Storage, Nonce: 1, Balance: new(big.Int)}
	return &core.Genesis{
		Config: o.forks(), Timestamp: o.GenesisTime, GasLimit: o.gasLimit(),
		Difficulty: new(big.Int), Alloc: alloc, BaseFee: big.NewInt(params.InitialBaseFee),
	}
}

func (o Options) forks() *params.ChainConfig {
	zero, block := uint64(0), new(big.Int)
	return &params.ChainConfig{
		ChainID: new(big.Int).SetUint64(o.ChainID), HomesteadBlock: block, EIP150Block: block, EIP155Block: block, EIP158Block: block, ByzantiumBlock: block,
		ConstantinopleBlock: block, PetersburgBlock: block, IstanbulBlock: block, MuirGlacierBlock: block, BerlinBlock: block, LondonBlock: block,
		ArrowGlacierBlock: block, GrayGlacierBlock: block, MergeNetsplitBlock: block, TerminalTotalDifficulty: block,
		ShanghaiTime: &zero, CancunTime: &zero, PragueTime: &zero, OsakaTime: o.OsakaTime, AmsterdamTime: o.AmsterdamTime,
		DepositContractAddress: o.Deposits.Address,
		BlobScheduleConfig:     &params.BlobScheduleConfig{Cancun: params.DefaultCancunBlobConfig, Prague: params.DefaultPragueBlobConfig},
	}
}
