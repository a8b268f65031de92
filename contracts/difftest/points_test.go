package difftest

import (
	"bytes"
	"math/big"
	"testing"

	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls/blstest"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestRegistrationDemandsAGoodKeyAndItsPossession(t *testing.T) {
	n, _, _ := network(t, 4, 0)
	committee := bindings.NewOracleCommittee()
	owner, chainID := n.Accounts.User, new(big.Int).SetUint64(n.ChainID)
	key := localnet.NewKey(77)
	words := abi.PublicKey(key.PublicKey())
	proof := abi.Signature(key.ProvePossession(chainID, n.Contracts.OracleCommittee, owner.Address))
	stolen := abi.Signature(key.ProvePossession(chainID, n.Contracts.OracleCommittee, n.Accounts.Owner.Address))
	elsewhere := abi.Signature(key.ProvePossession(big.NewInt(1), n.Contracts.OracleCommittee, owner.Address))
	known := abi.PublicKey(n.Members[0].Key.PublicKey())
	outsidePoint := blstest.OutsideSubgroupG1()
	outside := outsidePoint.RawBytes()
	var outsideWords [4][32]byte
	copy(outsideWords[0][16:], outside[:16])
	copy(outsideWords[1][:], outside[16:48])
	copy(outsideWords[2][16:], outside[48:64])
	copy(outsideWords[3][:], outside[64:])
	padded := words
	padded[0][0] = 1

	register := func(words [4][32]byte, peer string, proof bindings.G2Point, bond *big.Int) string {
		result, err := n.Send(owner, n.Contracts.OracleCommittee, bond, committee.PackRegister(words, []byte(peer), proof))
		require.NoError(t, err)
		return abi.RevertName(result.Err)
	}
	one := localnet.Ether(1)
	require.Contains(t, register(words, "peer", proof, big.NewInt(1)), "BondTooSmall")
	require.Equal(t, "MalformedPeerId[0]", register(words, "", proof, one))
	require.Equal(t, "MalformedPeerId[65]", register(words, string(bytes.Repeat([]byte{'p'}, 65)), proof, one))
	require.Equal(t, "PointAtInfinity[]", register([4][32]byte{}, "peer", proof, one))
	require.Equal(t, "NonCanonicalFieldElement[]", register(padded, "peer", proof, one))
	require.Equal(t, "InvalidPoint[]", register(outsideWords, "peer", proof, one))
	require.Contains(t, register(known, "peer", proof, one), "KeyAlreadyRegistered")
	require.Equal(t, "ProofOfPossessionInvalid[]", register(words, "peer", stolen, one))
	require.Equal(t, "ProofOfPossessionInvalid[]", register(words, "peer", elsewhere, one))
	require.Empty(t, register(words, "peer", proof, one))
	require.Contains(t, register(words, "peer", proof, one), "KeyAlreadyRegistered")
}

func pointOf(p gnark.G2Affine) (point bindings.G2Point) {
	for i, e := range []fp.Element{p.X.A0, p.X.A1, p.Y.A0, p.Y.A1} {
		b := e.Bytes()
		copy(point.Words[2*i][16:], b[:16])
		copy(point.Words[2*i+1][:], b[16:])
	}
	return point
}

// addModulus makes a coordinate non-canonical: the same residue, written larger.
func addModulus(p *bindings.G2Point, coordinate int) {
	b := append(append([]byte{}, p.Words[2*coordinate][:]...), p.Words[2*coordinate+1][:]...)
	sum := new(big.Int).Add(new(big.Int).SetBytes(b), fp.Modulus()).FillBytes(make([]byte, 64))
	copy(p.Words[2*coordinate][:], sum[:32])
	copy(p.Words[2*coordinate+1][:], sum[32:])
}

func negative(t testing.TB, p bindings.G2Point) bindings.G2Point {
	t.Helper()
	for _, c := range []int{2, 3} {
		b := append(append([]byte{}, p.Words[2*c][:]...), p.Words[2*c+1][:]...)
		minus := new(big.Int).Sub(fp.Modulus(), new(big.Int).SetBytes(b)).FillBytes(make([]byte, 64))
		copy(p.Words[2*c][:], minus[:32])
		copy(p.Words[2*c+1][:], minus[32:])
	}
	return p
}
