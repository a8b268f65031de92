package difftest

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
)

var (
	registryAdmin   = common.Address{0xad}
	registryManager = common.Address{0x11}
	registryPool    = common.Address{0x90}
	registryToken   = common.Address{0x70}
	registryDeposit = common.Address{0xde, 0xb0}
	registryVault   = common.HexToAddress("0x00000000000000000000000000000000000fa017")
	registryOracle  = common.Address{0x0a}
	forkVersion     = phase0.Version{0x10, 0x00, 0x09, 0x10}
)

const (
	slotsPerEpoch = 32
	firstGwei     = phase0.Gwei(1_000_000_000)
	operatorQuota = 128
)

// The ABI's structs.
type (
	point    struct{ Words [8][32]byte }
	keyInput struct {
		Pubkey    [4][32]byte
		Signature point
	}
	takenKeys struct {
		KeyIds      []uint64
		Pubkeys     []byte
		Signatures  []byte
		Compounding *big.Int
	}
)

// staking is a registry with its book of validators, between a pool and a deposit contract that take everything.
type staking struct{ registry, book *contract }

func newStaking(t *testing.T) staking {
	c := newChain(t)
	c.state.SetCode(registryPool, hexutil.MustDecode("0x68056bc75e2d631000005f5260205ff3"), 0) // 100 ether, whatever it is asked
	c.answerYes(registryDeposit)
	c.state.SetCode(registryToken, hexutil.MustDecode("0x5f545f5260015460205260405ff3"), 0) // totals(): its first two words
	c.set(registryToken, 0, field{0, big.NewInt(1e18)})
	c.set(registryToken, 1, field{0, big.NewInt(1e18)})
	states := c.deploy(&bindings.StateProofsMetaData, registryAdmin, uint64(0), uint64(12), uint64(8192), uint64(gloasFrom))
	creator := common.Address{0xde}
	bookAt := crypto.CreateAddress(creator, c.state.GetNonce(creator)+1)
	registry := c.deploy(&bindings.OperatorRegistryMetaData, registryAdmin, registryAdmin, registryAdmin, registryPool,
		registryToken, registryVault, [4]byte(forkVersion), bookAt, common.Address{})
	book := c.deploy(&bindings.ValidatorsMetaData, bindings.ValidatorBookConfig{
		Registry: registry.address, Pool: registryPool, Token: registryToken, DepositContract: registryDeposit, StateProofs: states.address,
		WithdrawalVault: registryVault, SlotsPerEpoch: slotsPerEpoch, ProofPatienceSeconds: big.NewInt(5_000_000), ForkQuietSeconds: big.NewInt(1),
		StockBps: 50, MinStock: operatorQuota, KeyBps: 10_000,
	})
	require.Equal(t, bookAt, book.address)
	c.state.SetBalance(book.address, uint256.MustFromBig(gweiAsWei(1e12)), tracing.BalanceChangeUnspecified) // the pool's ether
	s := staking{registry, book}
	s.addOperator(0)
	s.registry.call(registryAdmin, "setLimits", new(big.Int), uint32(100_000), uint8(operatorQuota))
	return s
}

// addOperator admits operator id with a bond for all keys that its quota could have.
func (s staking) addOperator(id int64) {
	s.registry.call(registryAdmin, "addOperator", "next", registryManager, common.Address{0x22}, uint32(100_000), uint8(0))
	bondWei := gweiAsWei(operatorQuota * uint64(firstGwei))
	s.registry.state.SetBalance(registryManager, uint256.MustFromBig(bondWei), tracing.BalanceChangeUnspecified)
	s.registry.pay(registryManager, bondWei, "addBond", big.NewInt(id))
}

// take hands out keys as the book asks for them.
func (s staking) take(count int64) (takenKeys, uint64) {
	out, gas := s.registry.call(s.book.address, "takeKeys", big.NewInt(count))
	return *abi.ConvertType(out[0], new(takenKeys)).(*takenKeys), gas
}

func credentials() []byte { return credentialsOf(false) }

func credentialsOf(compounding bool) []byte {
	prefix := byte(1)
	if compounding {
		prefix = 2
	}
	return append(append([]byte{prefix}, make([]byte, 11)...), registryVault.Bytes()...)
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

// signed is a key with its signature over the first deposit.
func signed(t *testing.T, secret *bls.SecretKey, compounding bool) (keyInput, bls.Signature) {
	t.Helper()
	key := secret.PublicKey()
	signature := secret.Sign(depositRoot(t, key, forkVersion, credentialsOf(compounding), firstGwei))
	return inputOf(key, signature), signature
}

func TestDepositsSignedByHerumiAreTakenAndCompressedAlike(t *testing.T) {
	s := newStaking(t)
	const batches, size = 4, 32
	var pubkeys, signatures []byte
	for b := range batches {
		var inputs []keyInput
		for i := range size {
			secret := secretKey(t, string(rune('a'+b))+string(rune('A'+i)))
			in, signature := signed(t, secret, b%2 == 1)
			inputs = append(inputs, in)
			pubkeys = append(pubkeys, secret.PublicKey().Bytes()...)
			signatures = append(signatures, signature.Bytes()...)
		}
		_, gas := s.registry.call(registryManager, "addKeys", big.NewInt(0), b%2 == 1, inputs)
		t.Logf("addKeys: %d gas a key in a batch of %d", gas/size, size)
	}
	// Both flags of the larger y occur among so many.
	signs := map[byte]int{}
	for i := 0; i < len(pubkeys); i += 48 {
		signs[pubkeys[i]&0x20]++
	}
	require.Len(t, signs, 2)

	taken, gas := s.take(1)
	t.Logf("takeKeys: %d gas for 1 key of one operator", gas)
	require.Equal(t, []uint64{0}, taken.KeyIds)
	require.Equal(t, pubkeys[:48], taken.Pubkeys)
	require.Equal(t, signatures[:96], taken.Signatures)
	require.Zero(t, taken.Compounding.Sign())
	taken, gas = s.take(batches*size - 1)
	t.Logf("takeKeys: %d gas a key for %d keys of one operator", gas/(batches*size-1), batches*size-1)
	require.Equal(t, pubkeys[48:], taken.Pubkeys)
	require.Equal(t, signatures[96:], taken.Signatures)
	for i, id := range taken.KeyIds {
		require.Equal(t, uint64(i+1), id)
		require.Equal(t, uint(id/size%2), taken.Compounding.Bit(i), "key %d", id)
	}
}

func TestTakingKeysStaysCheapWithAllOperators(t *testing.T) {
	s := newStaking(t)
	for i := range int64(256) {
		if i > 0 {
			s.addOperator(i)
		}
		// The quotas have room for a half of the operators.
		s.registry.call(registryAdmin, "setLimits", big.NewInt(i), uint32(1000), uint8((i+1)%2))
		in, _ := signed(t, secretKey(t, fmt.Sprintf("operator %d", i)), false)
		s.registry.call(registryManager, "addKeys", big.NewInt(i), false, []keyInput{in})
	}
	for _, count := range []int64{1, 32} {
		_, gas := s.take(count)
		t.Logf("takeKeys: %d gas for %d keys of 256 operators", gas, count)
		require.Less(t, gas, uint64(6_000_000))
	}
}

func TestDepositsSignedOverAnythingElseAreRefused(t *testing.T) {
	for _, compounding := range []bool{false, true} {
		t.Run(fmt.Sprintf("compounding %t", compounding), func(t *testing.T) {
			registry := newStaking(t).registry
			secret := secretKey(t, "wrong")
			key := secret.PublicKey()
			own := credentialsOf(compounding)
			foreign := append(own[:31:31], 0x18)
			roots := map[string][32]byte{
				"another fork version": depositRoot(t, key, phase0.Version{}, own, firstGwei),
				"another address":      depositRoot(t, key, forkVersion, foreign, firstGwei),
				"another prefix":       depositRoot(t, key, forkVersion, credentialsOf(!compounding), firstGwei),
				"another amount":       depositRoot(t, key, forkVersion, own, 32*firstGwei),
				"another key":          depositRoot(t, secretKey(t, "other").PublicKey(), forkVersion, own, firstGwei),
			}
			for name, root := range roots {
				t.Run(name, func(t *testing.T) {
					in := inputOf(key, secret.Sign(root))
					values := registry.callReverts(registryManager, "InvalidDepositSignature", "addKeys", big.NewInt(0), compounding, []keyInput{in})
					require.Equal(t, key.Bytes(), values[1])
				})
			}
			other := secretKey(t, "other").Sign(depositRoot(t, key, forkVersion, own, firstGwei))
			registry.callReverts(registryManager, "InvalidDepositSignature", "addKeys", big.NewInt(0), compounding, []keyInput{inputOf(key, other)})
			in, _ := signed(t, secret, compounding)
			registry.call(registryManager, "addKeys", big.NewInt(0), compounding, []keyInput{in})
		})
	}
}
