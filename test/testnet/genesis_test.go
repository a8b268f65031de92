package testnet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

const prysmGenesis = `{"config":{"chainId":1337,"cancunTime":1795247348},"difficulty":"0x1",
	"alloc":{"4242424242424242424242424242424242424242":{"code":"0x6080","storage":{"0x22":"0xf5"},"balance":"0x0"}}}`

// changed applies the change to the genesis and reads the result back.
func changed(t *testing.T, text string, change func(genesis) error) (map[string]any, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "genesis.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	if err := rewrite(path, path, change); err != nil {
		return nil, err
	}
	written, err := os.ReadFile(path)
	require.NoError(t, err)
	var g map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(written)))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&g))
	return g, nil
}

func complete(g genesis) error { return g.complete(common.Address{0xaa}) }

func TestGenesisHasTheContractsOfTheForksAndTheFundedAccount(t *testing.T) {
	g, err := changed(t, prysmGenesis, complete)
	require.NoError(t, err)
	alloc := g["alloc"].(map[string]any)
	require.Len(t, alloc, 6)
	for _, address := range []common.Address{
		params.BeaconRootsAddress, params.HistoryStorageAddress, params.WithdrawalQueueAddress, params.ConsolidationQueueAddress,
	} {
		require.True(t, hasCode(alloc, address), address)
		require.Equal(t, "0x1", alloc[address.Hex()].(map[string]any)["nonce"], "an account that is not empty")
	}
	deposits := alloc["4242424242424242424242424242424242424242"].(map[string]any)
	require.Equal(t, map[string]any{"0x22": "0xf5"}, deposits["storage"], "what Prysm made stays")
	// 10^9 ether are 10^27 wei.
	require.Equal(t, "0x33b2e3c9fd0803ce8000000", alloc[common.Address{0xaa}.Hex()].(map[string]any)["balance"])
}

func TestGenesisIsConfiguredForDepositRequestsAndBlobs(t *testing.T) {
	g, err := changed(t, prysmGenesis, configured(t, Fulu))
	require.NoError(t, err)
	require.Equal(t, g["config"].(map[string]any)["pragueTime"], g["config"].(map[string]any)["osakaTime"])
	g, err = changed(t, prysmGenesis, configured(t, Electra))
	require.NoError(t, err)
	require.NotContains(t, g["config"], "osakaTime")
	config := g["config"].(map[string]any)
	require.Equal(t, depositContractAddress, config["depositContractAddress"])
	require.Equal(t, json.Number("1795247348"), config["cancunTime"], "numbers stay as they were")
	schedule := config["blobSchedule"].(map[string]any)
	require.Equal(t, json.Number("9"), schedule["prague"].(map[string]any)["max"])
	require.Contains(t, schedule, "cancun")
}

func configured(t *testing.T, f Fork) func(genesis) error {
	t.Helper()
	s, err := f.shape()
	require.NoError(t, err)
	return func(g genesis) error { return g.configure(s) }
}

func TestGenesisWithoutItsPartsIsRefused(t *testing.T) {
	for text, reason := range map[string]string{
		`{"alloc":{}}`: "deposit contract is not at",
		`{"alloc":{"4242424242424242424242424242424242424242":{"code":"0x"}}}`: "deposit contract is not at",
		`{"alloc":[]}`: "alloc is missing",
		`{}`:           "alloc is missing",
		`{`:            "read the execution genesis",
	} {
		_, err := changed(t, text, complete)
		require.ErrorContains(t, err, reason, text)
	}
	_, err := changed(t, `{}`, configured(t, Electra))
	require.ErrorContains(t, err, "config is missing")
}

func TestChainConfigurationHasTheForksInOrder(t *testing.T) {
	for fork, fulu := range map[Fork]uint64{Electra: ^uint64(0), Fulu: 0} {
		s, err := fork.shape()
		require.NoError(t, err)
		requireForksInOrder(t, s.chainConfig(1_795_247_348), fulu)
	}
	_, err := Fork("heze").shape()
	require.ErrorIs(t, err, ErrFork)
}

func requireForksInOrder(t *testing.T, text string, fulu uint64) {
	t.Helper()
	config := map[string]any{}
	require.NoError(t, yaml.Unmarshal([]byte(text), &config))
	require.Equal(t, 1_795_247_348, config["MIN_GENESIS_TIME"])
	versions := map[any]bool{config["GENESIS_FORK_VERSION"]: true}
	last := uint64(0)
	for _, fork := range []string{"ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA", "FULU"} {
		var epoch uint64
		switch value := config[fork+"_FORK_EPOCH"].(type) {
		case int:
			epoch = uint64(value)
		case uint64:
			epoch = value
		default:
			t.Fatalf("epoch of %s is %v", fork, value)
		}
		require.GreaterOrEqual(t, epoch, last, fork)
		last = epoch
		versions[config[fork+"_FORK_VERSION"]] = true
	}
	require.Equal(t, fulu, last, "when Fulu comes")
	require.Len(t, versions, 7, "each fork has a version of its own")
}
