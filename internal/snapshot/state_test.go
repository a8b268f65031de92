package snapshot_test

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

const farFuture = math.MaxUint64

// networkSpec is a network with the slots and epochs of localnet.DefaultConfig, small vectors and Electra from its first epoch.
func networkSpec() state.Spec {
	s := state.Mainnet()
	s.SlotsPerHistoricalRoot, s.EpochsPerHistoricalVector, s.EpochsPerEth1VotingPeriod = 64, 64, 4
	s.SyncCommitteeSize, s.HistoricalRootsLimit, s.ValidatorRegistryLimit = 32, 1<<10, 1<<20
	s.PendingDepositsLimit, s.PendingPartialWithdrawalsLimit, s.PendingConsolidationsLimit = 1<<12, 1<<9, 1<<7
	s.Activations = [4]state.Activation{{Version: [4]byte{4}, Epoch: 0}, {Version: [4]byte{5}, Epoch: 0}, {Version: [4]byte{6}, Epoch: farFuture}, {Version: [4]byte{7}, Epoch: farFuture}}
	return s
}

// newState is the state after an empty chain of slot: no validators, no deposits. It is for blocks whose execution payload is block.
func newState(s state.Spec, genesisTime, slot uint64, block execution.BlockRef) *electra.BeaconState {
	b := &electra.BeaconState{
		GenesisTime: genesisTime, GenesisValidatorsRoot: phase0.Root{0xee}, Slot: phase0.Slot(slot), Fork: &phase0.Fork{PreviousVersion: phase0.Version{4}, CurrentVersion: phase0.Version{5}},
		LatestBlockHeader: &phase0.BeaconBlockHeader{}, BlockRoots: make([]phase0.Root, s.SlotsPerHistoricalRoot), StateRoots: make([]phase0.Root, s.SlotsPerHistoricalRoot),
		ETH1Data: &phase0.ETH1Data{BlockHash: make([]byte, 32)}, RANDAOMixes: make([]phase0.Root, s.EpochsPerHistoricalVector),
		Slashings: make([]phase0.Gwei, s.EpochsPerSlashingsVector), JustificationBits: []byte{0}, PreviousJustifiedCheckpoint: &phase0.Checkpoint{},
		CurrentJustifiedCheckpoint: &phase0.Checkpoint{}, FinalizedCheckpoint: &phase0.Checkpoint{}, CurrentSyncCommittee: syncCommittee(s), NextSyncCommittee: syncCommittee(s),
		LatestExecutionPayloadHeader: &deneb.ExecutionPayloadHeader{
			StateRoot: phase0.Root(block.StateRoot), BlockNumber: block.Number, Timestamp: genesisTime + slot*s.SecondsPerSlot, BlockHash: phase0.Hash32(block.Hash),
			ExtraData: []byte("test"), BaseFeePerGas: new(uint256.Int),
		},
		DepositRequestsStartIndex: 0,
	}
	return b
}

func syncCommittee(s state.Spec) *altair.SyncCommittee {
	return &altair.SyncCommittee{Pubkeys: make([]phase0.BLSPubKey, s.SyncCommitteeSize)}
}

// addValidator appends an active validator and gives it for changes.
func addValidator(b *electra.BeaconState, key [48]byte, credentials common.Hash, balanceGwei uint64) *phase0.Validator {
	v := &phase0.Validator{
		PublicKey: key, WithdrawalCredentials: credentials.Bytes(), EffectiveBalance: phase0.Gwei(balanceGwei / 1e9 * 1e9), ExitEpoch: farFuture, WithdrawableEpoch: farFuture,
	}
	b.Validators, b.Balances = append(b.Validators, v), append(b.Balances, phase0.Gwei(balanceGwei))
	b.PreviousEpochParticipation, b.CurrentEpochParticipation = append(b.PreviousEpochParticipation, 7), append(b.CurrentEpochParticipation, 7)
	b.InactivityScores = append(b.InactivityScores, 0)
	return v
}

// foreignKey is a key of nobody here.
func foreignKey(i uint64) (key [48]byte) {
	key[0] = 0x80
	binary.BigEndian.PutUint64(key[40:], i)
	binary.LittleEndian.PutUint64(key[20:], i*0x9e3779b97f4a7c15)
	return key
}

// encode writes and hashes a state with go-eth2-client: the second opinion.
func encode(t testing.TB, s state.Spec, b any) ([]byte, common.Hash) {
	t.Helper()
	ds := dynssz.NewDynSsz(map[string]any{
		"SLOTS_PER_EPOCH": s.SlotsPerEpoch, "SLOTS_PER_HISTORICAL_ROOT": s.SlotsPerHistoricalRoot,
		"EPOCHS_PER_HISTORICAL_VECTOR": s.EpochsPerHistoricalVector, "EPOCHS_PER_SLASHINGS_VECTOR": s.EpochsPerSlashingsVector,
		"EPOCHS_PER_ETH1_VOTING_PERIOD": s.EpochsPerEth1VotingPeriod, "SYNC_COMMITTEE_SIZE": s.SyncCommitteeSize,
		"HISTORICAL_ROOTS_LIMIT": s.HistoricalRootsLimit, "VALIDATOR_REGISTRY_LIMIT": s.ValidatorRegistryLimit,
		"PENDING_DEPOSITS_LIMIT": s.PendingDepositsLimit, "PENDING_PARTIAL_WITHDRAWALS_LIMIT": s.PendingPartialWithdrawalsLimit,
		"PENDING_CONSOLIDATIONS_LIMIT": s.PendingConsolidationsLimit, "MIN_SEED_LOOKAHEAD": s.MinSeedLookahead, "PTC_SIZE": s.PTCSize,
	})
	data, err := ds.MarshalSSZ(b)
	require.NoError(t, err)
	root, err := ds.HashTreeRoot(b)
	require.NoError(t, err)
	return data, root
}
