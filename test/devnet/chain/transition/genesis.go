package transition

import (
	"errors"
	"fmt"

	"github.com/OffchainLabs/go-bitfield"
	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// ErrGenesis: a genesis from which no chain can start.
var ErrGenesis = errors.New("impossible genesis")

// maxGenesisValidators bounds what every slot hashes.
const maxGenesisValidators = 1 << 16

// Genesis is what a chain starts with.
type Genesis struct {
	Time       uint64 // timestamp of slot 0, in seconds
	Validators []GenesisValidator
	Execution  *deneb.ExecutionPayload // the execution chain's block 0
}

// GenesisValidator is active from epoch 0.
type GenesisValidator struct {
	PublicKey   [48]byte
	Credentials [32]byte
	BalanceGwei uint64
}

// Genesis makes the state of slot 0, with every fork in force that begins in epoch 0. Errors: ErrGenesis.
func (r *Rules) Genesis(g Genesis) (*State, error) {
	if len(g.Validators) == 0 || len(g.Validators) > maxGenesisValidators {
		return nil, fmt.Errorf("%w: %d validators, want 1 to %d", ErrGenesis, len(g.Validators), maxGenesisValidators)
	}
	execution, err := r.payloadHeader(g.Execution)
	if err != nil {
		return nil, err
	}
	spec := r.spec
	s := &State{rules: r, BeaconState: &electra.BeaconState{
		GenesisTime: g.Time,
		Fork:        &phase0.Fork{PreviousVersion: spec.forkVersion(4), CurrentVersion: spec.ElectraForkVersion},
		BlockRoots:  make([]phase0.Root, spec.SlotsPerHistoricalRoot), StateRoots: make([]phase0.Root, spec.SlotsPerHistoricalRoot),
		ETH1Data:    &phase0.ETH1Data{BlockHash: g.Execution.BlockHash[:]},
		RANDAOMixes: make([]phase0.Root, spec.EpochsPerHistoricalVector), Slashings: make([]phase0.Gwei, spec.EpochsPerSlashingsVector),
		JustificationBits: bitfield.NewBitvector4(), PreviousJustifiedCheckpoint: &phase0.Checkpoint{},
		CurrentJustifiedCheckpoint: &phase0.Checkpoint{}, FinalizedCheckpoint: &phase0.Checkpoint{},
		LatestExecutionPayloadHeader: execution, DepositRequestsStartIndex: farFuture,
	}}
	for i := range s.RANDAOMixes {
		s.RANDAOMixes[i] = phase0.Root(g.Execution.BlockHash)
	}
	known := make(map[[48]byte]bool)
	for i, v := range g.Validators {
		if v.BalanceGwei < spec.MinActivationBalanceGwei || known[v.PublicKey] {
			return nil, fmt.Errorf("%w: validator %d has %d gwei, or the key of another", ErrGenesis, i, v.BalanceGwei)
		}
		known[v.PublicKey] = true
		added := s.addValidator(v.PublicKey, v.Credentials[:], v.BalanceGwei)
		added.ActivationEligibilityEpoch, added.ActivationEpoch = 0, 0
	}
	s.EarliestExitEpoch = phase0.Epoch(s.activationExitEpoch())
	if err := s.upgrade(); err != nil {
		return nil, err
	}
	return s, s.finishGenesis()
}

// finishGenesis fills in what is derived from the rest.
func (s *State) finishGenesis() error {
	committee, err := s.syncCommittee()
	if err != nil {
		return err
	}
	s.CurrentSyncCommittee, s.NextSyncCommittee = committee, committee
	if s.GenesisValidatorsRoot, err = s.rules.Root(&registry{s.Validators}); err != nil {
		return err
	}
	body, err := s.rules.bodyRoot(s.rules.EmptyBlock(0))
	if err != nil {
		return err
	}
	s.LatestBlockHeader = &phase0.BeaconBlockHeader{BodyRoot: body}
	return nil
}

// syncCommittee takes the first validators in turn; it never changes.
func (s *State) syncCommittee() (*altair.SyncCommittee, error) {
	c := &altair.SyncCommittee{}
	keys := make([]bls.PublicKey, 0, s.rules.spec.SyncCommitteeSize)
	for i := range int(s.rules.spec.SyncCommitteeSize) {
		member := s.Validators[i%len(s.Validators)].PublicKey
		key, err := bls.ParsePublicKey(member[:])
		if err != nil {
			return nil, fmt.Errorf("%w: key of validator %d: %w", ErrGenesis, i%len(s.Validators), err)
		}
		keys, c.Pubkeys = append(keys, key), append(c.Pubkeys, member)
	}
	sum, err := bls.SumKeys(keys)
	if err != nil {
		return nil, fmt.Errorf("%w: sum up the sync committee's keys: %w", ErrGenesis, err)
	}
	c.AggregatePubkey = phase0.BLSPubKey(sum.Bytes())
	return c, nil
}

// EmptyBlock is a block of a slot without operations, to be filled in.
func (r *Rules) EmptyBlock(slot uint64) *Block {
	b := &Block{BeaconBlock: &electra.BeaconBlock{Slot: phase0.Slot(slot), Body: r.EmptyBody()}}
	if r.spec.ForkAt(slot/r.spec.SlotsPerEpoch) >= Gloas {
		b.Body.ExecutionPayload, b.Body.ExecutionRequests = nil, nil
		b.Bid, b.ParentRequests = &gloas.ExecutionPayloadBid{BuilderIndex: SelfBuild, Slot: b.Slot}, EmptyRequests()
	}
	return b
}

// EmptyBody is a block body of Electra without operations, to be filled in: nobody of the sync committee signs, and the signature is the point at infinity.
func (r *Rules) EmptyBody() *electra.BeaconBlockBody {
	return &electra.BeaconBlockBody{
		ETH1Data:         &phase0.ETH1Data{BlockHash: make([]byte, 32)},
		SyncAggregate:    &altair.SyncAggregate{SyncCommitteeBits: make([]byte, r.spec.SyncCommitteeSize/8), SyncCommitteeSignature: phase0.BLSSignature{0xc0}},
		ExecutionPayload: &deneb.ExecutionPayload{BaseFeePerGas: new(uint256.Int), ExtraData: []byte{}, Withdrawals: []*capella.Withdrawal{}},
		ExecutionRequests: &electra.ExecutionRequests{
			Deposits: []*electra.DepositRequest{}, Withdrawals: []*electra.WithdrawalRequest{}, Consolidations: []*electra.ConsolidationRequest{},
		},
	}
}
