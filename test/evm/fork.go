package evm

import (
	"cmp"
	"fmt"
	"math/big"
	"os"

	"github.com/ethereum/go-ethereum/params"
)

// Fork names the execution rules that a chain has from its genesis on.
type Fork int

// The rules that a chain can have.
const (
	FromEnvironment Fork = iota // what the variable TIDEMARK_FORK names; Osaka, the rules of mainnet, when it is not set
	Prague                      // EIP-7600, the rules before Osaka
	Osaka                       // EIP-7607; of Fulu on the consensus layer
	Amsterdam                   // EIP-7773; of Gloas on the consensus layer
)

// forkVariable lets the same tests run by other rules: TIDEMARK_FORK=Amsterdam go test ./contracts/...
const forkVariable = "TIDEMARK_FORK"

// Forks are all rules, oldest first.
func Forks() []Fork { return []Fork{Prague, Osaka, Amsterdam} }

func (f Fork) String() string {
	switch f {
	case FromEnvironment:
		return "the fork that " + forkVariable + " names"
	case Prague:
		return "Prague"
	case Osaka:
		return "Osaka"
	case Amsterdam:
		return "Amsterdam"
	}
	return fmt.Sprintf("fork %d", int(f))
}

// Resolve reads the environment where f says so. It panics when the variable names no fork: a run by other rules than meant proves nothing.
func (f Fork) Resolve() Fork {
	if f != FromEnvironment {
		return f
	}
	name := cmp.Or(os.Getenv(forkVariable), Osaka.String())
	for _, known := range Forks() {
		if known.String() == name {
			return known
		}
	}
	panic(fmt.Sprintf("evm: %s is %q: want one of %v", forkVariable, name, Forks()))
}

// Rules are those of a chain that has f from its genesis on.
func (f Fork) Rules(chainID uint64) *params.ChainConfig {
	f = f.Resolve()
	c := *params.AllEthashProtocolChanges
	zero := uint64(0)
	c.ChainID = new(big.Int).SetUint64(chainID)
	c.Ethash = nil
	c.TerminalTotalDifficulty = new(big.Int)
	c.ShanghaiTime, c.CancunTime, c.PragueTime = &zero, &zero, &zero
	if f != Prague {
		c.OsakaTime = &zero
	}
	if f == Amsterdam {
		c.AmsterdamTime = &zero
	}
	c.BlobScheduleConfig = &params.BlobScheduleConfig{Cancun: params.DefaultCancunBlobConfig, Prague: params.DefaultPragueBlobConfig}
	return &c
}

// TxGasLimit is the most gas that a transaction can have here. Prague has no bound but the block's. Osaka has that of EIP-7825. In Amsterdam
// that one binds execution gas only, and what a transaction has beyond it pays for new state (EIP-8037), up to the block's.
func (ch *Chain) TxGasLimit() uint64 {
	if ch.config.Fork == Osaka {
		return params.MaxTxGas
	}
	return BlockGasLimit
}
