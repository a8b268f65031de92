package transition

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	dynssz "github.com/pk910/dynamic-ssz"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrState: bytes that are no state of this network.
var ErrState = errors.New("not a state of this network")

// Rules are what all states of one network follow.
type Rules struct {
	spec     Spec
	ssz      *dynssz.DynSsz
	reward   RewardPpm
	builders []Builder
}

// RewardPpm is what part of the consensus spec's attestation reward a validator earns for an epoch, in parts per million.
type RewardPpm func(epoch, validatorIndex uint64) uint64

// NewRules makes the rules of a network. A nil reward is the spec's own. Builders are those that are on board when Gloas begins. Errors: ErrSpec.
func NewRules(spec Spec, reward RewardPpm, builders ...Builder) (*Rules, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if reward == nil {
		reward = func(uint64, uint64) uint64 { return ppm }
	}
	return &Rules{spec: spec, ssz: spec.SSZ(), reward: reward, builders: builders}, nil
}

// Spec is the network's parameters.
func (r *Rules) Spec() Spec { return r.spec }

// Decode reads a state from its SSZ. Errors: ErrState.
func (r *Rules) Decode(ssz []byte) (*State, error) {
	if len(ssz) < slotAt+8 {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrState, len(ssz))
	}
	fork := r.spec.ForkAt(binary.LittleEndian.Uint64(ssz[slotAt:]) / r.spec.SlotsPerEpoch)
	container := fork.rules().state()
	if err := r.ssz.UnmarshalSSZ(container, ssz); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrState, err)
	}
	return r.stateOf(fork, container), nil
}

// slotAt is where a state of any fork has its slot.
const slotAt = 8 + 32

// Root is the hash-tree root of any type of the consensus specs.
func (r *Rules) Root(of any) (phase0.Root, error) {
	root, err := r.ssz.HashTreeRoot(of)
	if err != nil {
		return phase0.Root{}, fmt.Errorf("hash a %T: %w", of, err)
	}
	return root, nil
}

// Encode is the SSZ of any type of the consensus specs.
func (r *Rules) Encode(value any) ([]byte, error) {
	b, err := r.ssz.MarshalSSZ(value)
	if err != nil {
		return nil, fmt.Errorf("encode a %T: %w", value, err)
	}
	return b, nil
}

// State is a BeaconState of any fork with the functions that change it: the fields of Electra, and those of later forks, which are empty before them. It is not
// safe for concurrent use; copy it by Encode and Decode.
type State struct {
	*electra.BeaconState
	Later
	fork  Fork
	rules *Rules
}

// Version is the fork that the state is of.
func (s *State) Version() Fork { return s.fork }

func (s *State) copy() (*State, error) {
	ssz, err := s.Encode()
	if err != nil {
		return nil, err
	}
	return s.rules.Decode(ssz)
}

// Root is the state's hash-tree root.
func (s *State) Root() (phase0.Root, error) { return s.rules.Root(s.Container()) }

// Encode is the state as SSZ.
func (s *State) Encode() ([]byte, error) { return s.rules.Encode(s.Container()) }

// Epoch is the current epoch.
func (s *State) Epoch() uint64 { return uint64(s.Slot) / s.rules.spec.SlotsPerEpoch }

func (s *State) previousEpoch() uint64 { return max(s.Epoch(), 1) - 1 }

func (s *State) epochStart(epoch uint64) uint64 { return epoch * s.rules.spec.SlotsPerEpoch }

// IndexOf finds the validator with a public key.
func (s *State) IndexOf(key phase0.BLSPubKey) (index uint64, ok bool) {
	for i, v := range s.Validators {
		if v.PublicKey == key {
			return uint64(i), true
		}
	}
	return 0, false
}

// IsActive: is_active_validator (phase 0).
func IsActive(v *phase0.Validator, epoch uint64) bool {
	return uint64(v.ActivationEpoch) <= epoch && epoch < uint64(v.ExitEpoch)
}

// activeBalance is get_total_active_balance (phase 0) in gwei: at least one increment.
func (s *State) activeBalance() uint64 {
	sum, epoch := uint64(0), s.Epoch()
	for _, v := range s.Validators {
		if IsActive(v, epoch) {
			sum += uint64(v.EffectiveBalance)
		}
	}
	return max(sum, s.rules.spec.EffectiveBalanceIncrementGwei)
}

func (s *State) increase(index, gwei uint64) { s.Balances[index] += phase0.Gwei(gwei) }

// decrease is decrease_balance (phase 0): not below zero.
func (s *State) decrease(index, gwei uint64) {
	s.Balances[index] -= min(s.Balances[index], phase0.Gwei(gwei))
}

// blockRoot is get_block_root (phase 0): of the last block at or before the epoch's first slot.
func (s *State) blockRoot(epoch uint64) phase0.Root {
	return s.BlockRoots[s.epochStart(epoch)%s.rules.spec.SlotsPerHistoricalRoot]
}

// BlockRootAt is the root of the last block at or before a slot that state.block_roots still remembers. ok is false for others.
func (s *State) BlockRootAt(slot uint64) (root phase0.Root, ok bool) {
	length := s.rules.spec.SlotsPerHistoricalRoot
	if slot >= uint64(s.Slot) || uint64(s.Slot) > slot+length {
		return root, false
	}
	return s.BlockRoots[slot%length], true
}

// PrevRandao is get_randao_mix of the current epoch (phase 0): what a payload must carry.
func (s *State) PrevRandao() [32]byte {
	return s.RANDAOMixes[s.Epoch()%s.rules.spec.EpochsPerHistoricalVector]
}

// Timestamp is compute_time_at_slot (bellatrix) of the state's slot, in seconds.
func (s *State) Timestamp() uint64 { return s.GenesisTime + uint64(s.Slot)*s.rules.spec.SecondsPerSlot }

// ParentRoot is the root of the latest block, whose header has its state root once the slot after it has begun.
func (s *State) ParentRoot() (phase0.Root, error) { return s.rules.Root(s.LatestBlockHeader) }

// Withdrawal prefixes. Source: consensus specs, capella and electra.
const (
	executionPrefix   = 0x01
	compoundingPrefix = 0x02
	addressOffset     = 12
)

// hasExecutionCredentials is has_execution_withdrawal_credential (electra).
func hasExecutionCredentials(v *phase0.Validator) bool {
	return v.WithdrawalCredentials[0] == executionPrefix || isCompounding(v)
}

func isCompounding(v *phase0.Validator) bool { return v.WithdrawalCredentials[0] == compoundingPrefix }

func withdrawsTo(v *phase0.Validator, address [20]byte) bool {
	return report.WithdrawsTo(v.WithdrawalCredentials, address)
}

// maxEffective is get_max_effective_balance (electra) in gwei.
func (s *State) maxEffective(v *phase0.Validator) uint64 {
	if isCompounding(v) {
		return s.rules.spec.MaxEffectiveBalanceElectraGwei
	}
	return s.rules.spec.MinActivationBalanceGwei
}

// squareRoot is integer_squareroot (phase 0).
func squareRoot(n uint64) uint64 { return new(big.Int).Sqrt(new(big.Int).SetUint64(n)).Uint64() }

// mulDiv is a*b/c rounded down, without overflow on the way. The result must fit, which holds for shares of balances.
func mulDiv(a, b, c uint64) uint64 {
	product := new(big.Int).Mul(new(big.Int).SetUint64(a), new(big.Int).SetUint64(b))
	return product.Quo(product, new(big.Int).SetUint64(c)).Uint64()
}
