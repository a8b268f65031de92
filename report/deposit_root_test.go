package report_test

import (
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tidemark-oracle/tidemark/report"
)

func TestDepositSigningRootIsThatOfTheConsensusSpec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pubkey := [48]byte(rapid.SliceOfN(rapid.Byte(), 48, 48).Draw(t, "pubkey"))
		credentials := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "credentials"))
		version := [4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "version"))
		amountGwei := rapid.Uint64().Draw(t, "amountGwei")

		message := phase0.DepositMessage{PublicKey: pubkey, WithdrawalCredentials: credentials[:], Amount: phase0.Gwei(amountGwei)}
		messageRoot, err := message.HashTreeRoot()
		require.NoError(t, err)
		forkData := phase0.ForkData{CurrentVersion: version}
		forkDataRoot, err := forkData.HashTreeRoot()
		require.NoError(t, err)
		domain := phase0.Domain{0x03}
		copy(domain[4:], forkDataRoot[:28])
		signing := phase0.SigningData{ObjectRoot: messageRoot, Domain: domain}
		want, err := signing.HashTreeRoot()
		require.NoError(t, err)

		require.Equal(t, want, report.DepositSigningRoot(pubkey, credentials, amountGwei, version))
	})
}

func TestMainnetDepositDomain(t *testing.T) {
	// The domain that every mainnet deposit signs: compute_domain(DOMAIN_DEPOSIT) of fork version 0x00000000.
	signing := phase0.SigningData{Domain: phase0.Domain(common.FromHex("0x03000000f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a9"))}
	message := phase0.DepositMessage{WithdrawalCredentials: make([]byte, 32), Amount: 32e9}
	root, err := message.HashTreeRoot()
	require.NoError(t, err)
	signing.ObjectRoot = root
	want, err := signing.HashTreeRoot()
	require.NoError(t, err)
	require.Equal(t, want, report.DepositSigningRoot([48]byte{}, [32]byte{}, 32e9, [4]byte{}))
}
