package testnet

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

func TestValidatorSecretsAreThoseOfTheInteropStandard(t *testing.T) {
	// From keygen_10_validators.yaml of eth2.0-pm, interop/mocked_start.
	for index, want := range map[uint32]string{
		0: "25295f0d1d592a90b333e26e85149708208e9f8e8bc18f6c77bd62f8ad7a6866",
		1: "51d0b65185db6989ab0b560d6deed19c7ead0e24b9b6372cbecb1f26bdfad000",
	} {
		secret := ValidatorSecret(index)
		require.Equal(t, want, hex.EncodeToString(secret[:]))
	}
}

// The second opinion is go-eth2-client's hashing of the same messages.
func TestSignedDepositIsValid(t *testing.T) {
	deposit, err := SignDeposit(64, common.Hash{1, 2, 3}, 32_000_000_000)
	require.NoError(t, err)
	data := phase0.DepositData{
		PublicKey: deposit.PublicKey, WithdrawalCredentials: deposit.Credentials[:],
		Amount: phase0.Gwei(deposit.AmountGwei), Signature: deposit.Signature,
	}
	root, err := data.HashTreeRoot()
	require.NoError(t, err)
	require.Equal(t, common.Hash(root), deposit.DataRoot)

	message := phase0.DepositMessage{PublicKey: deposit.PublicKey, WithdrawalCredentials: deposit.Credentials[:], Amount: data.Amount}
	messageRoot, err := message.HashTreeRoot()
	require.NoError(t, err)
	fork := phase0.ForkData{CurrentVersion: phase0.Version{0x00, 0x74, 0x6d, 0x6b}}
	forkRoot, err := fork.HashTreeRoot()
	require.NoError(t, err)
	signing := phase0.SigningData{ObjectRoot: messageRoot, Domain: phase0.Domain(append([]byte{3, 0, 0, 0}, forkRoot[:28]...))}
	signingRoot, err := signing.HashTreeRoot()
	require.NoError(t, err)
	key, err := bls.ParsePublicKey(deposit.PublicKey[:])
	require.NoError(t, err)
	signature, err := bls.ParseSignature(deposit.Signature[:])
	require.NoError(t, err)
	require.True(t, signature.Verify(key, signingRoot))
}

func TestDescriptionIsReadBackAsItWasWritten(t *testing.T) {
	key, err := Key()
	require.NoError(t, err)
	written := Info{
		ExecutionURL: "http://127.0.0.1:1", BeaconURL: "http://127.0.0.1:2", SecondBeaconURL: "http://127.0.0.1:3", GenesisTime: 1_795_247_348, SecondsPerSlot: 4,
		Fork: Electra, SlotsPerEpoch: 6, ElectraEpoch: 2, ChainID: ChainID, DepositContract: common.HexToAddress(depositContractAddress),
		Account: crypto.PubkeyToAddress(key.PublicKey), AccountKey: "01", GenesisForkVersion: []byte{0, 1, 2, 3},
		FeeRecipient: common.Address{4}, ConfigFile: "c", GenesisStateFile: "s", Logs: "l",
	}
	dir := t.TempDir()
	_, err = ReadInfo(dir)
	require.ErrorIs(t, err, os.ErrNotExist, "nothing is there before")
	require.NoError(t, written.write(dir))
	read, err := ReadInfo(dir)
	require.NoError(t, err)
	require.Equal(t, written, read)
}

func TestDescriptionThatIsNotOneIsRefused(t *testing.T) {
	for _, text := range []string{``, `{`, `{}`, `{"beaconUrl":"x"}`, `{"color":"red"}`, `[]`,
		`{"executionUrl":"http://127.0.0.1:1","beaconUrl":"x","secondBeaconUrl":"y","secondsPerSlot":4,"slotsPerEpoch":6,"genesisForkVersion":"0x"}`} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, infoFile), []byte(text), 0o600))
		_, err := ReadInfo(dir)
		require.ErrorContains(t, err, "read the network's description", text)
	}
}

func FuzzDescription(f *testing.F) {
	f.Add([]byte(`{"executionUrl":"http://127.0.0.1:1","beaconUrl":"http://127.0.0.1:2","secondBeaconUrl":"http://127.0.0.1:3","secondsPerSlot":4,
		"slotsPerEpoch":6,"genesisForkVersion":"0x00010203"}`))
	f.Add([]byte(`{"secondsPerSlot":-4}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		info, err := parseInfo(bytes.NewReader(text))
		if err != nil {
			require.Zero(t, info, "nothing comes with an error")
			return
		}
		dir := t.TempDir()
		require.NoError(t, info.write(dir))
		again, err := ReadInfo(dir)
		require.NoError(t, err)
		require.Equal(t, info, again)
	})
}
