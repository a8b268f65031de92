package deployment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

func network() (testnet.Info, map[string]string) {
	info := testnet.Info{
		GenesisTime: 1_795_247_348, SecondsPerSlot: 4, SlotsPerEpoch: 6, ChainID: testnet.ChainID,
		DepositContract: common.HexToAddress("0x4242424242424242424242424242424242424242"), Account: common.Address{7},
	}
	spec := map[string]string{"GENESIS_FORK_VERSION": "0x00746d6b"}
	for _, line := range strings.Fields(specNumbers) {
		name, value, _ := strings.Cut(line, "=")
		spec[name] = value
	}
	return info, spec
}

// specNumbers are the parameters of the network's preset that reading its states needs.
const specNumbers = `SECONDS_PER_SLOT=4 SLOTS_PER_EPOCH=6 SLOTS_PER_HISTORICAL_ROOT=8192 EPOCHS_PER_HISTORICAL_VECTOR=65536 EPOCHS_PER_SLASHINGS_VECTOR=8192 HISTORICAL_ROOTS_LIMIT=16777216
VALIDATOR_REGISTRY_LIMIT=1099511627776 EPOCHS_PER_ETH1_VOTING_PERIOD=64 SYNC_COMMITTEE_SIZE=512 EFFECTIVE_BALANCE_INCREMENT=1000000000 BASE_REWARD_FACTOR=64
PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX=3 MIN_VALIDATOR_WITHDRAWABILITY_DELAY=2 PENDING_DEPOSITS_LIMIT=134217728 PENDING_PARTIAL_WITHDRAWALS_LIMIT=134217728
PENDING_CONSOLIDATIONS_LIMIT=262144 ALTAIR_FORK_VERSION=0x01746d6b BELLATRIX_FORK_VERSION=0x02746d6b CAPELLA_FORK_VERSION=0x03746d6b DENEB_FORK_VERSION=0x04746d6b
ELECTRA_FORK_VERSION=0x05746d6b FULU_FORK_VERSION=0x06746d6b DENEB_FORK_EPOCH=1 ELECTRA_FORK_EPOCH=2 FULU_FORK_EPOCH=18446744073709551615 ALTAIR_FORK_EPOCH=0
BELLATRIX_FORK_EPOCH=0 CAPELLA_FORK_EPOCH=0 MIN_SEED_LOOKAHEAD=1`

func TestTermsFitTheNetwork(t *testing.T) {
	info, spec := network()
	c, err := Config(info, spec, 9)
	require.NoError(t, err)
	require.NoError(t, c.Validate())
	require.Equal(t, info.DepositContract, c.DepositContract)
	require.Equal(t, [4]byte{0, 't', 'm', 'k'}, c.GenesisForkVersion)
	require.Equal(t, uint64(2), c.Rules.MinValidatorWithdrawabilityDelay)
	require.Equal(t, info.Account, c.Roles.Membership)
	require.Equal(t, uint64(9), c.Schedule.InitialEpoch)

	spec["GENESIS_FORK_VERSION"] = "0x0074"
	_, err = Config(info, spec, 9)
	require.ErrorContains(t, err, "GENESIS_FORK_VERSION")
	delete(spec, "BASE_REWARD_FACTOR")
	_, err = Config(info, spec, 9)
	require.ErrorContains(t, err, "BASE_REWARD_FACTOR")
}

func TestOwnerIsTheFundedAccount(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, Write(dir, &manifest.Manifest{Name: "x"}))
	sealed, err := os.ReadFile(filepath.Join(dir, OwnerFile))
	require.NoError(t, err)
	password, err := os.ReadFile(filepath.Join(dir, OwnerPasswordFile))
	require.NoError(t, err)
	opened, err := keystore.DecryptKey(sealed, strings.TrimSpace(string(password)))
	require.NoError(t, err)
	key, err := testnet.Key()
	require.NoError(t, err)
	require.True(t, key.Equal(opened.PrivateKey))
	require.FileExists(t, filepath.Join(dir, ManifestFile))
}
