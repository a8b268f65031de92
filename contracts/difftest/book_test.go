package difftest

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

const farFuture = phase0.Epoch(math.MaxUint64)

// States of a key, as ValidatorBook numbers them.
const (
	keyWaiting = iota + 2
	keyFunded
	keyLeaving
	keyExited
	keyGiven
	keyForeign
)

// The ABI's structs.
type (
	reportAnchor struct {
		RefSlot, HeaderSlot             uint64
		StateRoot, BalancesRoot, Digest [32]byte
	}
	validatorProof struct {
		ValidatorIndex             uint64
		WithdrawalCredentials      [32]byte
		EffectiveBalanceGwei       uint64
		Slashed                    bool
		ActivationEligibilityEpoch uint64
		ActivationEpoch            uint64
		ExitEpoch                  uint64
		WithdrawableEpoch          uint64
		Branch                     [][32]byte
	}
	balanceProof struct {
		BeyondEnd bool
		Chunk     [32]byte
		Branch    [][32]byte
	}
	keyProof struct {
		Origin    bindings.BlockProof
		Validator validatorProof
	}
)

// randomValidators returns n validators of which number own has the given key and our credentials.
func randomValidators(r *rand.Rand, n, own int, key bls.PublicKey) ([]*phase0.Validator, []phase0.Gwei) {
	validators := make([]*phase0.Validator, n)
	balances := make([]phase0.Gwei, n)
	for i := range n {
		validators[i] = randomState[phase0.Validator](r)
		balances[i] = phase0.Gwei(r.Uint64())
	}
	validators[own].PublicKey = phase0.BLSPubKey(key.Bytes())
	validators[own].WithdrawalCredentials = credentials()
	validators[own].ExitEpoch = 7
	return validators, balances
}

func proofOf(index int, v *phase0.Validator, siblings [][32]byte) validatorProof {
	return validatorProof{
		ValidatorIndex: uint64(index), WithdrawalCredentials: [32]byte(v.WithdrawalCredentials),
		EffectiveBalanceGwei: uint64(v.EffectiveBalance), Slashed: v.Slashed,
		ActivationEligibilityEpoch: uint64(v.ActivationEligibilityEpoch), ActivationEpoch: uint64(v.ActivationEpoch),
		ExitEpoch: uint64(v.ExitEpoch), WithdrawableEpoch: uint64(v.WithdrawableEpoch), Branch: siblings,
	}
}

// deposited is a key that has its first ether: it is the operator's next.
func (s staking) deposited(t *testing.T, seed string, compounding bool) bls.PublicKey {
	t.Helper()
	secret := secretKey(t, seed)
	in, _ := signed(t, secret, compounding)
	s.registry.call(registryManager, "addKeys", big.NewInt(0), compounding, []keyInput{in})
	s.book.call(common.Address{1}, "predeposit", uint8(1))
	return secret.PublicKey()
}

// fresh is the validator that the first deposit of a key makes.
func fresh(key bls.PublicKey, compounding bool) *phase0.Validator {
	return &phase0.Validator{
		PublicKey: phase0.BLSPubKey(key.Bytes()), WithdrawalCredentials: credentialsOf(compounding), EffectiveBalance: firstGwei,
		ActivationEligibilityEpoch: farFuture, ActivationEpoch: farFuture, ExitEpoch: farFuture, WithdrawableEpoch: farFuture,
	}
}

// opened is a proof of validator index under a block of that state, whose root EIP-4788 answers with from now on.
func (s staking) opened(t *testing.T, state judgedState, index int, v *phase0.Validator) keyProof {
	t.Helper()
	header := &phase0.BeaconBlockHeader{
		Slot: phase0.Slot(state.headerSlot), ProposerIndex: 3, ParentRoot: phase0.Root{1}, StateRoot: phase0.Root(state.root), BodyRoot: phase0.Root{2},
	}
	root, err := header.HashTreeRoot()
	require.NoError(t, err)
	s.book.state.SetCode(params.BeaconRootsAddress, hexutil.MustDecode("0x5f545f5260205ff3"), 0)
	s.book.state.SetState(params.BeaconRootsAddress, common.Hash{}, root)
	return keyProof{
		Origin: bindings.BlockProof{ChildSlot: state.headerSlot + 1, Header: bindings.BeaconHeader{
			Slot: state.headerSlot, ProposerIndex: 3, ParentRoot: header.ParentRoot, StateRoot: header.StateRoot, BodyRoot: header.BodyRoot,
		}},
		Validator: proofOf(index, v, state.validator(index)),
	}
}

func (s staking) stateOfKey(t *testing.T, keyID uint64) uint8 {
	t.Helper()
	out, _ := s.book.call(common.Address{1}, "keyOf", keyID)
	return abi.ConvertType(out[0], new(bindings.Key)).(*bindings.Key).State
}

// ownIndex is where among puts a validator among others.
const ownIndex = 37

func among(r *rand.Rand, own *phase0.Validator) ([]*phase0.Validator, []phase0.Gwei) {
	validators, balances := make([]*phase0.Validator, 50), make([]phase0.Gwei, 50)
	for i := range validators {
		validators[i], balances[i] = randomState[phase0.Validator](r), phase0.Gwei(r.Uint64())
	}
	validators[ownIndex] = own
	return validators, balances
}

func TestFirstEtherEndsAsTheBeaconStateSaysUnderStatesOfEveryFork(t *testing.T) {
	for name, c := range map[string]struct {
		change func(v *phase0.Validator)
		ends   uint8
	}{
		"as it was deposited":         {func(*phase0.Validator) {}, keyWaiting},
		"just below 32 ether":         {func(v *phase0.Validator) { v.EffectiveBalance = 31 * firstGwei }, keyWaiting},
		"dirty bytes between":         {func(v *phase0.Validator) { v.WithdrawalCredentials[5] = 1 }, keyGiven},
		"the other kind":              {func(v *phase0.Validator) { v.WithdrawalCredentials[0] ^= 3 }, keyGiven},
		"32 ether":                    {func(v *phase0.Validator) { v.EffectiveBalance = 32 * firstGwei }, keyGiven},
		"slashed":                     {func(v *phase0.Validator) { v.Slashed = true }, keyGiven},
		"eligible":                    {func(v *phase0.Validator) { v.ActivationEligibilityEpoch = 9 }, keyGiven},
		"active":                      {func(v *phase0.Validator) { v.ActivationEpoch = 9 }, keyGiven},
		"exiting":                     {func(v *phase0.Validator) { v.ExitEpoch = 9 }, keyGiven},
		"another address":             {func(v *phase0.Validator) { v.WithdrawalCredentials[31] ^= 1 }, keyForeign},
		"a BLS key's credentials":     {func(v *phase0.Validator) { v.WithdrawalCredentials[0] = 0 }, keyForeign},
		"a builder's":                 {func(v *phase0.Validator) { v.WithdrawalCredentials[0] = 3 }, keyForeign},
		"another address, 2048 ether": {func(v *phase0.Validator) { v.WithdrawalCredentials[12] ^= 1; v.EffectiveBalance = 2048 * firstGwei }, keyForeign},
	} {
		t.Run(name, func(t *testing.T) {
			for _, compounding := range []bool{false, true} {
				s := newStaking(t)
				key := s.deposited(t, name, compounding)
				v := fresh(key, compounding)
				c.change(v)
				require.Equal(t, c.ends == keyForeign, !report.WithdrawsTo(v.WithdrawalCredentials, registryVault), "the members' rule")
				r := rand.New(rand.NewPCG(1, 2))
				validators, balances := among(r, v)
				place := common.BigToHash(big.NewInt(layout.ValidatorsSetWordsSlot))
				hash := crypto.Keccak256Hash(key.Bytes())
				hash[31] = 2
				for fork, state := range everyFork(t, r, validators, balances) {
					s.book.aside(func() {
						require.Equal(t, hash, s.book.state.GetState(s.book.address, place), "the word that members read")
						proof := s.opened(t, state, ownIndex, v)
						proof.Validator.Branch[5][0] ^= 1
						s.book.callReverts(common.Address{1}, "NotInState", "proveKey", uint64(0), proof)
						proof.Validator.Branch[5][0] ^= 1
						_, gas := s.book.call(common.Address{1}, "proveKey", uint64(0), proof)
						t.Logf("proveKey, %s: %d gas", fork, gas)
						require.Equal(t, c.ends, s.stateOfKey(t, 0))
						require.Equal(t, common.Hash{31: 1}, s.book.state.GetState(s.book.address, place))
					})
				}
			}
		})
	}
}

func TestLeavingIsProvenUnderStatesOfEveryFork(t *testing.T) {
	s := newStaking(t)
	key := s.deposited(t, "leaving", true)
	r := rand.New(rand.NewPCG(3, 4))
	v := fresh(key, true)
	validators, balances := among(r, v)
	s.book.call(common.Address{1}, "proveKey", uint64(0), s.opened(t, everyFork(t, r, validators, balances)["fulu"], ownIndex, v))
	s.book.call(common.Address{1}, "topUp", big.NewInt(1), []keyProof{})
	require.EqualValues(t, keyFunded, s.stateOfKey(t, 0))
	says := func(change func(v *phase0.Validator)) map[string]judgedState {
		*v = *fresh(key, true)
		v.EffectiveBalance, v.ActivationEligibilityEpoch, v.ActivationEpoch = 100*firstGwei, 5, 9
		change(v)
		return everyFork(t, r, validators, balances)
	}
	for fork := range says(func(*phase0.Validator) {}) {
		var epoch phase0.Epoch
		s.book.aside(func() {
			well := says(func(*phase0.Validator) {})[fork]
			s.book.callReverts(common.Address{1}, "StillValidating", "proveLeaving", uint64(0), s.opened(t, well, ownIndex, v))
			epoch = phase0.Epoch(well.headerSlot / slotsPerEpoch)
			leaves := says(func(v *phase0.Validator) { v.ExitEpoch = epoch + 1 })[fork]
			s.book.call(common.Address{1}, "proveLeaving", uint64(0), s.opened(t, leaves, ownIndex, v))
			require.EqualValues(t, keyLeaving, s.stateOfKey(t, 0))
			s.book.callReverts(common.Address{1}, "NothingToProve", "proveLeaving", uint64(0), s.opened(t, leaves, ownIndex, v))
			exited := says(func(v *phase0.Validator) { v.ExitEpoch = epoch })[fork]
			_, gas := s.book.call(common.Address{1}, "proveLeaving", uint64(0), s.opened(t, exited, ownIndex, v))
			t.Logf("proveLeaving, %s: %d gas", fork, gas)
			require.EqualValues(t, keyExited, s.stateOfKey(t, 0))
		})
		s.book.aside(func() {
			slashed := says(func(v *phase0.Validator) { v.Slashed = true })[fork]
			s.book.call(common.Address{1}, "proveLeaving", uint64(0), s.opened(t, slashed, ownIndex, v))
			require.EqualValues(t, keyLeaving, s.stateOfKey(t, 0))
		})
	}
}

func TestStatesOfAnotherLayoutAreRefused(t *testing.T) {
	s := newStaking(t)
	v := fresh(s.deposited(t, "deneb", false), false)
	r := rand.New(rand.NewPCG(3, 4))
	validators, balances := among(r, v)
	root, tree := treeOf(t, denebState(r, validators, balances))
	_, siblings := tree.branch(t, validatorsField, 40, ownIndex)
	state := judgedState{root: root, headerSlot: gloasFrom - 1, validator: func(int) [][32]byte { return siblings }}
	s.book.callReverts(common.Address{1}, "BranchLength", "proveKey", uint64(0), s.opened(t, state, ownIndex, v))
}
