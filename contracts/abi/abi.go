package abi

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// Report is the report's struct.
func Report(r report.Report) bindings.Report {
	return bindings.Report{
		Version: r.Version, Committee: r.Committee, RefSlot: r.RefSlot, LastRefSlot: r.LastRefSlot, RefBlockRoot: r.RefBlockRoot,
		ClValidatorsGwei: r.CLValidatorsGwei, ClPendingGwei: r.CLPendingGwei, ClInFlightGwei: r.CLInFlightGwei, UnprovenGwei: r.UnprovenGwei,
		Validators: r.Validators, Exited: r.Exited, Slashed: r.Slashed,
		DepositedWei:       r.DepositedWei.ToBig(),
		WithdrawalVaultWei: r.WithdrawalVaultWei.ToBig(), ElRewardsVaultWei: r.ELRewardsVaultWei.ToBig(),
		FinalizeUpTo: r.FinalizeUpTo, ExitGwei: r.ExitGwei, ExitsAskedGwei: r.ExitsAskedGwei, Bunker: r.Bunker,
		BalancesRoot: r.BalancesRoot, PendingRoot: r.PendingRoot,
	}
}

// PublicKey is the key as an EIP-2537 point of G1 in words.
func PublicKey(key bls.PublicKey) (words [4][32]byte) {
	b := key.EIP2537()
	for i := range words {
		copy(words[i][:], b[32*i:])
	}
	return words
}

// Signature is the signature as an EIP-2537 point of G2 in words.
func Signature(s bls.Signature) (point bindings.G2Point) {
	b := s.EIP2537()
	for i := range point.Words {
		copy(point.Words[i][:], b[32*i:])
	}
	return point
}

// Signers is a certificate's bitmap, in which member i is bit i%8 of byte i/8: on chain it is bit i%256 of word i/256.
func Signers(bitmap []byte) []*big.Int {
	words := make([]*big.Int, (len(bitmap)+31)/32)
	for i := range words {
		words[i] = new(big.Int)
	}
	for i := range 8 * len(bitmap) {
		if bitmap[i/8]&(1<<(i%8)) != 0 {
			words[i/256].SetBit(words[i/256], i%256, 1)
		}
	}
	return words
}
