package testnet

import (
	"crypto/ecdsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"
)

func writtenForGloas(t *testing.T) (genesisFiles, plan) {
	t.Helper()
	p, err := newPlan(Options{Dir: t.TempDir(), Binaries: "bin", Transition: "node", Fork: Gloas})
	require.NoError(t, err)
	var key *ecdsa.PrivateKey
	key, err = Key()
	require.NoError(t, err)
	files, err := p.writeGloas(1_800_000_000, key)
	require.NoError(t, err)
	return files, p
}

// Without the contracts of EIP-8282 every block of Amsterdam is invalid.
func TestAmsterdamComesWithGloasAndHasItsContracts(t *testing.T) {
	files, p := writtenForGloas(t)
	text, err := os.ReadFile(files.execution)
	require.NoError(t, err)
	var g core.Genesis
	require.NoError(t, json.Unmarshal(text, &g))
	require.Equal(t, uint64(1_800_000_000), g.Timestamp)
	require.Equal(t, uint64(1_800_000_000)+p.shape.gloasEpoch*8*2, *g.Config.AmsterdamTime)
	require.Zero(t, *g.Config.OsakaTime)
	require.NoError(t, g.Config.CheckConfigForkOrder())
	for _, address := range []common.Address{
		params.BeaconRootsAddress, params.HistoryStorageAddress, params.WithdrawalQueueAddress, params.ConsolidationQueueAddress,
		params.BuilderDepositAddress, params.BuilderExitAddress, common.HexToAddress(depositContractAddress),
	} {
		require.NotEmpty(t, g.Alloc[address].Code, address)
	}
	require.Equal(t, common.HexToAddress(depositContractAddress), g.Config.DepositContractAddress)
}

func TestTheBeaconNodeOfGloasIsToldWhatTheOthersAre(t *testing.T) {
	files, p := writtenForGloas(t)
	text, err := os.ReadFile(files.config)
	require.NoError(t, err)
	var s transitionSettings
	require.NoError(t, json.Unmarshal(text, &s))
	require.Equal(t, genesisForkVersion, s.ForkVersions["GENESIS"], "what deposits are signed for")
	require.Equal(t, "0x07746d6b", s.ForkVersions["GLOAS"])
	require.Equal(t, [3]uint64{p.shape.gloasEpoch, Validators, ChainID}, [3]uint64{s.GloasEpoch, s.Validators, s.ChainID})
	require.Equal(t, []string{filepath.Join("node", "main.mjs"), files.config}, p.transitionNode(files))
	require.Equal(t, p.url(p.ports.engine), s.EngineURL)
	require.Len(t, hexutil.MustDecode(s.DepositContract), common.AddressLength)
}

func TestAPayloadIsWithheldByTheBeaconNode(t *testing.T) {
	var asked []string
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path)
		w.WriteHeader(map[bool]int{true: http.StatusNoContent, false: http.StatusNotFound}[len(asked) < 3])
	}))
	defer node.Close()
	n := &Network{Info: Info{BeaconURL: node.URL}}
	require.NoError(t, n.Payload(t.Context(), 231, Withheld))
	require.NoError(t, n.WithholdOwed(t.Context(), common.Address{0xAB}, 239))
	require.ErrorContains(t, n.Payload(t.Context(), 232, Late), "slot 232: it answers with status 404")
	require.Equal(t, []string{"POST /payloads/231/withheld", "POST /payloads/239/owed/0xab00000000000000000000000000000000000000", "POST /payloads/232/late"}, asked)
}
