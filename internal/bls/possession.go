package bls

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

const (
	possessionType = "TidemarkProofOfPossession(uint256 chainId,address committee,address owner,bytes pubkey)"
	abiWord        = 32
	// possessionHead is the number of words before the bytes of the key: type, chain, committee, owner, offset.
	possessionHead = 5
)

// PossessionMessage is what the holder of a key signs to register it: bound to chain, committee contract, owner and key, so
// that nobody else can register with it. It is keccak256(abi.encode(type hash, chainID, committee, owner, key in EIP-2537)) and equals
// OracleCommittee.proofMessage. A chain ID is a uint256: one outside of it belongs to no chain and panics.
func PossessionMessage(chainID *big.Int, committee, owner common.Address, key PublicKey) [32]byte {
	if chainID.Sign() < 0 || chainID.BitLen() > 8*abiWord {
		panic("bls: chain id " + chainID.String() + " is not a uint256")
	}
	word := func(b []byte) []byte { return common.LeftPadBytes(b, abiWord) }
	var message []byte
	message = append(message, crypto.Keccak256([]byte(possessionType))...)
	message = append(message, word(chainID.Bytes())...)
	message = append(message, word(committee[:])...)
	message = append(message, word(owner[:])...)
	message = append(message, word([]byte{possessionHead * abiWord})...) // where the bytes begin
	message = append(message, word([]byte{EIP2537KeyLength})...)         // how many they are
	message = append(message, key.EIP2537()...)                          // four whole words: nothing to fill up
	return [32]byte(crypto.Keccak256(message))
}

// ProvePossession signs the PossessionMessage of this node's key.
func (s SecretKey) ProvePossession(chainID *big.Int, committee, owner common.Address) Signature {
	return s.Sign(PossessionMessage(chainID, committee, owner, s.PublicKey()))
}
