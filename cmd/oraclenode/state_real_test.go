package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// These tests run the command on a state that go-eth2-client made, wrote and hashed.

func realState(spec state.Spec) *electra.BeaconState {
	committee := func() *altair.SyncCommittee {
		return &altair.SyncCommittee{Pubkeys: make([]phase0.BLSPubKey, spec.SyncCommitteeSize)}
	}
	validator := func(key byte, credentials string) *phase0.Validator {
		return &phase0.Validator{PublicKey: phase0.BLSPubKey{key}, WithdrawalCredentials: common.HexToHash(credentials).Bytes(),
			EffectiveBalance: 32_000_000_000, ExitEpoch: 1<<64 - 1, WithdrawableEpoch: 1<<64 - 1}
	}
	return &electra.BeaconState{
		GenesisTime: 1_700_000_000, Slot: 80,
		Fork:              &phase0.Fork{CurrentVersion: spec.Activations[state.Electra-1].Version, Epoch: 1},
		LatestBlockHeader: &phase0.BeaconBlockHeader{Slot: 80},
		BlockRoots:        make([]phase0.Root, spec.SlotsPerHistoricalRoot), StateRoots: make([]phase0.Root, spec.SlotsPerHistoricalRoot),
		ETH1Data: &phase0.ETH1Data{BlockHash: make([]byte, 32)}, RANDAOMixes: make([]phase0.Root, spec.EpochsPerHistoricalVector),
		Slashings: make([]phase0.Gwei, spec.EpochsPerSlashingsVector), JustificationBits: []byte{0},
		PreviousJustifiedCheckpoint: &phase0.Checkpoint{}, CurrentJustifiedCheckpoint: &phase0.Checkpoint{}, FinalizedCheckpoint: &phase0.Checkpoint{Epoch: 8},
		CurrentSyncCommittee: committee(), NextSyncCommittee: committee(),
		LatestExecutionPayloadHeader: &deneb.ExecutionPayloadHeader{BlockNumber: 77, BaseFeePerGas: new(uint256.Int)},
		Validators:                   []*phase0.Validator{validator(1, poolCredentials01), validator(2, "0x0100"), validator(3, poolCredentials02)},
		Balances:                     []phase0.Gwei{32_000_000_001, 5, 64_000_000_000},
		PreviousEpochParticipation:   make([]altair.ParticipationFlags, 3), CurrentEpochParticipation: make([]altair.ParticipationFlags, 3),
		InactivityScores: make([]uint64, 3),
		PendingDeposits: []*electra.PendingDeposit{
			{Pubkey: phase0.BLSPubKey{9}, WithdrawalCredentials: common.HexToHash(poolCredentials01).Bytes(), Amount: 32_000_000_000},
			{Pubkey: phase0.BLSPubKey{3}, WithdrawalCredentials: make([]byte, 32), Amount: 1_000_000_000},
		},
	}
}

// realFile writes the state and returns the command's arguments for it, and its root.
func realFile(t *testing.T) (args []string, data []byte, root string) {
	t.Helper()
	spec, err := loadSpec("testdata/spec.yaml")
	require.NoError(t, err)
	ssz := dynssz.NewDynSsz(map[string]any{
		"SLOTS_PER_EPOCH": spec.SlotsPerEpoch, "SLOTS_PER_HISTORICAL_ROOT": spec.SlotsPerHistoricalRoot,
		"EPOCHS_PER_HISTORICAL_VECTOR": spec.EpochsPerHistoricalVector, "EPOCHS_PER_SLASHINGS_VECTOR": spec.EpochsPerSlashingsVector,
		"EPOCHS_PER_ETH1_VOTING_PERIOD": spec.EpochsPerEth1VotingPeriod, "SYNC_COMMITTEE_SIZE": spec.SyncCommitteeSize,
		"HISTORICAL_ROOTS_LIMIT": spec.HistoricalRootsLimit, "VALIDATOR_REGISTRY_LIMIT": spec.ValidatorRegistryLimit,
		"PENDING_DEPOSITS_LIMIT": spec.PendingDepositsLimit, "PENDING_PARTIAL_WITHDRAWALS_LIMIT": spec.PendingPartialWithdrawalsLimit,
		"PENDING_CONSOLIDATIONS_LIMIT": spec.PendingConsolidationsLimit,
	})
	b := realState(spec)
	data, err = ssz.MarshalSSZ(b)
	require.NoError(t, err)
	hash, err := ssz.HashTreeRoot(b)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "state.ssz")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	return []string{"state", "inspect", "--file", file, "--fork", "electra", "--spec", "testdata/spec.yaml",
		"--credentials", poolCredentials01, "--credentials", poolCredentials02}, data, common.Hash(hash).Hex()
}

func realProgram() program {
	return program{read: processEnvironment().readState}
}

func TestInspectReadsAStateOfGoEth2Client(t *testing.T) {
	args, data, root := realFile(t)
	r := realProgram().run(t, append(args, "--root", root, "--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	var got inspectionJSON
	require.NoError(t, json.Unmarshal([]byte(r.out), &got))
	require.True(t, got.Verified)
	require.Equal(t, root, got.State.Root.Hex())
	require.Equal(t, uint64(len(data)), got.Reading.Bytes)
	require.Equal(t, registryJSON{Validators: 3, ActiveGwei: 96_000_000_000, PendingDeposits: 2}, got.Registry)
	require.Equal(t, poolJSON{
		Credentials: got.Pool.Credentials, Validators: 2, BalanceGwei: "96000000001", ActiveGwei: 64_000_000_000,
		PendingTopUps: 1, PendingTopUpsGwei: "1000000000", PendingNewKeys: 1, PendingNewKeysGwei: "32000000000",
	}, got.Pool)

	without := realProgram().run(t, append(args, "--json")...)
	require.Equal(t, cli.ExitOK, without.status, without.err)
	require.Contains(t, without.out, root, "the root is computed all the same")
}

func TestInspectFindsAlteredStates(t *testing.T) {
	args, data, root := realFile(t)
	file := args[3]
	for name, altered := range map[string][]byte{
		"one bit":       append(append([]byte{}, data[:40]...), append([]byte{data[40] ^ 1}, data[41:]...)...),
		"cut off":       data[:len(data)-100],
		"one byte more": append(append([]byte{}, data...), 0),
		"nothing":       {},
	} {
		require.NoError(t, os.WriteFile(file, altered, 0o600))
		r := realProgram().run(t, append(args, "--root", root)...)
		require.Equal(t, cli.ExitFindings, r.status, name)
		require.Empty(t, r.out, name)
		require.Contains(t, r.err, file+": beacon state, ", name)
	}
}

func TestPeakMemoryOfThisProcess(t *testing.T) {
	bytes, err := peakMemory()
	if err != nil {
		require.ErrorIs(t, err, errNoPeakMemory)
		return
	}
	require.Greater(t, bytes, uint64(1<<20))
}
