package difftest

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
)

var (
	registryAdmin   = common.Address{0xad}
	registryManager = common.Address{0x11}
	registryPool    = common.Address{0x90}
	registryVault   = common.HexToAddress("0x00000000000000000000000000000000000fa017")
	registryOracle  = common.Address{0x0a}
	forkVersion     = phase0.Version{0x10, 0x00, 0x09, 0x10}
)

const slotsPerEpoch = 32

// The ABI's structs.
type (
	point    struct{ Words [8][32]byte }
	keyInput struct {
		Pubkey    [4][32]byte
		Signature point
	}
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
)

func newRegistry(t *testing.T) *contract {
	c := newChain(t)
	c.answerYes(registryPool)
	c.answerYes(registryOracle)
	states := c.deploy(&bindings.StateProofsMetaData, registryAdmin, uint64(0), uint64(12), uint64(8192), uint64(gloasFrom))
	r := c.deploy(&bindings.OperatorRegistryMetaData, registryAdmin, registryAdmin, registryAdmin, registryPool,
		common.Address{0x70}, registryVault, states.address, [4]byte(forkVersion), uint64(slotsPerEpoch), common.Address{})
	r.call(registryAdmin, "addOperator", "first", registryManager, common.Address{0x22}, uint32(1000))
	return r
}

func credentials() []byte {
	return append(append([]byte{1}, make([]byte, 11)...), registryVault.Bytes()...)
}

// depositRoot is the signing root of a deposit message, by go-eth2-client's containers.
func depositRoot(t *testing.T, key bls.PublicKey, version phase0.Version, credentials []byte, amount phase0.Gwei) [32]byte {
	t.Helper()
	fork, err := (&phase0.ForkData{CurrentVersion: version}).HashTreeRoot()
	require.NoError(t, err)
	domain := phase0.Domain{0x03}
	copy(domain[4:], fork[:28])
	message, err := (&phase0.DepositMessage{
		PublicKey: phase0.BLSPubKey(key.Bytes()), WithdrawalCredentials: credentials, Amount: amount,
	}).HashTreeRoot()
	require.NoError(t, err)
	root, err := (&phase0.SigningData{ObjectRoot: message, Domain: domain}).HashTreeRoot()
	require.NoError(t, err)
	return root
}

func secretKey(t *testing.T, seed string) *bls.SecretKey {
	t.Helper()
	h := sha256.Sum256([]byte(seed))
	h[0] &= 0x3f
	secret, err := bls.ParseSecretKey(h[:])
	require.NoError(t, err)
	return secret
}

func inputOf(key bls.PublicKey, signature bls.Signature) keyInput {
	var in keyInput
	for i, b := 0, key.EIP2537(); i < 4; i++ {
		in.Pubkey[i] = [32]byte(b[32*i:])
	}
	for i, b := 0, signature.EIP2537(); i < 8; i++ {
		in.Signature.Words[i] = [32]byte(b[32*i:])
	}
	return in
}

func TestDepositsSignedByHerumiAreTakenAndCompressedAlike(t *testing.T) {
	registry := newRegistry(t)
	const batches, size = 4, 32
	var pubkeys, signatures []byte
	for b := range batches {
		var inputs []keyInput
		for i := range size {
			secret := secretKey(t, string(rune('a'+b))+string(rune('A'+i)))
			key := secret.PublicKey()
			signature := secret.Sign(depositRoot(t, key, forkVersion, credentials(), 32_000_000_000))
			inputs = append(inputs, inputOf(key, signature))
			pubkeys = append(pubkeys, key.Bytes()...)
			signatures = append(signatures, signature.Bytes()...)
		}
		_, gas := registry.call(registryManager, "addKeys", big.NewInt(0), inputs)
		t.Logf("addKeys: %d gas a key in a batch of %d", gas/size, size)
	}
	// Both flags of the larger y occur among so many.
	signs := map[byte]int{}
	for i := 0; i < len(pubkeys); i += 48 {
		signs[pubkeys[i]&0x20]++
	}
	require.Len(t, signs, 2)

	out, gas := registry.call(registryPool, "takeKeys", big.NewInt(1))
	t.Logf("takeKeys: %d gas for 1 key of one operator", gas)
	require.Equal(t, pubkeys[:48], out[0])
	require.Equal(t, signatures[:96], out[1])
	out, gas = registry.call(registryPool, "takeKeys", big.NewInt(batches*size-1))
	t.Logf("takeKeys: %d gas a key for %d keys of one operator", gas/(batches*size-1), batches*size-1)
	require.Equal(t, pubkeys[48:], out[0])
	require.Equal(t, signatures[96:], out[1])
}

func TestTakingKeysStaysCheapWithAllOperators(t *testing.T) {
	registry := newRegistry(t)
	for i := range 256 {
		if i > 0 {
			registry.call(registryAdmin, "addOperator", "next", registryManager, common.Address{0x22}, uint32(1000))
		}
		secret := secretKey(t, fmt.Sprintf("operator %d", i))
		key := secret.PublicKey()
		in := inputOf(key, secret.Sign(depositRoot(t, key, forkVersion, credentials(), 32_000_000_000)))
		registry.call(registryManager, "addKeys", big.NewInt(int64(i)), []keyInput{in})
	}
	for _, count := range []int64{1, 32} {
		_, gas := registry.call(registryPool, "takeKeys", big.NewInt(count))
		t.Logf("takeKeys: %d gas for %d keys of 256 operators", gas, count)
		require.Less(t, gas, uint64(6_000_000))
	}
}

func TestDepositsSignedOverAnythingElseAreRefused(t *testing.T) {
	registry := newRegistry(t)
	secret := secretKey(t, "wrong")
	key := secret.PublicKey()
	foreign := append(credentials()[:31:31], 0x18)
	compounding := append([]byte{2}, credentials()[1:]...)
	roots := map[string][32]byte{
		"another fork version": depositRoot(t, key, phase0.Version{}, credentials(), 32_000_000_000),
		"another address":      depositRoot(t, key, forkVersion, foreign, 32_000_000_000),
		"another prefix":       depositRoot(t, key, forkVersion, compounding, 32_000_000_000),
		"another amount":       depositRoot(t, key, forkVersion, credentials(), 1_000_000_000),
		"another key":          depositRoot(t, secretKey(t, "other").PublicKey(), forkVersion, credentials(), 32_000_000_000),
	}
	for name, root := range roots {
		t.Run(name, func(t *testing.T) {
			in := inputOf(key, secret.Sign(root))
			values := registry.callReverts(registryManager, "InvalidDepositSignature", "addKeys", big.NewInt(0), []keyInput{in})
			require.Equal(t, key.Bytes(), values[1])
		})
	}
	other := secretKey(t, "other").Sign(depositRoot(t, key, forkVersion, credentials(), 32_000_000_000))
	registry.callReverts(registryManager, "InvalidDepositSignature", "addKeys", big.NewInt(0), []keyInput{inputOf(key, other)})
	registry.call(registryManager, "addKeys", big.NewInt(0), []keyInput{
		inputOf(key, secret.Sign(depositRoot(t, key, forkVersion, credentials(), 32_000_000_000))),
	})
}

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

func depositedKey(t *testing.T, registry *contract, seed string) bls.PublicKey {
	t.Helper()
	secret := secretKey(t, seed)
	key := secret.PublicKey()
	in := inputOf(key, secret.Sign(depositRoot(t, key, forkVersion, credentials(), 32_000_000_000)))
	registry.call(registryManager, "addKeys", big.NewInt(0), []keyInput{in})
	registry.call(registryPool, "takeKeys", big.NewInt(1))
	return key
}

func TestExitsAreProvenUnderStatesOfEveryFork(t *testing.T) {
	for _, fork := range stateForks {
		t.Run(fork.name, func(t *testing.T) {
			registry := newRegistry(t)
			key := depositedKey(t, registry, fork.name)
			r := rand.New(rand.NewPCG(1, 2))
			const own = 37
			validators, balances := randomValidators(r, 100, own, key)
			root, tree := treeOf(t, fork.build(r, validators, balances))
			leaf, siblings := tree.branch(t, validatorsField, 40, own)
			want, err := validators[own].HashTreeRoot()
			require.NoError(t, err)
			require.Equal(t, common.Hash(want), leaf, "the leaf is the validator")

			anchor := reportAnchor{RefSlot: 7*slotsPerEpoch - 1, StateRoot: root}
			proof := proofOf(own, validators[own], siblings)
			registry.callReverts(registryAdmin, "NotExited", "proveExit", uint64(0), registryOracle, anchor, proof)
			anchor.RefSlot++
			siblings[20][0] ^= 1
			registry.callReverts(registryAdmin, "NotInState", "proveExit", uint64(0), registryOracle, anchor, proof)
			siblings[20][0] ^= 1
			_, gas := registry.call(registryAdmin, "proveExit", uint64(0), registryOracle, anchor, proof)
			t.Logf("proveExit: %d gas", gas)
			out, _ := registry.call(registryAdmin, "activeKeys")
			require.Zero(t, out[0].(*big.Int).Sign())
		})
	}
}

func TestStatesOfAnotherLayoutAreRefused(t *testing.T) {
	registry := newRegistry(t)
	key := depositedKey(t, registry, "deneb")
	r := rand.New(rand.NewPCG(3, 4))
	validators, balances := randomValidators(r, 5, 2, key)
	root, tree := treeOf(t, denebState(r, validators, balances))
	_, siblings := tree.branch(t, validatorsField, 40, 2)
	anchor := reportAnchor{RefSlot: 100 * slotsPerEpoch, StateRoot: root}
	registry.callReverts(registryAdmin, "BranchLength", "proveExit", uint64(0), registryOracle, anchor,
		proofOf(2, validators[2], siblings))
}
