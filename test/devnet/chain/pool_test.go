package chain_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// pool is the set of contracts on a chain, with the oracle's own readers.
type pool struct {
	*testing.T
	*chain.Chain
	manifest *manifest.Manifest
	schedule report.Schedule
	beacon   *beacon.Client
	gatherer *snapshot.Builder
	accounts localnet.Accounts
}

// deployPool puts the contracts on a new chain; the first reference slot is 63.
func deployPool(t *testing.T, change func(*chain.Config)) *pool {
	t.Helper()
	p := &pool{T: t, Chain: start(t, change)}
	account := localnet.NewAccount
	p.accounts = localnet.Accounts{
		Deployer: account("deployer"), Owner: account("owner"), Guardian: account("guardian"), Pauser: account("pauser"), Resumer: account("resumer"),
		Keeper: account("keeper"), Operator: account("operator"), User: account("user"), Treasury: account("treasury").Address,
	}
	config, spec := localnet.DefaultConfig(p.accounts), p.Spec()
	localnet.SetSchedule(&config, report.Schedule{
		GenesisTime: p.GenesisTime(), SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch,
		InitialEpoch: 16, EpochsPerFrame: 4, FinalityMarginSlots: 2 * spec.SlotsPerEpoch, CloseSlots: 2,
	})
	config.DepositContract, config.GenesisForkVersion, config.Rules, config.States = depositContract, spec.GenesisForkVersion, p.Rules(), p.States()
	config.Staking.ForkQuietSeconds = 2 * spec.SlotsPerEpoch * spec.SecondsPerSlot // slots of a second
	deployer := p.accounts.Deployer.Auth(p.chainID())
	deployer.GasLimit = 0
	var err error
	p.manifest, err = deploy.Deploy(t.Context(), p.Backend(), deployer, config, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	p.schedule = report.Schedule(p.manifest.Schedule)
	p.openReaders()
	return p
}

func (p *pool) chainID() *big.Int { return new(big.Int).SetUint64(p.Spec().DepositChainID) }

// openReaders opens what a member of the committee reads with, over HTTP.
func (p *pool) openReaders() {
	var err error
	p.beacon, err = beacon.New(beacon.Options{Endpoints: []string{p.BeaconURL()}, Network: snapshot.Network(p.manifest)})
	require.NoError(p, err)
	p.Cleanup(p.beacon.Close)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	p.Cleanup(transport.CloseIdleConnections)
	client, err := execution.NewClient(execution.Options{
		Endpoints: []string{p.ExecutionURL()}, ChainID: p.manifest.ChainID, HTTP: &http.Client{Transport: transport},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, Random: func(n int64) int64 { return n / 2 },
	})
	require.NoError(p, err)
	reader, err := execution.NewReader(client, p.manifest)
	require.NoError(p, err)
	p.gatherer, err = snapshot.New(snapshot.Options{Manifest: p.manifest, Beacon: p.beacon, Execution: reader})
	require.NoError(p, err)
}

// send has an account send a transaction, which must succeed in the next block.
func (p *pool) send(from *localnet.Account, to common.Address, wei *big.Int, data []byte) *types.Receipt {
	p.Helper()
	ctx, auth, backend := p.Context(), from.Auth(p.chainID()), p.Backend()
	if wei == nil {
		wei = new(big.Int)
	}
	gas, err := p.Client().EstimateGas(ctx, ethereum.CallMsg{From: from.Address, To: &to, Value: wei, Data: data})
	require.NoError(p, err, "%s", abi.RevertName(err))
	nonce, err := p.Client().PendingNonceAt(ctx, from.Address)
	require.NoError(p, err)
	signed, err := auth.Signer(from.Address, types.NewTx(&types.DynamicFeeTx{
		ChainID: p.chainID(), Nonce: nonce, To: &to, Value: wei, Data: data, Gas: gas + gas/4, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(100e9),
	}))
	require.NoError(p, err)
	require.NoError(p, backend.SendTransaction(ctx, signed))
	receipt, err := p.Client().TransactionReceipt(ctx, signed.Hash())
	require.NoError(p, err)
	require.Equal(p, types.ReceiptStatusSuccessful, receipt.Status)
	return receipt
}

// stake has the user deposit ether into the pool.
func (p *pool) stake(ether int64) {
	p.send(p.accounts.User, p.manifest.Contracts.StakingPool, localnet.Ether(ether), bindings.NewStakingPool().PackDeposit(p.accounts.User.Address, new(big.Int)))
}

// staking gives the pool validators.
func (p *pool) staking() keys.Stake {
	return keys.Stake{Chain: p.Chain, Manifest: p.manifest, Accounts: p.accounts}
}

// fund gives the pool count validators of 32 ether. It takes some epochs.
func (p *pool) fund(count int) {
	p.Helper()
	require.NoError(p, p.staking().Fund(p.Context(), count))
}

// formCommittee registers and admits members, since a report names its committee.
func (p *pool) formCommittee(size int) {
	committee, owner := bindings.NewOracleCommittee(), p.accounts.Owner
	var ids [][32]byte
	for i := range size {
		key := localnet.NewKey(uint64(i))
		proof := key.ProvePossession(p.chainID(), p.manifest.Contracts.OracleCommittee, owner.Address)
		p.send(owner, p.manifest.Contracts.OracleCommittee, localnet.Ether(1),
			committee.PackRegister(abi.PublicKey(key.PublicKey()), fmt.Appendf(nil, "member %d", i), abi.Signature(proof)))
		ids = append(ids, crypto.Keccak256Hash(key.PublicKey().Affine()))
	}
	p.send(owner, p.manifest.Contracts.OracleCommittee, nil, committee.PackAdmit(ids))
}

// ours are the indices of the pool's validators in the newest state.
func (p *pool) ours() (indices []uint64) {
	s, err := p.State(p.Slot())
	require.NoError(p, err)
	for i, v := range s.Validators {
		if report.WithdrawsTo(v.WithdrawalCredentials, p.manifest.Contracts.WithdrawalVault) {
			indices = append(indices, uint64(i))
		}
	}
	return indices
}

// report lets slots pass until refSlot is final, computes its report, and holds it against the chain's own ledger.
func (p *pool) report(refSlot uint64) *snapshot.Result {
	p.Helper()
	for limit := refSlot + 32; ; advance(p.T, p.Chain, 1) {
		require.Less(p, p.Slot(), limit, "slot %d does not become final", refSlot)
		latest, err := p.gatherer.Latest(p.Context())
		if errors.Is(err, report.ErrBeforeFirstFrame) || err == nil && latest < refSlot {
			continue
		}
		require.NoError(p, err)
		result, err := p.gatherer.Compute(p.Context(), refSlot)
		if errors.Is(err, beacon.ErrNotFinalized) { // the checkpoint's block may lie before its epoch
			continue
		}
		require.NoError(p, err)
		p.compare(refSlot, result)
		return result
	}
}

// compare holds a report against the ledger: the state of the last block at or before the reference slot, and the balances at the newest payload that it knows.
func (p *pool) compare(refSlot uint64, result *snapshot.Result) {
	p.Helper()
	block, err := p.BlockAt(refSlot)
	require.NoError(p, err)
	require.Equal(p, block.Root, result.Report.RefBlockRoot)
	s, err := p.State(block.Slot)
	require.NoError(p, err)
	var want report.Report
	known, first := make(map[[48]byte]bool), p.unproven(block.KnownHash)
	for i, v := range s.Validators {
		if !report.WithdrawsTo(v.WithdrawalCredentials, p.manifest.Contracts.WithdrawalVault) {
			continue
		}
		known[v.PublicKey] = true
		if left, unproven := first[v.PublicKey]; unproven {
			found := min(left, uint64(s.Balances[i]))
			first[v.PublicKey] -= found
			want.UnprovenGwei += found
		}
		want.Validators++
		want.CLValidatorsGwei += uint64(s.Balances[i])
		if uint64(v.ExitEpoch) <= refSlot/p.schedule.SlotsPerEpoch {
			want.Exited++
		}
		if v.Slashed {
			want.Slashed++
		}
	}
	for _, d := range s.PendingDeposits {
		if known[d.Pubkey] || report.WithdrawsTo(d.WithdrawalCredentials, p.manifest.Contracts.WithdrawalVault) {
			want.CLPendingGwei += uint64(d.Amount)
			found := min(first[d.Pubkey], uint64(d.Amount))
			first[d.Pubkey] -= found
			want.UnprovenGwei += found
		}
	}
	for _, w := range s.PayloadExpectedWithdrawals {
		if index := uint64(w.ValidatorIndex); index < 1<<40 && known[s.Validators[index].PublicKey] {
			want.CLInFlightGwei += uint64(w.Amount)
		}
	}
	got := result.Report
	require.Equal(p, want.CLInFlightGwei, got.CLInFlightGwei)
	require.Equal(p, want.UnprovenGwei, got.UnprovenGwei)
	require.Equal(p, [5]uint64{want.CLValidatorsGwei, want.CLPendingGwei, uint64(want.Validators), uint64(want.Exited), uint64(want.Slashed)},
		[5]uint64{got.CLValidatorsGwei, got.CLPendingGwei, uint64(got.Validators), uint64(got.Exited), uint64(got.Slashed)})
	require.Equal(p, common.Hash(s.LatestExecutionHash()), result.Snapshot.Block.ExecutionHash)
	vault, err := p.Client().BalanceAtHash(p.Context(), p.manifest.Contracts.WithdrawalVault, block.KnownHash)
	require.NoError(p, err)
	require.Zero(p, vault.Cmp(got.WithdrawalVaultWei.ToBig()))
}

// unproven are the keys that have had their first ether and are not proven at an execution block, and an ether in gwei for each.
func (p *pool) unproven(block common.Hash) map[phase0.BLSPubKey]uint64 {
	p.Helper()
	at, validators := p.manifest.Contracts.Validators, bindings.NewValidators()
	answer, err := p.Client().CallContractAtHash(p.Context(), ethereum.CallMsg{To: &at, Data: validators.PackUnprovenKeys()}, block)
	require.NoError(p, err)
	named, err := validators.UnpackUnprovenKeys(answer)
	require.NoError(p, err)
	first := make(map[phase0.BLSPubKey]uint64)
	for keys := range slices.Chunk(named.Pubkeys, 48) {
		first[phase0.BLSPubKey(keys)] = 1e9
	}
	return first
}

// submit has all members of a committee of four sign a report, and brings it to the oracle.
func (p *pool) submit(result *snapshot.Result) {
	p.Helper()
	signers := make([]*bls.SecretKey, len(result.Committee.Members))
	for i, member := range result.Committee.Members {
		for k := range uint64(len(signers)) {
			if key := localnet.NewKey(k); crypto.Keccak256Hash(key.PublicKey().Affine()) == member.ID {
				signers[i] = key
			}
		}
	}
	certificate, err := localnet.Certify(p.manifest, result.Report, signers)
	require.NoError(p, err)
	proof := abi.BlockProof(blockproof.Proof{ChildSlot: result.Reference.ChildSlot, Header: result.Reference.Header})
	p.send(p.accounts.User, p.manifest.Contracts.ReportOracle, nil, localnet.SubmitData(result.Report, certificate, proof))
}

var _ bind.ContractBackend = (*chain.Backend)(nil)

// accountedSlot is the slot of the block with a root.
func (p *pool) accountedSlot(root common.Hash) uint64 {
	b, err := p.beacon.Header(p.Context(), beacon.AtRoot(root))
	require.NoError(p, err)
	return b.Slot
}
