package testnet

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// Deposit is what the deposit contract's deposit function takes (consensus-specs, solidity_deposit_contract).
type Deposit struct {
	PublicKey   [48]byte
	Credentials common.Hash
	AmountGwei  uint64
	Signature   [96]byte
	// DataRoot is the hash-tree root of the four above, which the contract checks.
	DataRoot common.Hash
}

// SignDeposit returns a valid deposit for the validator key number index (ValidatorSecret).
func SignDeposit(index uint32, credentials common.Hash, amountGwei uint64) (Deposit, error) {
	secret := ValidatorSecret(index)
	key, err := bls.ParseSecretKey(secret[:])
	if err != nil {
		return Deposit{}, fmt.Errorf("sign a deposit with key %d: %w", index, err)
	}
	d := Deposit{Credentials: credentials, AmountGwei: amountGwei}
	copy(d.PublicKey[:], key.PublicKey().Bytes())
	signature := key.Sign(report.DepositSigningRoot(d.PublicKey, d.Credentials, d.AmountGwei, [4]byte(common.FromHex(genesisForkVersion))))
	copy(d.Signature[:], signature.Bytes())
	d.DataRoot = d.dataRoot()
	return d, nil
}

// dataRoot is the hash-tree root of the DepositData.
func (d Deposit) dataRoot() [32]byte {
	chunk := func(i int) [32]byte { return [32]byte(d.Signature[32*i:]) }
	signatureRoot := hashPair(hashPair(chunk(0), chunk(1)), hashPair(chunk(2), [32]byte{}))
	return hashPair(d.ownerRoot(), hashPair(d.amountRoot(), signatureRoot))
}

func (d Deposit) ownerRoot() [32]byte {
	var end [32]byte
	copy(end[:], d.PublicKey[32:])
	return hashPair(hashPair([32]byte(d.PublicKey[:32]), end), d.Credentials)
}

func (d Deposit) amountRoot() (chunk [32]byte) {
	binary.LittleEndian.PutUint64(chunk[:], d.AmountGwei)
	return chunk
}

func hashPair(a, b [32]byte) [32]byte {
	var both [64]byte
	copy(both[:32], a[:])
	copy(both[32:], b[:])
	return sha256.Sum256(both[:])
}
