package beacon

import "github.com/ethereum/go-ethereum/common"

// domainDeposit is DOMAIN_DEPOSIT. Source: consensus specs, phase 0, domain types.
const domainDeposit = 0x03

// DepositSigningRoot is the 32-byte message that a deposit's signature signs: compute_signing_root(DepositMessage,
// compute_domain(DOMAIN_DEPOSIT)). The domain is that of the genesis fork and a zero validators root, in every fork, so that a
// deposit stays valid. amountGwei is in gwei. Source: consensus specs, phase 0, is_valid_deposit_signature (process_deposit).
func DepositSigningRoot(pubkey [48]byte, credentials [32]byte, amountGwei uint64, genesisForkVersion [4]byte) [32]byte {
	var keyHead, keyTail common.Hash
	copy(keyHead[:], pubkey[:32])
	copy(keyTail[:], pubkey[32:])
	message := hashPair(hashPair(hashPair(keyHead, keyTail), credentials), hashPair(uintLeaf(amountGwei), common.Hash{}))
	return hashPair(message, depositDomain(genesisForkVersion))
}

// depositDomain is compute_domain(DOMAIN_DEPOSIT, genesisForkVersion, zero root).
func depositDomain(genesisForkVersion [4]byte) common.Hash {
	var version common.Hash
	copy(version[:], genesisForkVersion[:])
	forkData := hashPair(version, common.Hash{})
	domain := common.Hash{domainDeposit}
	copy(domain[4:], forkData[:28])
	return domain
}
