package bls

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
)

func TestPossessionIsBoundToChainContractOwnerAndKey(t *testing.T) {
	key, other := testKey(t, 1), testKey(t, 2)
	chain, committee, owner := big.NewInt(1), common.Address{1}, common.Address{2}
	proof := key.ProvePossession(chain, committee, owner)
	holds := func(chain *big.Int, committee, owner common.Address, of PublicKey) bool {
		return proof.Verify(key.PublicKey(), PossessionMessage(chain, committee, owner, of))
	}
	require.True(t, holds(chain, committee, owner, key.PublicKey()))
	require.False(t, holds(big.NewInt(2), committee, owner, key.PublicKey()))
	require.False(t, holds(chain, common.Address{3}, owner, key.PublicKey()))
	require.False(t, holds(chain, committee, common.Address{3}, key.PublicKey()))
	require.False(t, holds(chain, committee, owner, other.PublicKey()))
	require.True(t, VerifyPossession(proof, chain, committee, owner, key.PublicKey()))
	require.False(t, VerifyPossession(proof, chain, committee, owner, other.PublicKey()))
	require.False(t, VerifyPossession(Signature{}, chain, committee, owner, PublicKey{}))
}

func TestAVoteIsNoProofOfPossession(t *testing.T) {
	key := testKey(t, 1)
	require.False(t, VerifyPossession(key.Sign([32]byte{1}), big.NewInt(1), common.Address{1}, common.Address{2}, key.PublicKey()))
}

func TestAChainIDIsAUint256(t *testing.T) {
	key := testKey(t, 1)
	largest := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	require.NotPanics(t, func() { key.ProvePossession(largest, common.Address{}, common.Address{}) })
	for _, chain := range []*big.Int{big.NewInt(-1), new(big.Int).Lsh(big.NewInt(1), 256)} {
		require.Panics(t, func() { key.ProvePossession(chain, common.Address{}, common.Address{}) })
	}
}

// What proofs of possession are for: a key chosen to cancel another's makes an aggregate of both that its maker signs alone. It verifies;
// but no proof of possession can be made for such a key, as its secret is unknown.
func TestARogueKeyForgesAnAggregateSoKeysNeedProofs(t *testing.T) {
	victim, own, message := testKey(t, 1), testKey(t, 2), [32]byte{1}
	rogue, err := SubtractKeys(own.PublicKey(), []PublicKey{victim.PublicKey()})
	require.NoError(t, err)
	require.True(t, own.Sign(message).FastAggregateVerify([]PublicKey{victim.PublicKey(), rogue}, message))

	chain, committee, owner := big.NewInt(1), common.Address{1}, common.Address{2}
	proof := own.Sign(PossessionMessage(chain, committee, owner, rogue))
	require.False(t, VerifyPossession(proof, chain, committee, owner, rogue))
}
