// Package localnet stands in for a deployed network without nodes: all contracts on a chain in memory (package evm), with accounts, a committee that signs with
// real BLS keys, and beacon blocks. contracts/difftest, contracts/gas and contracts/demo run on it; its accounts and deployment terms serve all tests.
//
//	New --> deployed set --FormCommittee--> members --OpenFrame--> Frame --Certify--> Submit --> evm.Result
package localnet

import (
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

// ErrFixtures: the deposit contract's code is not there.
var ErrFixtures = errors.New("run `make fixtures` first")

// Network is the set on a chain, with the accounts that hold its roles.
type Network struct {
	*manifest.Manifest
	Chain    *evm.Chain
	Accounts Accounts
	Members  []Member
}

// Accounts hold the roles.
type Accounts struct {
	Deployer, Owner, Guardian, Pauser, Resumer, Keeper, Operator, User *Account
	Treasury                                                           common.Address
}

// Account is a funded account.
type Account struct {
	Address common.Address
	key     *ecdsa.PrivateKey
}

// Member is a member of the committee.
type Member struct {
	Owner *Account
	Key   *bls.SecretKey
	ID    common.Hash
}

// NewAccount derives an account from its name: the same on every run, and known to everyone. For chains in memory only.
func NewAccount(name string) *Account {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("tidemark localnet " + name)))
	if err != nil {
		panic("localnet: no key for " + name + ": " + err.Error())
	}
	return &Account{Address: crypto.PubkeyToAddress(key.PublicKey), key: key}
}

// Ether is n ether in wei.
func Ether(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)) }

// Options of a network.
type Options struct {
	Fixtures string   // folder that `make fixtures` writes
	ChainID  uint64   // 1337 when 0
	Fork     evm.Fork // of the chain's rules; evm.FromEnvironment, Osaka that is, unless told
	Log      *slog.Logger
	Change   func(*deploy.Config) // alters DefaultConfig; may be nil
}

// New deploys the set on a new chain.
func New(ctx context.Context, o Options) (*Network, error) {
	a := Accounts{
		Deployer: NewAccount("deployer"), Owner: NewAccount("owner"), Guardian: NewAccount("guardian"), Pauser: NewAccount("pauser"),
		Resumer: NewAccount("resumer"), Keeper: NewAccount("keeper"), Operator: NewAccount("operator"), User: NewAccount("user"),
		Treasury: NewAccount("treasury").Address,
	}
	c := DefaultConfig(a)
	if o.Change != nil {
		o.Change(&c)
	}
	if o.ChainID == 0 {
		o.ChainID = 1337
	}
	chain, err := evm.New(evm.Config{ChainID: o.ChainID, GenesisTime: c.Schedule.GenesisTime, SecondsPerSlot: c.Schedule.SecondsPerSlot, Fork: o.Fork})
	if err != nil {
		return nil, err
	}
	n := &Network{Chain: chain, Accounts: a}
	for _, account := range []*Account{a.Deployer, a.Owner, a.Guardian, a.Pauser, a.Resumer, a.Keeper, a.Operator, a.User} {
		chain.AddBalance(account.Address, Ether(1_000_000))
	}
	if c.DepositContract, err = n.createDepositContract(o.Fixtures); err != nil {
		return nil, err
	}
	n.Manifest, err = deploy.Deploy(ctx, chain, n.Auth(a.Deployer), c, o.Log)
	return n, err
}

const (
	day            = 24 * 3600 // seconds
	epochsPerFrame = 10
)

// DefaultConfig is a mainnet-like configuration whose roles the accounts hold.
func DefaultConfig(a Accounts) deploy.Config {
	ceilings := report.Limits{AnnualGainBps: 5000, GiftMarginGwei: 20_000e9, NewValidatorsPerEpoch: 16, ExitsPerEpoch: 48}
	limits := report.Limits{
		AnnualGainBps: 1000, GiftMarginGwei: 450e9, LossWindowPcm: 5_000, NewValidatorsPerEpoch: 16, ExitsPerEpoch: 48, RequestMarginSeconds: 3600,
	}
	return deploy.Config{
		Name: "localnet",
		Schedule: report.Schedule{
			GenesisTime: 1_700_000_000, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 10, EpochsPerFrame: epochsPerFrame, FinalityMarginSlots: 64, CloseSlots: 8,
		},
		GenesisForkVersion: [4]byte{0x10},
		Rules:              deploy.MainnetRules(),
		States:             manifest.DefaultStates(),
		Roles: deploy.Roles{
			TimelockProposers: []common.Address{a.Owner.Address}, TimelockExecutors: []common.Address{a.Owner.Address}, TimelockDelaySeconds: day,
			Guardian: a.Guardian.Address, Pauser: a.Pauser.Address, Resumer: a.Resumer.Address,
			Membership: a.Owner.Address, Ejector: a.Guardian.Address, OperatorManager: a.Owner.Address, ExitRequester: a.Owner.Address, Treasury: a.Treasury,
		},
		Pool: deploy.PoolTerms{
			FeeBps: 1000, OperatorsBps: 5000, NormalRewardBps: 300, NoisePcm: 20,
			Bounds: manifest.Bounds{
				MaxFeeBps: 2000, MaxNormalRewardBps: 1000, MaxNoisePcm: 1000, MaxRiseBps: 1000,
				// A ten-thousandth of what the stake limit lets in in 30 days.
				BucketGwei: 450e9, BucketRefillSeconds: 30 * day, MinReportSeconds: epochsPerFrame * 32 * 12 / 2, StaleAfterSeconds: 7 * day, DoubtAfterSeconds: 180 * day,
			},
			StakeLimitWei: Ether(150_000), StakeLimitRefillSeconds: day, BootstrapWei: Ether(1),
		},
		Staking: deploy.StakingTerms{
			// The reserve is 0: tests that are not about it spend what they deposit.
			ProofPatienceSeconds: 60 * day, ForkQuietSeconds: day, StockBps: 50, MinStock: 128, KeyBps: 5_000,
		},
		Queue:             deploy.QueueTerms{MinRequestWei: big.NewInt(1e9), MaxRequestWei: Ether(1000)},
		Bonds:             deploy.BondTerms{MinBondWei: Ether(1), UnbondingSeconds: 7 * day, ReporterRewardBps: 1000},
		Limits:            limits,
		Ceilings:          ceilings,
		QuarantineSeconds: day,
		MaxPauseSeconds:   14 * day,
	}
}

// SetSchedule gives a configuration another schedule, and with it the bound that is told in frames.
func SetSchedule(c *deploy.Config, s report.Schedule) {
	c.Schedule = s
	c.Pool.Bounds.MinReportSeconds = s.FrameSlots() * s.SecondsPerSlot / 2
}

// createDepositContract runs the creation code of the beacon chain's deposit contract.
func (n *Network) createDepositContract(fixtures string) (common.Address, error) {
	text, err := os.ReadFile(fixtures + "/deposit_contract_creation.hex")
	if err != nil {
		return common.Address{}, fmt.Errorf("read the deposit contract: %w: %w", ErrFixtures, err)
	}
	code, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return common.Address{}, fmt.Errorf("read the deposit contract: %w", err)
	}
	return n.Create(n.Accounts.Owner, code)
}

// Create runs creation code and gives the contract's address.
func (n *Network) Create(from *Account, code []byte) (common.Address, error) {
	result, err := n.send(from, nil, nil, code, nil)
	if err != nil {
		return common.Address{}, err
	}
	return result.Receipt.ContractAddress, result.Err
}

// Send executes a call to a contract as account, with value (nil for none). A failed call is a Result with an error, not an error here.
func (n *Network) Send(from *Account, to common.Address, value *big.Int, data []byte) (*evm.Result, error) {
	return n.send(from, &to, value, data, nil)
}

// SendTraced is Send with hooks.
func (n *Network) SendTraced(from *Account, to common.Address, value *big.Int, data []byte, hooks *tracing.Hooks) (*evm.Result, error) {
	return n.send(from, &to, value, data, hooks)
}

// Must is Send for calls that must succeed.
func (n *Network) Must(from *Account, to common.Address, value *big.Int, data []byte) (*evm.Result, error) {
	r, err := n.Send(from, to, value, data)
	if err != nil {
		return nil, err
	}
	if r.Err != nil {
		return nil, fmt.Errorf("%s: %w", abi.RevertName(r.Err), r.Err)
	}
	return r, nil
}

func (n *Network) send(from *Account, to *common.Address, value *big.Int, data []byte, hooks *tracing.Hooks) (*evm.Result, error) {
	ctx := context.Background()
	nonce, err := n.Chain.PendingNonceAt(ctx, from.Address)
	if err != nil {
		return nil, err
	}
	chainID, err := n.Chain.ChainID(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := types.SignNewTx(from.key, types.LatestSignerForChainID(chainID), &types.DynamicFeeTx{
		ChainID: chainID, Nonce: nonce, Gas: n.Chain.TxGasLimit(), To: to, Value: value, Data: data,
	})
	if err != nil {
		return nil, fmt.Errorf("sign for %s: %w", from.Address, err)
	}
	return n.Chain.Execute(tx, hooks)
}

// SignHash signs 32 bytes with the account's key: 65 bytes, the last one 27 or 28.
func (a *Account) SignHash(hash common.Hash) []byte {
	signature, err := crypto.Sign(hash[:], a.key)
	if err != nil {
		panic("localnet: sign: " + err.Error())
	}
	signature[64] += 27
	return signature
}

// Key is the account's key, for who writes it into a keystore.
func (a *Account) Key() *ecdsa.PrivateKey { return a.key }

// Auth lets an account send transactions of up to the gas that one can have on the network's chain.
func (n *Network) Auth(a *Account) *bind.TransactOpts {
	chainID, _ := n.Chain.ChainID(context.Background()) // the context does not end
	opts := a.Auth(chainID)
	opts.GasLimit = n.Chain.TxGasLimit()
	return opts
}

// Auth lets the account send transactions of up to the gas that one can have since Osaka.
func (a *Account) Auth(chainID *big.Int) *bind.TransactOpts {
	opts := bind.NewKeyedTransactor(a.key, chainID)
	opts.GasLimit = params.MaxTxGas
	return opts
}

// Query calls a view of a contract and unpacks its answer.
func Query[T any](n *Network, at common.Address, call []byte, unpack func([]byte) (T, error)) (T, error) {
	data, err := n.Chain.CallContract(context.Background(), callMessage(at, call), nil)
	if err != nil {
		var none T
		return none, fmt.Errorf("%s: %w", abi.RevertName(err), err)
	}
	return unpack(data)
}
