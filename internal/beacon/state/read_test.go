package state_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestRootAndFieldsAgreeWithGoEth2Client(t *testing.T) {
	for _, fork := range state.Forks() {
		for name, spec := range map[string]state.Spec{"small": smallSpec(), "mainnet": gloasMainnet()} {
			rounds := 40
			if name == "mainnet" {
				rounds = 2
			}
			for seed := range uint64(rounds) {
				t.Run(fmt.Sprintf("%s/%s/%d", fork, name, seed), func(t *testing.T) {
					r := seeded(seed)
					want := newState(r, fork, spec, someCounts(r, spec))
					data, root := encode(t, fork, spec, want)
					got := readTwice(t, data, fork, spec, root, state.Query{Credentials: poolCredentials, Workers: 1 + int(seed%3)})
					requireSame(t, fork, spec, want, got)
					require.Equal(t, root, got.Root)
					require.Equal(t, uint64(len(data)), got.Bytes)
				})
			}
		}
	}
}

func TestRegistriesOfSeveralBlocks(t *testing.T) {
	spec := smallSpec()
	for _, validators := range []int{2047, 2048, 2049, 4096, 5000} {
		r := seeded(uint64(validators))
		want := newState(r, state.Electra, spec, counts{validators: validators, pending: 2500})
		data, root := encode(t, state.Electra, spec, want)
		requireSame(t, state.Electra, spec, want, readTwice(t, data, state.Electra, spec, root, state.Query{Credentials: poolCredentials}))
	}
}

func TestEmptyState(t *testing.T) {
	spec := smallSpec()
	want := newState(seeded(1), state.Fulu, spec, counts{})
	data, root := encode(t, state.Fulu, spec, want)
	got := readTwice(t, data, state.Fulu, spec, root, state.Query{Credentials: poolCredentials})
	require.Zero(t, got.TotalValidators)
	require.Empty(t, got.Pool)
	require.Equal(t, spec.EffectiveBalanceIncrementGwei, got.TotalActiveGwei, "get_total_active_balance is at least one increment")
}

func TestExitsAreJudgedAtTheEpochAskedFor(t *testing.T) {
	spec := smallSpec()
	b := newState(seeded(5), state.Electra, spec, counts{validators: 1})
	b.Validators[0].WithdrawalCredentials = poolCredentials[0].Bytes()
	b.Validators[0].ActivationEpoch, b.Validators[0].ExitEpoch, b.Validators[0].EffectiveBalance = 100, 110, 32e9
	data, root := encode(t, state.Electra, spec, b)
	for epoch, exited := range map[uint64]bool{99: false, 109: false, 110: true, 111: true} {
		got := readTwice(t, data, state.Electra, spec, root, state.Query{Credentials: poolCredentials, Epoch: &epoch})
		require.Equal(t, exited, got.Pool[0].Exited, "epoch %d", epoch)
		require.Equal(t, epoch, got.Epoch)
		active := uint64(0)
		if epoch >= 100 && !exited {
			active = 32e9
		}
		require.Equal(t, active, got.PoolActiveGwei, "epoch %d", epoch)
	}
}

// requireSame compares what was read with what go-eth2-client's types hold.
func requireSame(t *testing.T, fork state.Fork, spec state.Spec, want *everyState, got *state.State) {
	t.Helper()
	epoch := uint64(want.Slot) / spec.SlotsPerEpoch
	expected := &state.State{
		Root: got.Root, Bytes: got.Bytes, Fork: fork, GenesisTime: want.GenesisTime, GenesisValidatorsRoot: common.Hash(want.GenesisValidatorsRoot), Slot: uint64(want.Slot),
		LatestBlockHeader: state.BlockHeader{Slot: uint64(want.LatestBlockHeader.Slot), ProposerIndex: uint64(want.LatestBlockHeader.ProposerIndex),
			ParentRoot: common.Hash(want.LatestBlockHeader.ParentRoot), BodyRoot: common.Hash(want.LatestBlockHeader.BodyRoot)},
		Finalized: state.Checkpoint{Epoch: uint64(want.FinalizedCheckpoint.Epoch), Root: common.Hash(want.FinalizedCheckpoint.Root)},
		Epoch:     epoch, TotalValidators: uint64(len(want.Validators)), Eth1DepositIndex: want.ETH1DepositIndex, DepositRequestsStartIndex: 1<<64 - 1,
		Pool: []state.Validator{}, Registered: map[[48]byte]common.Hash{}, Leaving: []state.ValidatorDetail{}, Compounding: []state.Compounding{},
	}
	for _, gwei := range want.Slashings {
		expected.SlashingsGwei += uint64(gwei)
	}
	for i, v := range want.Validators {
		expectValidator(expected, v, uint32(i), uint64(want.Balances[i]))
	}
	expected.TotalActiveGwei = max(expected.TotalActiveGwei, spec.EffectiveBalanceIncrementGwei)
	if fork >= state.Electra {
		expected.DepositRequestsStartIndex = want.DepositRequestsStartIndex
		expected.Churn = state.Churn{DepositBalanceToConsumeGwei: uint64(want.DepositBalanceToConsume), ExitBalanceToConsumeGwei: uint64(want.ExitBalanceToConsume),
			EarliestExitEpoch: uint64(want.EarliestExitEpoch), ConsolidationBalanceToConsumeGwei: uint64(want.ConsolidationBalanceToConsume),
			EarliestConsolidationEpoch: uint64(want.EarliestConsolidationEpoch)}
		expectPending(expected, want)
		expectPartials(expected, want)
	}
	expectExecution(expected, want)
	require.Equal(t, expected, got)
	header := *want.LatestBlockHeader
	header.StateRoot = phase0.Root(got.Root)
	root, err := header.HashTreeRoot()
	require.NoError(t, err)
	require.Equal(t, common.Hash(root), got.BlockRoot())
}

func expectValidator(s *state.State, v *phase0.Validator, index uint32, balanceGwei uint64) {
	active := uint64(v.ActivationEpoch) <= s.Epoch && s.Epoch < uint64(v.ExitEpoch)
	if active {
		s.TotalActiveGwei += uint64(v.EffectiveBalance)
	}
	if !isPool(v.WithdrawalCredentials) {
		return
	}
	if active {
		s.PoolActiveGwei += uint64(v.EffectiveBalance)
	}
	if active && v.WithdrawalCredentials[0] == 1 {
		s.PoolSweptGwei += uint64(v.EffectiveBalance)
	}
	expectWithdrawals(s, v, index, balanceGwei)
	s.Pool = append(s.Pool, state.Validator{Index: index, BalanceGwei: balanceGwei, Exited: uint64(v.ExitEpoch) <= s.Epoch, Slashed: v.Slashed})
	if v.Slashed {
		s.PoolSlashed = append(s.PoolSlashed, state.SlashedValidator{Index: index, EffectiveBalanceGwei: uint64(v.EffectiveBalance),
			ExitEpoch: uint64(v.ExitEpoch), WithdrawableEpoch: uint64(v.WithdrawableEpoch)})
	}
}

// expectWithdrawals is what a validator of the pool's withdrawals depend on.
func expectWithdrawals(s *state.State, v *phase0.Validator, index uint32, balanceGwei uint64) {
	leaves := uint64(v.ExitEpoch) != math.MaxUint64 || v.Slashed
	switch compounding := v.WithdrawalCredentials[0] == 2; {
	case leaves && balanceGwei > 0:
		s.Leaving = append(s.Leaving, state.ValidatorDetail{
			Index: index, BalanceGwei: balanceGwei, EffectiveBalanceGwei: uint64(v.EffectiveBalance), ActivationEpoch: kept(v.ActivationEpoch),
			ExitEpoch: kept(v.ExitEpoch), WithdrawableEpoch: kept(v.WithdrawableEpoch), Slashed: v.Slashed, Compounding: compounding,
		})
	case !leaves && compounding:
		s.Compounding = append(s.Compounding, state.Compounding{
			Index: index, EffectiveBalanceGwei: uint64(v.EffectiveBalance), ActivationEpoch: uint32(min(uint64(v.ActivationEpoch), math.MaxUint32)),
		})
	}
}

// kept is an epoch as it is kept of validators that leave: what comes in fifty thousand years is never.
func kept(epoch phase0.Epoch) uint64 {
	if epoch >= math.MaxUint32 {
		return math.MaxUint64
	}
	return uint64(epoch)
}

func expectPartials(s *state.State, want *everyState) {
	s.PartialsTotal = uint64(len(want.PendingPartialWithdrawals))
	for _, w := range want.PendingPartialWithdrawals {
		if uint64(w.ValidatorIndex) < uint64(len(want.Validators)) && isPool(want.Validators[w.ValidatorIndex].WithdrawalCredentials) {
			s.Partials = append(s.Partials, state.PendingPartial{Index: uint32(w.ValidatorIndex), AmountGwei: uint64(w.Amount), WithdrawableEpoch: uint64(w.WithdrawableEpoch)})
		}
	}
}

// expectPending looks every key up in the whole registry and the whole list.
func expectPending(s *state.State, want *everyState) {
	s.PendingTotal = uint64(len(want.PendingDeposits))
	for _, d := range want.PendingDeposits {
		at := slices.IndexFunc(want.Validators, func(v *phase0.Validator) bool { return v.PublicKey == d.Pubkey })
		wanted := false
		for _, other := range want.PendingDeposits {
			wanted = wanted || other.Pubkey == d.Pubkey && isPool(other.WithdrawalCredentials)
		}
		if at >= 0 {
			if wanted = wanted || isPool(want.Validators[at].WithdrawalCredentials); wanted {
				s.Registered[d.Pubkey] = common.Hash(want.Validators[at].WithdrawalCredentials)
			}
		}
		if wanted {
			s.Pending = append(s.Pending, state.PendingDeposit{PublicKey: d.Pubkey, Credentials: common.Hash(d.WithdrawalCredentials),
				AmountGwei: uint64(d.Amount), Signature: d.Signature, Slot: uint64(d.Slot)})
		}
	}
}

func isPool(credentials []byte) bool {
	return (credentials[0] == 1 || credentials[0] == 2) && bytes.Equal(credentials[12:], poolCredentials[0][12:])
}
