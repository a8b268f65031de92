package bls

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// SubtractKeys takes the absent members' keys from the sum of all, as the contract does: the key that a certificate verifies under. Errors: ErrInfinity.
func SubtractKeys(sumOfAll PublicKey, absent []PublicKey) (PublicKey, error) {
	library()
	sum := *herumi.CastFromPublicKey(&sumOfAll.v)
	for i := range absent {
		herumi.G1Sub(&sum, &sum, herumi.CastFromPublicKey(&absent[i].v))
	}
	if sum.IsZero() {
		return PublicKey{}, fmt.Errorf("sum of the signers' keys: %w", ErrInfinity)
	}
	return PublicKey{v: *herumi.CastToPublicKey(&sum)}, nil
}

// VerifyPossession reports whether proof shows that the owner holds the key's secret, for this chain and committee contract, as the contract does.
func VerifyPossession(proof Signature, chainID *big.Int, committee, owner common.Address, key PublicKey) bool {
	return proof.Verify(key, PossessionMessage(chainID, committee, owner, key))
}
