// Package oracletest fakes an oracle with a history, for tests of who reads that history: the audit with its pages and commands, and package events. The contracts are on a
// devnet chain with both its nodes, the committee signs what a test says, and reports come on chain in every way that an auditor must understand.
//
//	New --> Scene --Compute--> truth --Certify--> Submit --> receipt
//	                                    '-- Tamper, Absent, Through
package oracletest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// Options of a Scene.
type Options struct {
	Fixtures string               // folder that `make fixtures` writes
	Members  int                  // of the committee
	Change   func(*deploy.Config) // alters the deployment; may be nil
}

// Scene is the oracle. It is for one goroutine.
type Scene struct {
	*chain.Chain
	Manifest *manifest.Manifest
	Schedule report.Schedule
	Accounts localnet.Accounts
	Members  []localnet.Member // in the contract's order at the beginning

	builder   *snapshot.Builder
	transport *http.Transport
	beacon    *beacon.Client
}

const bystanders = 40

func depositContract() common.Address {
	return common.HexToAddress("0x4242424242424242424242424242424242424242")
}

// New deploys the contracts on a new chain and forms the committee. The first reference slot is 127.
func New(ctx context.Context, o Options) (*Scene, error) {
	account := localnet.NewAccount
	s := &Scene{Accounts: localnet.Accounts{
		Deployer: account("deployer"), Owner: account("owner"), Guardian: account("guardian"), Pauser: account("pauser"), Resumer: account("resumer"),
		Keeper: account("keeper"), Operator: account("operator"), User: account("user"), Treasury: account("treasury").Address,
	}}
	for _, step := range []func() error{
		func() error { return s.start(ctx, o.Fixtures) },
		func() error { return s.deploy(ctx, o.Change) },
		s.openReaders,
		func() error { return s.formCommittee(ctx, o.Members) },
	} {
		if err := step(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// Close ends chain and connections.
func (s *Scene) Close() error {
	if s.beacon != nil {
		s.beacon.Close()
	}
	if s.transport != nil {
		s.transport.CloseIdleConnections()
	}
	if s.Chain == nil {
		return nil
	}
	return s.Chain.Close()
}

func (s *Scene) start(ctx context.Context, fixtures string) error {
	text, err := os.ReadFile(fixtures + "/deposit_contract_runtime.hex")
	if err != nil {
		return fmt.Errorf("run `make fixtures` first: %w", err)
	}
	code, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	if err != nil {
		return fmt.Errorf("deposit contract: %w", err)
	}
	validators, err := chain.Bystanders(bystanders, common.HexToAddress("0xb1"))
	if err != nil {
		return err
	}
	balances := make(map[common.Address]*big.Int)
	for _, a := range []*localnet.Account{s.Accounts.Deployer, s.Accounts.Owner, s.Accounts.Guardian, s.Accounts.Pauser, s.Accounts.Resumer,
		s.Accounts.Keeper, s.Accounts.Operator, s.Accounts.User} {
		balances[a.Address] = localnet.Ether(1_000_000)
	}
	s.Chain, err = chain.New(ctx, chain.Config{
		Spec: transition.Devnet(), GenesisTime: 1_700_000_000, Validators: validators, Balances: balances, KeepStates: 1 << 12,
		Deposits: geth.Contract{Address: depositContract(), Code: code, Storage: evm.DepositContractStorage()},
		Rewards:  chain.Rewards{Seed: 1, MinPpm: 950_000, MaxPpm: 1_000_000},
	})
	return err
}

func (s *Scene) deploy(ctx context.Context, change func(*deploy.Config)) error {
	config, spec := localnet.DefaultConfig(s.Accounts), s.Spec()
	localnet.SetSchedule(&config, report.Schedule{
		GenesisTime: s.GenesisTime(), SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch,
		InitialEpoch: 32, EpochsPerFrame: 4, FinalityMarginSlots: 2 * spec.SlotsPerEpoch, CloseSlots: 2,
	})
	config.DepositContract, config.GenesisForkVersion, config.Rules, config.States = depositContract(), spec.GenesisForkVersion, s.Rules(), s.States()
	// Slots of a second: a year of the chain's time has few reports, so a frame's reward is a large annual gain.
	config.Limits.AnnualGainBps, config.Ceilings.AnnualGainBps = 2_000_000_000, 4_000_000_000
	config.Limits.GiftMarginGwei, config.Ceilings.GiftMarginGwei = 100e9, 1_000e9
	config.Limits.RequestMarginSeconds, config.Ceilings.RequestMarginSeconds = 4, 4
	config.Pool.NormalRewardBps, config.Pool.Bounds.MaxNormalRewardBps, config.Pool.Bounds.MaxRiseBps = 4_000_000, 10_000_000, 100_000_000
	config.Pool.Bounds.BucketGwei = 100e9
	if change != nil {
		change(&config)
	}
	deployer := s.Accounts.Deployer.Auth(s.chainID())
	deployer.Context, deployer.GasLimit = ctx, 0
	var err error
	s.Manifest, err = deploy.Deploy(ctx, s.Backend(), deployer, config, slog.New(slog.DiscardHandler))
	if err == nil {
		s.Schedule = report.Schedule(s.Manifest.Schedule)
	}
	return err
}

func (s *Scene) chainID() *big.Int { return new(big.Int).SetUint64(s.Spec().DepositChainID) }

func (s *Scene) openReaders() (err error) {
	s.transport = http.DefaultTransport.(*http.Transport).Clone()
	if s.beacon, err = beacon.New(beacon.Options{Endpoints: []string{s.BeaconURL()}, Network: snapshot.Network(s.Manifest)}); err != nil {
		return err
	}
	client, err := s.ExecutionClient(s.ExecutionURL())
	if err != nil {
		return err
	}
	reader, err := execution.NewReader(client, s.Manifest)
	if err != nil {
		return err
	}
	s.builder, err = snapshot.New(snapshot.Options{Manifest: s.Manifest, Beacon: s.beacon, Execution: reader})
	return err
}

// ExecutionClient is a client of this package's chain that asks endpoints over HTTP and does not wait between rounds.
func (s *Scene) ExecutionClient(endpoints ...string) (*execution.Client, error) {
	return execution.NewClient(execution.Options{
		Endpoints: endpoints, ChainID: s.Spec().DepositChainID, HTTP: &http.Client{Transport: s.transport},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, Random: func(n int64) int64 { return n / 2 },
	})
}

// Watcher reads by those endpoints; the chain's own when none is named.
func (s *Scene) Watcher(endpoints ...string) (*events.Reader, error) {
	if len(endpoints) == 0 {
		endpoints = []string{s.ExecutionURL()}
	}
	client, err := s.ExecutionClient(endpoints...)
	if err != nil {
		return nil, err
	}
	return events.NewReader(client, s.Manifest)
}

// Builder computes reports as a member does.
func (s *Scene) Builder() *snapshot.Builder { return s.builder }

// Advance lets slots pass until the current one is slot.
func (s *Scene) Advance(ctx context.Context, slot uint64) error {
	for s.Slot() < slot {
		if _, err := s.NextSlot(ctx); err != nil {
			return err
		}
	}
	return nil
}

var errReverted = errors.New("transaction reverted")

// Send has an account send a transaction, which must succeed in the next block.
func (s *Scene) Send(ctx context.Context, from *localnet.Account, to common.Address, wei *big.Int, data []byte) (*types.Receipt, error) {
	if wei == nil {
		wei = new(big.Int)
	}
	gas, err := s.Client().EstimateGas(ctx, ethereum.CallMsg{From: from.Address, To: &to, Value: wei, Data: data})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", abi.RevertName(err), err)
	}
	receipt, err := s.transact(ctx, from, &to, wei, data, gas+gas/4)
	if err == nil && receipt.Status != types.ReceiptStatusSuccessful {
		err = errReverted
	}
	return receipt, err
}

// SendFailing sends a transaction without asking first whether it will succeed.
func (s *Scene) SendFailing(ctx context.Context, from *localnet.Account, to common.Address, data []byte) (*types.Receipt, error) {
	return s.transact(ctx, from, &to, new(big.Int), data, 5_000_000)
}

func (s *Scene) transact(ctx context.Context, from *localnet.Account, to *common.Address, wei *big.Int, data []byte, gas uint64) (*types.Receipt, error) {
	nonce, err := s.Client().PendingNonceAt(ctx, from.Address)
	if err != nil {
		return nil, err
	}
	signed, err := from.Auth(s.chainID()).Signer(from.Address, types.NewTx(&types.DynamicFeeTx{
		ChainID: s.chainID(), Nonce: nonce, To: to, Value: wei, Data: data, Gas: gas, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(100e9),
	}))
	if err != nil {
		return nil, err
	}
	if err := s.Backend().SendTransaction(ctx, signed); err != nil {
		return nil, err
	}
	return s.Client().TransactionReceipt(ctx, signed.Hash())
}

// Call calls a view at the newest block.
func (s *Scene) Call(ctx context.Context, to common.Address, data []byte) ([]byte, error) {
	return s.Client().CallContract(ctx, ethereum.CallMsg{To: &to, Data: data}, nil)
}
