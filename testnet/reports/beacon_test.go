//go:build testnet

package reports

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/beacon/state"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
)

// get asks the beacon node and decodes the JSON answer's data.
func (c *chain) get(path string, data any) {
	c.Helper()
	body, _ := c.request(http.MethodGet, path, "application/json", nil)
	require.NoError(c, json.Unmarshal(body, &struct {
		Data any `json:"data"`
	}{data}), "%s", path)
}

func (c *chain) request(method, path, accept string, content []byte) (body []byte, fork string) {
	c.Helper()
	request, err := http.NewRequestWithContext(c.ctx, method, c.network.BeaconURL+path, bytes.NewReader(content))
	require.NoError(c, err)
	request.Header.Set("Accept", accept)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(c, err)
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	require.NoError(c, err)
	require.Equal(c, http.StatusOK, response.StatusCode, "%s: %.300s", path, body)
	return body, response.Header.Get("Eth-Consensus-Version")
}

func (c *chain) spec() map[string]string {
	var mixed map[string]any
	c.get("/eth/v1/config/spec", &mixed)
	values := make(map[string]string)
	for key, value := range mixed {
		if text, ok := value.(string); ok {
			values[key] = text
		}
	}
	return values
}

func (c *chain) genesisForkVersion() [4]byte { return c.version("GENESIS_FORK_VERSION") }

// rules are the network's, as its node names them.
func (c *chain) rules() deploy.BeaconRules {
	spec, err := state.ParseSpec(c.spec())
	require.NoError(c, err)
	return deploy.BeaconRules{
		EffectiveBalanceIncrementGwei: spec.EffectiveBalanceIncrementGwei, BaseRewardFactor: spec.BaseRewardFactor,
		EpochsPerSlashingsVector: spec.EpochsPerSlashingsVector, ProportionalSlashingMultiplier: spec.ProportionalSlashingMultiplier,
		MinValidatorWithdrawabilityDelay: spec.MinValidatorWithdrawabilityDelay,
	}
}

func (c *chain) version(key string) [4]byte {
	b, err := hex.DecodeString(strings.TrimPrefix(c.spec()[key], "0x"))
	require.NoError(c, err)
	return [4]byte(b)
}

// exit asks the beacon chain to let a validator of the pool go, as its operator would: a signed voluntary exit. Its domain is Capella's in all later forks (EIP-7044).
func (c *chain) exit(key uint32, index, epoch uint64) {
	var genesis struct {
		Root common.Hash `json:"genesis_validators_root"`
	}
	c.get("/eth/v1/beacon/genesis", &genesis)
	forkData := phase0.ForkData{CurrentVersion: c.version("CAPELLA_FORK_VERSION"), GenesisValidatorsRoot: phase0.Root(genesis.Root)}
	forkRoot, err := forkData.HashTreeRoot()
	require.NoError(c, err)
	domain := phase0.Domain{4}
	copy(domain[4:], forkRoot[:28])
	message := &phase0.VoluntaryExit{Epoch: phase0.Epoch(epoch), ValidatorIndex: phase0.ValidatorIndex(index)}
	root, err := message.HashTreeRoot()
	require.NoError(c, err)
	signing, err := (&phase0.SigningData{ObjectRoot: root, Domain: domain}).HashTreeRoot()
	require.NoError(c, err)
	signature := c.validatorKey(key).Sign(signing)
	body, err := json.Marshal(&phase0.SignedVoluntaryExit{Message: message, Signature: phase0.BLSSignature(signature.Bytes())})
	require.NoError(c, err)
	c.request(http.MethodPost, "/eth/v1/beacon/pool/voluntary_exits", "application/json", body)
}

// apiValidator is a validator as the Beacon API lists it.
type apiValidator struct {
	Index     uint64 `json:"index,string"`
	Balance   uint64 `json:"balance,string"`
	Status    string `json:"status"`
	Validator struct {
		PublicKey         string      `json:"pubkey"`
		Credentials       common.Hash `json:"withdrawal_credentials"`
		EffectiveBalance  uint64      `json:"effective_balance,string"`
		Slashed           bool        `json:"slashed"`
		ActivationEpoch   uint64      `json:"activation_epoch,string"`
		ExitEpoch         uint64      `json:"exit_epoch,string"`
		WithdrawableEpoch uint64      `json:"withdrawable_epoch,string"`
	} `json:"validator"`
}

func (c *chain) validators(id string) []apiValidator {
	var all []apiValidator
	c.get(fmt.Sprintf("/eth/v1/beacon/states/%s/validators", id), &all)
	return all
}

// ours are the validators whose withdrawals go to the vault.
func (c *chain) ours(all []apiValidator) []apiValidator {
	var found []apiValidator
	for _, v := range all {
		if c.isOurs(v.Validator.Credentials[:]) {
			found = append(found, v)
		}
	}
	return found
}

func (c *chain) isOurs(credentials []byte) bool {
	return (credentials[0] == 1 || credentials[0] == 2) && bytes.Equal(credentials[1:12], make([]byte, 11)) && bytes.Equal(credentials[12:], c.manifest.Contracts.WithdrawalVault[:])
}
