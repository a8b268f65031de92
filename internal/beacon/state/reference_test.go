package state_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	dynssz "github.com/pk910/dynamic-ssz"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// The second opinion: states made, written and hashed by go-eth2-client.

var poolCredentials = []common.Hash{{0: 1, 12: 0xaa, 31: 0x11}, {0: 2, 12: 0xaa, 31: 0x11}}

// smallSpec is a network whose every size differs from mainnet's, all forks from its first epochs.
func smallSpec() state.Spec {
	s := state.Mainnet()
	s.SecondsPerSlot, s.SlotsPerEpoch = 4, 6
	s.SlotsPerHistoricalRoot, s.EpochsPerHistoricalVector, s.EpochsPerSlashingsVector, s.EpochsPerEth1VotingPeriod = 64, 32, 16, 4
	s.SyncCommitteeSize, s.HistoricalRootsLimit, s.ValidatorRegistryLimit = 32, 1<<10, 1<<20
	s.PendingDepositsLimit, s.PendingPartialWithdrawalsLimit, s.PendingConsolidationsLimit = 1<<12, 1<<9, 1<<7
	s.PTCSize = 5
	s.Activations = [4]state.Activation{{Version: [4]byte{4, 9}, Epoch: 1}, {Version: [4]byte{5, 9}, Epoch: 100}, {Version: [4]byte{6, 9}, Epoch: 200}, {Version: [4]byte{7, 9}, Epoch: 300}}
	return s
}

func reference(s state.Spec) *dynssz.DynSsz {
	return dynssz.NewDynSsz(map[string]any{
		"SLOTS_PER_EPOCH": s.SlotsPerEpoch, "SLOTS_PER_HISTORICAL_ROOT": s.SlotsPerHistoricalRoot,
		"EPOCHS_PER_HISTORICAL_VECTOR": s.EpochsPerHistoricalVector, "EPOCHS_PER_SLASHINGS_VECTOR": s.EpochsPerSlashingsVector,
		"EPOCHS_PER_ETH1_VOTING_PERIOD": s.EpochsPerEth1VotingPeriod, "SYNC_COMMITTEE_SIZE": s.SyncCommitteeSize,
		"HISTORICAL_ROOTS_LIMIT": s.HistoricalRootsLimit, "VALIDATOR_REGISTRY_LIMIT": s.ValidatorRegistryLimit,
		"PENDING_DEPOSITS_LIMIT": s.PendingDepositsLimit, "PENDING_PARTIAL_WITHDRAWALS_LIMIT": s.PendingPartialWithdrawalsLimit,
		"PENDING_CONSOLIDATIONS_LIMIT": s.PendingConsolidationsLimit, "MIN_SEED_LOOKAHEAD": s.MinSeedLookahead,
		"PTC_SIZE": s.PTCSize,
	})
}

// counts are the lengths of a state's lists.
type counts struct {
	validators, votes, historicalRoots, summaries, pending, partials, consolidations, extraData int

	builders, builderWithdrawals, expected, commitments int // from Gloas on
}

func someCounts(r *rand.Rand, s state.Spec) counts {
	n := func(limit uint64) int { return r.IntN(int(min(limit, 40)) + 1) }
	return counts{
		validators: r.IntN(300), votes: n(s.EpochsPerEth1VotingPeriod * s.SlotsPerEpoch), historicalRoots: n(s.HistoricalRootsLimit),
		summaries: n(s.HistoricalRootsLimit), pending: n(s.PendingDepositsLimit), partials: n(s.PendingPartialWithdrawalsLimit),
		consolidations: n(s.PendingConsolidationsLimit), extraData: r.IntN(33),
		builders: n(noLimit), builderWithdrawals: n(noLimit), expected: n(noLimit), commitments: n(noLimit),
	}
}

type filler struct{ *rand.Rand }

func (f filler) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(f.Uint32())
	}
	return b
}
func (f filler) root() phase0.Root { return phase0.Root(f.bytes(32)) }
func (f filler) roots(n uint64) []phase0.Root {
	all := make([]phase0.Root, n)
	for i := range all {
		all[i] = f.root()
	}
	return all
}
func (f filler) checkpoint() *phase0.Checkpoint {
	return &phase0.Checkpoint{Epoch: phase0.Epoch(f.Uint64()), Root: f.root()}
}
func (f filler) eth1Data() *phase0.ETH1Data {
	return &phase0.ETH1Data{DepositRoot: f.root(), DepositCount: f.Uint64(), BlockHash: f.bytes(32)}
}
func (f filler) syncCommittee(n uint64) *altair.SyncCommittee {
	c := &altair.SyncCommittee{Pubkeys: make([]phase0.BLSPubKey, n), AggregatePubkey: phase0.BLSPubKey(f.bytes(48))}
	for i := range c.Pubkeys {
		c.Pubkeys[i] = phase0.BLSPubKey(f.bytes(48))
	}
	return c
}

// epochNear is an epoch around the state's own, or never.
func (f filler) epochNear(epoch uint64) phase0.Epoch {
	if f.IntN(3) == 0 {
		return math.MaxUint64
	}
	return phase0.Epoch(epoch - 3 + f.Uint64N(6))
}

func (f filler) credentials() []byte {
	if f.IntN(4) == 0 {
		c := poolCredentials[f.IntN(2)]
		if f.IntN(2) == 0 {
			copy(c[1:12], f.bytes(11)) // nobody looks at them
		}
		return c.Bytes()
	}
	return f.bytes(32)
}

func (f filler) validator(epoch uint64) *phase0.Validator {
	return &phase0.Validator{
		PublicKey: phase0.BLSPubKey(f.bytes(48)), WithdrawalCredentials: f.credentials(), EffectiveBalance: phase0.Gwei(f.Uint64N(2049) * 1e9),
		Slashed: f.IntN(5) == 0, ActivationEligibilityEpoch: f.epochNear(epoch), ActivationEpoch: f.epochNear(epoch),
		ExitEpoch: f.epochNear(epoch), WithdrawableEpoch: f.epochNear(epoch),
	}
}

// newState makes a state with the fields of all forks, at an epoch of fork.
func newState(r *rand.Rand, fork state.Fork, s state.Spec, c counts) *everyState {
	f := filler{r}
	epoch := s.Activations[fork-1].Epoch + 20
	b := &everyState{BeaconState: fulu.BeaconState{
		GenesisTime: f.Uint64(), GenesisValidatorsRoot: f.root(), Slot: phase0.Slot(epoch*s.SlotsPerEpoch + f.Uint64N(s.SlotsPerEpoch)),
		Fork:              &phase0.Fork{PreviousVersion: phase0.Version(f.bytes(4)), CurrentVersion: s.Activations[fork-1].Version, Epoch: phase0.Epoch(f.Uint64())},
		LatestBlockHeader: &phase0.BeaconBlockHeader{Slot: phase0.Slot(f.Uint64()), ProposerIndex: phase0.ValidatorIndex(f.Uint64()), ParentRoot: f.root(), BodyRoot: f.root()},
		BlockRoots:        f.roots(s.SlotsPerHistoricalRoot), StateRoots: f.roots(s.SlotsPerHistoricalRoot), HistoricalRoots: f.roots(uint64(c.historicalRoots)),
		ETH1Data: f.eth1Data(), ETH1DepositIndex: f.Uint64(), RANDAOMixes: f.roots(s.EpochsPerHistoricalVector),
		JustificationBits: []byte{byte(f.IntN(16))}, PreviousJustifiedCheckpoint: f.checkpoint(), CurrentJustifiedCheckpoint: f.checkpoint(), FinalizedCheckpoint: f.checkpoint(),
		CurrentSyncCommittee: f.syncCommittee(s.SyncCommitteeSize), NextSyncCommittee: f.syncCommittee(s.SyncCommitteeSize),
		LatestExecutionPayloadHeader: f.executionHeader(c.extraData), NextWithdrawalIndex: capella.WithdrawalIndex(f.Uint64()),
		NextWithdrawalValidatorIndex: phase0.ValidatorIndex(f.Uint64()), DepositRequestsStartIndex: f.Uint64(), DepositBalanceToConsume: phase0.Gwei(f.Uint64()),
		ExitBalanceToConsume: phase0.Gwei(f.Uint64()), EarliestExitEpoch: phase0.Epoch(f.Uint64()), ConsolidationBalanceToConsume: phase0.Gwei(f.Uint64()),
		EarliestConsolidationEpoch: phase0.Epoch(f.Uint64()),
	}}
	for range s.EpochsPerSlashingsVector {
		b.Slashings = append(b.Slashings, phase0.Gwei(f.Uint64N(1<<40)))
	}
	for range (s.MinSeedLookahead + 1) * s.SlotsPerEpoch {
		b.ProposerLookahead = append(b.ProposerLookahead, phase0.ValidatorIndex(f.Uint64()))
	}
	f.fillLists(b, epoch, c)
	f.fillGloas(b, s, c)
	return b
}

func (f filler) fillLists(b *everyState, epoch uint64, c counts) {
	for range c.votes {
		b.ETH1DataVotes = append(b.ETH1DataVotes, f.eth1Data())
	}
	for range c.validators {
		b.Validators = append(b.Validators, f.validator(epoch))
		b.Balances = append(b.Balances, phase0.Gwei(f.Uint64N(1<<43)*f.Uint64N(4)/3)) // one of four has nothing
		b.PreviousEpochParticipation = append(b.PreviousEpochParticipation, altair.ParticipationFlags(f.IntN(8)))
		b.CurrentEpochParticipation = append(b.CurrentEpochParticipation, altair.ParticipationFlags(f.IntN(8)))
		b.InactivityScores = append(b.InactivityScores, f.Uint64N(3))
	}
	for range c.summaries {
		b.HistoricalSummaries = append(b.HistoricalSummaries, &capella.HistoricalSummary{BlockSummaryRoot: f.root(), StateSummaryRoot: f.root()})
	}
	for range c.pending {
		d := &electra.PendingDeposit{Pubkey: phase0.BLSPubKey(f.bytes(48)), WithdrawalCredentials: f.credentials(), Amount: phase0.Gwei(f.Uint64()),
			Signature: phase0.BLSSignature(f.bytes(96)), Slot: phase0.Slot(f.Uint64())}
		switch at := f.IntN(3); {
		case at == 0 && len(b.Validators) > 0:
			d.Pubkey = b.Validators[f.IntN(len(b.Validators))].PublicKey
		case at == 1 && len(b.PendingDeposits) > 0:
			d.Pubkey = b.PendingDeposits[f.IntN(len(b.PendingDeposits))].Pubkey
		}
		b.PendingDeposits = append(b.PendingDeposits, d)
	}
	for range c.partials {
		owner := f.Uint64N(uint64(c.validators) + 1) // or nobody
		if f.IntN(8) == 0 {
			owner += 1 << 32
		}
		b.PendingPartialWithdrawals = append(b.PendingPartialWithdrawals, &electra.PendingPartialWithdrawal{
			ValidatorIndex: phase0.ValidatorIndex(owner), Amount: phase0.Gwei(f.Uint64()), WithdrawableEpoch: phase0.Epoch(f.Uint64())})
	}
	for range c.consolidations {
		b.PendingConsolidations = append(b.PendingConsolidations, &electra.PendingConsolidation{
			SourceIndex: phase0.ValidatorIndex(f.Uint64()), TargetIndex: phase0.ValidatorIndex(f.Uint64())})
	}
}

func (f filler) executionHeader(extraData int) *deneb.ExecutionPayloadHeader {
	return &deneb.ExecutionPayloadHeader{
		ParentHash: phase0.Hash32(f.root()), FeeRecipient: bellatrix.ExecutionAddress(f.bytes(20)), StateRoot: f.root(), ReceiptsRoot: f.root(),
		LogsBloom: [256]byte(f.bytes(256)), PrevRandao: f.root(), BlockNumber: f.Uint64(), GasLimit: f.Uint64(), GasUsed: f.Uint64(), Timestamp: f.Uint64(),
		ExtraData: f.bytes(extraData), BaseFeePerGas: new(uint256.Int).SetBytes(f.bytes(32)), BlockHash: phase0.Hash32(f.root()), TransactionsRoot: f.root(),
		WithdrawalsRoot: f.root(), BlobGasUsed: f.Uint64(), ExcessBlobGas: f.Uint64(),
	}
}

// encode writes the state as fork has it, and hashes it, with go-eth2-client's types.
func encode(t testing.TB, fork state.Fork, s state.Spec, b *everyState) ([]byte, common.Hash) {
	t.Helper()
	container := copyFields(emptyState(fork), b)
	ds := reference(s)
	data, err := ds.MarshalSSZ(container)
	require.NoError(t, err)
	root, err := ds.HashTreeRoot(container)
	require.NoError(t, err)
	return data, root
}

// emptyState is go-eth2-client's type of the fork.
func emptyState(fork state.Fork) any {
	switch fork {
	case state.Deneb:
		return new(deneb.BeaconState)
	case state.Electra:
		return new(electra.BeaconState)
	case state.Fulu:
		return new(fulu.BeaconState)
	}
	return new(gloas.BeaconState)
}

// copyFields fills a state of one fork, whose fields are among those of all.
func copyFields(one any, every *everyState) any {
	to, from := reflect.ValueOf(one).Elem(), reflect.ValueOf(every).Elem()
	for i := range to.NumField() {
		to.Field(i).Set(from.FieldByName(to.Type().Field(i).Name))
	}
	return one
}

// readTwice reads data, with what the first reading asks to look out for if it does.
func readTwice(t testing.TB, data []byte, fork state.Fork, s state.Spec, root common.Hash, q state.Query) *state.State {
	t.Helper()
	got, err := state.Read(t.Context(), bytes.NewReader(data), fork, s, &root, q)
	if hint := (*state.HintError)(nil); err != nil {
		require.ErrorAs(t, err, &hint)
		q.Hint = hint.Keys
		got, err = state.Read(t.Context(), bytes.NewReader(data), fork, s, &root, q)
	}
	require.NoError(t, err)
	return got
}

func seeded(seed uint64) *rand.Rand {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return rand.New(rand.NewChaCha8(key))
}
