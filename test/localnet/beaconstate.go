package localnet

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// Sizes of the tree of an Electra state. Source: consensus specs, electra beacon-chain.md, BeaconState.
const (
	stateLevels     = 6
	validatorsField = 11
	registryLevels  = 40 // VALIDATOR_REGISTRY_LIMIT
	farFuture       = 1<<64 - 1
)

// BeaconValidator is a validator of a made-up state; its index and branch are the state's to say.
type BeaconValidator struct {
	PublicKey []byte
	bindings.ValidatorProof
}

// stateOf is the root of a made-up state of Electra that has these validators, and what proves each.
func stateOf(validators []BeaconValidator) (root common.Hash, proofs []bindings.ValidatorProof) {
	leaves := make([][32]byte, len(validators))
	for i, v := range validators {
		leaves[i] = v.root()
	}
	fields := make([][32]byte, 1<<stateLevels)
	for i := range fields {
		fields[i] = sha256.Sum256([]byte{byte(i)})
	}
	contents, _ := merkle(leaves, registryLevels, 0)
	length := chunkOf(uint64(len(validators)))
	fields[validatorsField] = pair(contents, length)
	root, above := merkle(fields, stateLevels, validatorsField)
	for i, v := range validators {
		proof := v.ValidatorProof
		_, proof.Branch = merkle(leaves, registryLevels, uint64(i))
		proof.ValidatorIndex, proof.Branch = uint64(i), append(append(proof.Branch, length), above...)
		proofs = append(proofs, proof)
	}
	return root, proofs
}

// root is the hash-tree root of a Validator: eight fields.
func (v BeaconValidator) root() [32]byte {
	var key [64]byte
	copy(key[:], v.PublicKey)
	slashed := uint64(0)
	if v.Slashed {
		slashed = 1
	}
	fields := [][32]byte{
		sha256.Sum256(key[:]), v.WithdrawalCredentials, chunkOf(v.EffectiveBalanceGwei), chunkOf(slashed),
		chunkOf(v.ActivationEligibilityEpoch), chunkOf(v.ActivationEpoch), chunkOf(v.ExitEpoch), chunkOf(v.WithdrawableEpoch),
	}
	root, _ := merkle(fields, 3, 0)
	return root
}

// merkle is the root of the tree of a height over leaves and zero chunks, and the siblings of leaf at, lowest first.
func merkle(leaves [][32]byte, height int, at uint64) (root [32]byte, siblings [][32]byte) {
	level, zero := append([][32]byte{}, leaves...), [32]byte{}
	for range height {
		if len(level)%2 == 1 {
			level = append(level, zero)
		}
		sibling := zero
		if at^1 < uint64(len(level)) {
			sibling = level[at^1]
		}
		siblings = append(siblings, sibling)
		for i := range len(level) / 2 {
			level[i] = pair(level[2*i], level[2*i+1])
		}
		level, zero, at = level[:len(level)/2], pair(zero, zero), at/2
	}
	if len(level) == 0 {
		return zero, siblings
	}
	return level[0], siblings
}

func pair(left, right [32]byte) [32]byte {
	return sha256.Sum256(bytes.Join([][]byte{left[:], right[:]}, nil))
}

func chunkOf(v uint64) (chunk [32]byte) {
	binary.LittleEndian.PutUint64(chunk[:], v)
	return chunk
}
