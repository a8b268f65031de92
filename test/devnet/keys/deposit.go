package keys

import (
	"fmt"
	"slices"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
)

// Deposit is the call of the deposit contract by which the holder of the i-th key deposits it, to credentials of its own choice. Source: consensus specs, phase0,
// deposit contract.
func Deposit(m *manifest.Manifest, i uint64, credentials [32]byte, gwei uint64) ([]byte, error) {
	key := Public(i)
	signature := Key(i).Sign(report.DepositSigningRoot(key, credentials, gwei, [4]byte(m.GenesisForkVersion))).Bytes()
	data := phase0.DepositData{PublicKey: key, WithdrawalCredentials: credentials[:], Amount: phase0.Gwei(gwei), Signature: phase0.BLSSignature(signature)}
	root, err := data.HashTreeRoot()
	if err != nil {
		return nil, fmt.Errorf("hash the deposit of key %d: %w", i, err)
	}
	var arguments abi.Arguments
	for _, name := range []string{"bytes", "bytes", "bytes", "bytes32"} {
		of, err := abi.NewType(name, "", nil)
		if err != nil {
			return nil, fmt.Errorf("name the type %s: %w", name, err)
		}
		arguments = append(arguments, abi.Argument{Type: of})
	}
	packed, err := arguments.Pack(key[:], credentials[:], signature, root)
	if err != nil {
		return nil, fmt.Errorf("pack the deposit of key %d: %w", i, err)
	}
	return slices.Concat(crypto.Keccak256([]byte("deposit(bytes,bytes,bytes,bytes32)"))[:4], packed), nil
}
