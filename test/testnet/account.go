package testnet

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/crypto"
)

// blsOrder is the order of the groups of BLS12-381.
const blsOrder = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001"

// Key returns the private key of the account that has a thousand million ether at genesis. Anyone can compute it: it
// is the hash of a sentence, and worth nothing elsewhere.
func Key() (*ecdsa.PrivateKey, error) {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("tidemark testnet: the funded account")))
	if err != nil {
		return nil, fmt.Errorf("derive the funded account's key: %w", err)
	}
	return key, nil
}

// ValidatorSecret returns the secret BLS key of validator number index, 32 bytes big-endian, as eth2.0-pm's
// interop/mocked_start derives it. Keys below Validators are at genesis those of the validators with the same index;
// the Options.ExtraValidators keys after them belong to the client that waits for their deposits.
func ValidatorSecret(index uint32) [32]byte {
	var number [32]byte
	binary.LittleEndian.PutUint32(number[:], index)
	hash := sha256.Sum256(number[:])
	slices.Reverse(hash[:])
	order, _ := new(big.Int).SetString(blsOrder, 16)
	var secret [32]byte
	new(big.Int).Mod(new(big.Int).SetBytes(hash[:]), order).FillBytes(secret[:])
	return secret
}
