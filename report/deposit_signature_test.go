package report

import (
	"bytes"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// signedDeposit is signed over the root that go-eth2-client computes.
func signedDeposit(t *testing.T, genesisForkVersion [4]byte) PendingDeposit {
	t.Helper()
	secret, err := bls.NewSecretKey(bytes.NewReader(bytes.Repeat([]byte("deposit "), 64)))
	require.NoError(t, err)
	d := PendingDeposit{PublicKey: PublicKey(secret.PublicKey().Bytes()), Credentials: poolCredentials, AmountGwei: 32e9, Slot: 9}
	message, err := (&phase0.DepositMessage{PublicKey: d.PublicKey, WithdrawalCredentials: d.Credentials[:], Amount: phase0.Gwei(d.AmountGwei)}).HashTreeRoot()
	require.NoError(t, err)
	forkData, err := (&phase0.ForkData{CurrentVersion: genesisForkVersion}).HashTreeRoot()
	require.NoError(t, err)
	domain := phase0.Domain{0x03}
	copy(domain[4:], forkData[:28])
	root, err := (&phase0.SigningData{ObjectRoot: message, Domain: domain}).HashTreeRoot()
	require.NoError(t, err)
	d.Signature = [96]byte(secret.Sign(root).Bytes())
	return d
}

func TestADepositSignatureCoversKeyCredentialsAmountAndNetwork(t *testing.T) {
	genesis := [4]byte{0x10, 0x00, 0x00, 0x38}
	verify, d := NewDepositVerifier(genesis), signedDeposit(t, genesis)
	require.True(t, verify(d))

	other, err := bls.NewSecretKey(bytes.NewReader(bytes.Repeat([]byte("another "), 64)))
	require.NoError(t, err)
	for name, change := range map[string]func(*PendingDeposit){
		"another key":             func(d *PendingDeposit) { d.PublicKey = PublicKey(other.PublicKey().Bytes()) },
		"no key":                  func(d *PendingDeposit) { d.PublicKey = PublicKey{} },
		"the key at infinity":     func(d *PendingDeposit) { d.PublicKey = PublicKey{0xc0} },
		"other credentials":       func(d *PendingDeposit) { d.Credentials = foreignCredentials },
		"another amount":          func(d *PendingDeposit) { d.AmountGwei++ },
		"no signature":            func(d *PendingDeposit) { d.Signature = [96]byte{} },
		"signature at infinity":   func(d *PendingDeposit) { d.Signature = [96]byte{0xc0} },
		"another's signature":     func(d *PendingDeposit) { d.Signature = [96]byte(other.Sign([32]byte{}).Bytes()) },
		"the signature's inverse": func(d *PendingDeposit) { d.Signature[0] ^= 0x20 },
	} {
		changed := d
		change(&changed)
		require.False(t, verify(changed), name)
	}
	require.False(t, NewDepositVerifier([4]byte{})(d), "another network")

	d.Slot++
	require.True(t, verify(d), "the slot is not signed")
}
