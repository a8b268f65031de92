package report

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// Prefixes of credentials that send withdrawals to an address. Source: consensus specs, ETH1_ADDRESS_WITHDRAWAL_PREFIX and COMPOUNDING_WITHDRAWAL_PREFIX.
const (
	executionPrefix   = 1
	compoundingPrefix = 2
	addressAt         = common.HashLength - common.AddressLength
)

// WithdrawsTo is the one rule for whose a validator or a deposit is: its 32 bytes of withdrawal credentials send its ether to the vault when the first byte is
// 0x01 or 0x02 and the last twenty are the vault. The eleven bytes between are not looked at, because the beacon chain does not look at them when it pays.
// BeaconState.withdrawsTo is the same rule on chain.
func WithdrawsTo(credentials []byte, vault common.Address) bool {
	return len(credentials) == common.HashLength && (credentials[0] == executionPrefix || credentials[0] == compoundingPrefix) &&
		[common.AddressLength]byte(credentials[addressAt:]) == vault
}

// CredentialsOf are the withdrawal credentials of the pool's 0x01 keys: 0x01, eleven zero bytes, the vault.
func CredentialsOf(vault common.Address) common.Hash { return credentialsOf(executionPrefix, vault) }

// CompoundingCredentialsOf are those of its compounding keys: 0x02, eleven zero bytes, the vault (EIP-7251).
func CompoundingCredentialsOf(vault common.Address) common.Hash {
	return credentialsOf(compoundingPrefix, vault)
}

func credentialsOf(prefix byte, vault common.Address) common.Hash {
	c := common.BytesToHash(vault[:])
	c[0] = prefix
	return c
}

// VaultOf is the address that credentials with prefix 0x01 or 0x02 name.
func VaultOf(credentials common.Hash) common.Address {
	return common.Address(credentials[addressAt:])
}

// DepositVerifier reports whether a deposit's signature is valid: is_valid_deposit_signature of the Electra consensus spec. NewDepositVerifier
// makes one. Compute asks only about deposits that decide whose validator a new key becomes.
type DepositVerifier func(PendingDeposit) bool

// pendingTotals is what the pool's pending deposits amount to.
type pendingTotals struct {
	sumGwei     uint64
	first       firstEther
	counted     int
	newKeys     int // of them, deposits that make a validator
	foreign     int // of them, with credentials that are not the pool's: gifts
	diagnostics Diagnostics
}

// countPending applies the pending deposits in order, as process_pending_deposits and apply_pending_deposit of the Electra consensus spec will: the
// first deposit with a valid signature for a key that is not in the registry makes a validator with that deposit's credentials, deposits before it are
// burned, and all others for the key go to the validator that has it, whatever their own credentials and signature. Those that
// reach a pool validator count. The order in which the spec applies deposits of different keys, or puts them off, changes nothing of that.
// Errors: ErrInconsistentSnapshot for a sum beyond 64 bits.
func countPending(c ConsensusLayer, vault common.Address, verify DepositVerifier) (pendingTotals, error) {
	matters := keysWithPoolDeposit(c.Pending, vault)
	made := make(map[PublicKey]common.Hash) // credentials of the validators that pending deposits make
	t := pendingTotals{first: firstEtherOf(c)}
	for i, d := range c.Pending {
		owner, registered := c.Registered[d.PublicKey]
		known := registered
		if !known {
			owner, known = made[d.PublicKey]
		}
		carriesPool := WithdrawsTo(d.Credentials[:], vault)
		switch {
		case known && WithdrawsTo(owner[:], vault):
			if err := t.count(d, carriesPool); err != nil {
				return pendingTotals{}, fmt.Errorf("pending deposit %d of %d: %w", i+1, len(c.Pending), err)
			}
		case known && carriesPool:
			t.diagnostics.FrontRun = append(t.diagnostics.FrontRun, FrontRunDeposit{d, owner, registered})
		case known || !matters[d.PublicKey]:
			// Foreign, and nothing here hangs on it.
		case verify(d):
			made[d.PublicKey] = d.Credentials
			if !carriesPool {
				continue
			}
			t.newKeys++
			if err := t.count(d, true); err != nil {
				return pendingTotals{}, fmt.Errorf("pending deposit %d of %d: %w", i+1, len(c.Pending), err)
			}
		case carriesPool:
			t.diagnostics.Lost = append(t.diagnostics.Lost, d)
		}
	}
	return t, nil
}

func (t *pendingTotals) count(d PendingDeposit, carriesPool bool) error {
	sum, carry := bits.Add64(t.sumGwei, d.AmountGwei, 0)
	if carry != 0 {
		return fmt.Errorf("%w: %d gwei more than %d gwei pass 64 bits", ErrInconsistentSnapshot, d.AmountGwei, t.sumGwei)
	}
	t.sumGwei = sum
	t.first.take(d)
	t.counted++
	if !carriesPool {
		t.foreign++
	}
	return nil
}

// keysWithPoolDeposit are the keys that could become the pool's: of all others no signature needs to be verified.
func keysWithPoolDeposit(pending []PendingDeposit, vault common.Address) map[PublicKey]bool {
	keys := make(map[PublicKey]bool)
	for _, d := range pending {
		if WithdrawsTo(d.Credentials[:], vault) {
			keys[d.PublicKey] = true
		}
	}
	return keys
}

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
