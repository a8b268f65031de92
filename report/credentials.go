package report

import "github.com/ethereum/go-ethereum/common"

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

// CredentialsOf are the withdrawal credentials of the pool's own deposits: 0x01, eleven zero bytes, the vault.
func CredentialsOf(vault common.Address) common.Hash {
	c := common.BytesToHash(vault[:])
	c[0] = executionPrefix
	return c
}

// VaultOf is the address that credentials with prefix 0x01 or 0x02 name.
func VaultOf(credentials common.Hash) common.Address {
	return common.Address(credentials[addressAt:])
}
