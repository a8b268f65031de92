//go:build testnet && linux

package story

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
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
	values, err := c.network.Spec(c.ctx)
	require.NoError(c, err)
	return values
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
	return report.WithdrawsTo(credentials, c.manifest.Contracts.WithdrawalVault)
}
