package bls

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

const possessionType = "TidemarkProofOfPossession(uint256 chainId,address committee,address owner,bytes pubkey)"

// PossessionMessage is what the holder of a key signs to register it: bound to chain, committee contract, owner and key, so that
// nobody else can register with it. It equals OracleCommittee.proofMessage.
func PossessionMessage(chainID *big.Int, committee, owner common.Address, key PublicKey) [32]byte {
	encoded := key.EIP2537()
	var message []byte
	message = append(message, crypto.Keccak256([]byte(possessionType))...)
	message = append(message, common.LeftPadBytes(chainID.Bytes(), 32)...)
	message = append(message, common.LeftPadBytes(committee[:], 32)...)
	message = append(message, common.LeftPadBytes(owner[:], 32)...)
	message = append(message, common.LeftPadBytes([]byte{5 * 32}, 32)...) // where the bytes begin
	message = append(message, common.LeftPadBytes([]byte{EIP2537KeyLength}, 32)...)
	message = append(message, encoded...)
	return [32]byte(crypto.Keccak256(message))
}

// ProvePossession signs the PossessionMessage of the own key.
func (s *SecretKey) ProvePossession(chainID *big.Int, committee, owner common.Address) Signature {
	return s.Sign(PossessionMessage(chainID, committee, owner, s.PublicKey()))
}
