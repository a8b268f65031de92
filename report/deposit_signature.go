package report

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// depositDomainType is DOMAIN_DEPOSIT of the consensus spec.
const depositDomainType = 0x03

// NewDepositVerifier verifies deposit signatures of the network with this GENESIS_FORK_VERSION: is_valid_deposit_signature of the Electra
// consensus spec, whose domain is the same in every fork. A key or signature that does not decode is an invalid signature.
func NewDepositVerifier(genesisForkVersion [4]byte) DepositVerifier {
	return func(d PendingDeposit) bool {
		key, err := bls.ParsePublicKey(d.PublicKey[:])
		if err != nil {
			return false
		}
		signature, err := bls.ParseSignature(d.Signature[:])
		if err != nil {
			return false
		}
		return signature.Verify(key, DepositSigningRoot(d.PublicKey, d.Credentials, d.AmountGwei, genesisForkVersion))
	}
}

// depositDomain is compute_domain(DOMAIN_DEPOSIT, genesisForkVersion) with no genesis validators root: deposits are valid across forks.
func depositDomain(genesisForkVersion [4]byte) (domain [32]byte) {
	var version [32]byte
	copy(version[:], genesisForkVersion[:])
	forkDataRoot := hashPair(version, [32]byte{})
	domain[0] = depositDomainType
	copy(domain[4:], forkDataRoot[:28])
	return domain
}

// DepositSigningRoot is the 32-byte message that a deposit's signature signs: compute_signing_root(DepositMessage,
// compute_domain(DOMAIN_DEPOSIT)). The message is public key, credentials, amount and a padding leaf. amountGwei is in gwei. Source: consensus specs,
// phase 0, is_valid_deposit_signature (process_deposit).
func DepositSigningRoot(pubkey [48]byte, credentials [32]byte, amountGwei uint64, genesisForkVersion [4]byte) [32]byte {
	var keyHead, keyTail, amount [32]byte
	copy(keyHead[:], pubkey[:32])
	copy(keyTail[:], pubkey[32:])
	binary.LittleEndian.PutUint64(amount[:], amountGwei)
	message := hashPair(hashPair(hashPair(keyHead, keyTail), credentials), hashPair(amount, [32]byte{}))
	return hashPair(message, depositDomain(genesisForkVersion))
}

func hashPair(left, right [32]byte) [32]byte {
	var b [64]byte
	copy(b[:32], left[:])
	copy(b[32:], right[:])
	return sha256.Sum256(b[:])
}
