package chain

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/big"

	"crypto/sha256"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrConfig: a configuration with which no chain can run.
var ErrConfig = errors.New("invalid configuration of the devnet's chain")

const (
	ppm = 1_000_000

	defaultKeepStates = 512
	defaultKeepBlocks = 8192
	maxKeepStates     = 1 << 16
)

// Config is everything that a chain decides.
type Config struct {
	Spec        transition.Spec // Spec.DepositContract is set from Deposits
	GenesisTime uint64          // timestamp of slot 0, in seconds; may lie in the past
	Validators  []Validator     // active from epoch 0
	Balances    map[common.Address]*big.Int
	Deposits    geth.Contract // the deposit contract as it stands at genesis
	Rewards     Rewards
	Builders    []Builder // on board when Gloas begins

	FeeRecipient  common.Address // of transaction fees; SetFeeRecipient changes it
	GasLimit      uint64         // of every execution block; 0: 100 million
	DataDir       string         // of the execution node, must be new; empty: in memory
	ExecutionPort int            // of JSON-RPC on loopback; 0: any that is free
	BeaconAddress string         // to listen on; empty: any free port on loopback

	KeepStates int // slots whose states and blocks are kept; 0: 512. Finalized and newer ones always are
	KeepBlocks int // slots whose headers are kept; 0: 8192
	Log        *slog.Logger
}

// timeOf is when an epoch begins, in seconds; nil for one that never does.
func (c *Config) timeOf(epoch uint64) *uint64 {
	if epoch == math.MaxUint64 {
		return nil
	}
	seconds := c.GenesisTime + epoch*c.Spec.SlotsPerEpoch*c.Spec.SecondsPerSlot
	return &seconds
}

// Validator is a validator of the genesis state.
type Validator = transition.GenesisValidator

// Builder builds payloads for proposers who take its bids.
type Builder = transition.Builder

// Rewards is what part of the consensus spec's attestation rewards is paid: between two bounds in parts per million, by a seed, for each validator and
// epoch. The zero value pays the spec's own.
type Rewards struct {
	Seed           uint64
	MinPpm, MaxPpm uint64
}

// ppmOf is the rate of one validator in one epoch.
func (r Rewards) ppmOf(epoch, index uint64) uint64 {
	if r.MaxPpm == 0 {
		return ppm
	}
	return r.MinPpm + number("reward", r.Seed, epoch, index)%(r.MaxPpm-r.MinPpm+1)
}

// number is a number that everyone derives from the same words.
func number(what string, words ...uint64) uint64 {
	hash := digest(what, words...)
	return binary.BigEndian.Uint64(hash[:8])
}

func digest(what string, words ...uint64) [32]byte {
	text := []byte("tidemark devnet " + what)
	for _, w := range words {
		text = binary.BigEndian.AppendUint64(text, w)
	}
	return sha256.Sum256(text)
}

func (c *Config) fill() error {
	if c.KeepStates == 0 {
		c.KeepStates = defaultKeepStates
	}
	if c.KeepBlocks == 0 {
		c.KeepBlocks = defaultKeepBlocks
	}
	if c.BeaconAddress == "" {
		c.BeaconAddress = "127.0.0.1:0"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Spec.DepositContract = c.Deposits.Address
	switch {
	case c.KeepStates < 0 || c.KeepStates > maxKeepStates || c.KeepBlocks < c.KeepStates:
		return fmt.Errorf("%w: KeepStates is %d and KeepBlocks %d, want at most %d and at least as many blocks", ErrConfig, c.KeepStates, c.KeepBlocks, maxKeepStates)
	case len(c.Deposits.Code) == 0:
		return fmt.Errorf("%w: Deposits.Code is empty: it is the code of the beacon chain's deposit contract", ErrConfig)
	case c.Rewards.MinPpm > c.Rewards.MaxPpm || c.Rewards.MaxPpm > 1000*ppm:
		return fmt.Errorf("%w: Rewards are %d to %d ppm", ErrConfig, c.Rewards.MinPpm, c.Rewards.MaxPpm)
	case len(c.Validators) == 0:
		return fmt.Errorf("%w: Validators is empty", ErrConfig)
	}
	return nil
}

// ValidatorKey is the i-th key of the genesis validators that Bystanders makes: the same on every run, and known to everyone.
func ValidatorKey(i uint64) (*bls.SecretKey, error) {
	seed := digest("validator", i)
	key, err := bls.ParseSecretKey(seed[:])
	for tries := uint64(1); err != nil; tries++ { // about half of all 32-byte strings are above the group's order
		if tries == 100 {
			return nil, fmt.Errorf("make validator key %d: %w", i, err)
		}
		seed = digest("validator", i, tries)
		key, err = bls.ParseSecretKey(seed[:])
	}
	return key, nil
}

// Bystanders makes count genesis validators of 32 ether each that belong to nobody's pool; what is swept from them goes to an account.
func Bystanders(count int, withdrawTo common.Address) ([]Validator, error) {
	all := make([]Validator, count)
	for i := range all {
		key, err := ValidatorKey(uint64(i))
		if err != nil {
			return nil, err
		}
		all[i] = Validator{PublicKey: [48]byte(key.PublicKey().Bytes()), BalanceGwei: 32e9}
		all[i].Credentials[0] = 1
		copy(all[i].Credentials[12:], withdrawTo[:])
	}
	return all, nil
}
