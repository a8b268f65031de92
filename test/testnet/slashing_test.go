package testnet

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

func TestDoubleVoteIsSlashable(t *testing.T) {
	head, parent, genesis := common.Hash{1}, common.Hash{2}, common.Hash{3}
	answers := map[string]string{
		"/eth/v1/beacon/headers/head": fmt.Sprintf(`{"data":{"root":"%s","header":{"message":{"slot":"31","parent_root":"%s"}}}}`, head, parent),
		"/eth/v1/beacon/states/head/finality_checkpoints": fmt.Sprintf(`{"data":{"current_justified":{"epoch":"4","root":"%s"},
			"finalized":{"epoch":"3","root":"%s"}}}`, common.Hash{4}, common.Hash{5}),
		"/eth/v1/beacon/states/head/fork": `{"data":{"current_version":"0x05746d6b"}}`,
		"/eth/v1/beacon/genesis":          fmt.Sprintf(`{"data":{"genesis_validators_root":"%s"}}`, genesis),
	}
	var proof electra.AttesterSlashing
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, answers[r.URL.Path])
			return
		}
		body, err := io.ReadAll(r.Body)
		if r.URL.Path != "/eth/v2/beacon/pool/attester_slashings" || r.Header.Get("Eth-Consensus-Version") != "electra" || err != nil || json.Unmarshal(body, &proof) != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
	}))
	defer server.Close()
	secret := ValidatorSecret(9)
	key, err := bls.ParseSecretKey(secret[:])
	require.NoError(t, err)
	i := Info{BeaconURL: server.URL, SlotsPerEpoch: 6}
	require.NoError(t, i.DoubleVote(t.Context(), 70, key))

	one, two := proof.Attestation1, proof.Attestation2
	require.Equal(t, []uint64{70}, one.AttestingIndices)
	require.Equal(t, []uint64{70}, two.AttestingIndices)
	require.Equal(t, phase0.Epoch(5), one.Data.Target.Epoch)
	require.Equal(t, one.Data.Target, two.Data.Target, "for one target …")
	require.Equal(t, []phase0.Root{phase0.Root(head), phase0.Root(parent)}, []phase0.Root{one.Data.BeaconBlockRoot, two.Data.BeaconBlockRoot}, "… two heads")
	require.Equal(t, phase0.Epoch(4), one.Data.Source.Epoch)

	forkRoot, err := (&phase0.ForkData{CurrentVersion: phase0.Version{5, 't', 'm', 'k'}, GenesisValidatorsRoot: phase0.Root(genesis)}).HashTreeRoot()
	require.NoError(t, err)
	for _, vote := range []*electra.IndexedAttestation{one, two} {
		root, err := vote.Data.HashTreeRoot()
		require.NoError(t, err)
		signing, err := (&phase0.SigningData{ObjectRoot: root, Domain: phase0.Domain(append([]byte{1, 0, 0, 0}, forkRoot[:28]...))}).HashTreeRoot()
		require.NoError(t, err)
		signature, err := bls.ParseSignature(vote.Signature[:])
		require.NoError(t, err)
		require.True(t, signature.Verify(key.PublicKey(), signing))
	}

	answers["/eth/v1/beacon/states/head/fork"] = `{"data":{"current_version":"0x05"}}`
	require.ErrorContains(t, i.DoubleVote(t.Context(), 70, key), "is no fork version")
}

func TestBeaconNodesAreKnownToEachOtherByTheirKeys(t *testing.T) {
	// The key and peer id of libp2p's specification, peer-ids/peer-ids.md, are not of this curve; Prysm showed this one in its log.
	require.Equal(t, "16Uiu2HAmC8eMenn55YbNSab4dmjxGAUzuNcmAaxyJsEVBJPQBoit", idOf(t, 1))
	require.NotEqual(t, idOf(t, 0), idOf(t, 1))
	require.Equal(t, "11z", base58([]byte{0, 0, 57}))
	require.Equal(t, "2NEpo7TZRRrLZSi2U", base58([]byte("Hello World!")))
}

func idOf(t *testing.T, node int) string {
	t.Helper()
	key, err := peerKey(node)
	require.NoError(t, err)
	return peerID(key.PublicKey)
}
