//go:build testnet && linux

package story

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/gather"
	"github.com/tidemark-oracle/tidemark/report"
)

// runCommands does with the program what an operator would: compute the report, compare it with another's, and look into the state offline.
func (c *chain) runCommands(result *gather.Result) {
	dir := c.TempDir()
	program, manifest := filepath.Join(dir, "oraclenode"), filepath.Join(dir, "manifest.yaml")
	build := exec.CommandContext(c.ctx, "go", "build", "-o", program, "github.com/tidemark-oracle/tidemark/cmd/oraclenode")
	out, err := build.CombinedOutput()
	require.NoError(c, err, "%s", out)
	text, err := c.manifest.Encode()
	require.NoError(c, err)
	require.NoError(c, os.WriteFile(manifest, text, 0o600))

	mine, theirs := filepath.Join(dir, "mine.json"), filepath.Join(dir, "theirs.json")
	nodes := []string{"--network", manifest, "--beacon", c.network.BeaconURL, "--execution", c.network.ExecutionURL}
	computed := c.output(program, append([]string{"report", "compute", "--json", "--slot", strconv.FormatUint(result.Report.RefSlot, 10)}, nodes...)...)
	require.NoError(c, os.WriteFile(mine, computed, 0o600))
	var answer struct {
		Report report.Report `json:"report"`
	}
	require.NoError(c, json.Unmarshal(computed, &answer))
	require.Equal(c, result.Report, answer.Report)
	c.Logf("report compute:\n%s", c.output(program, append([]string{"report", "compute"}, nodes...)...))

	other, err := json.Marshal(result.Report)
	require.NoError(c, err)
	require.NoError(c, os.WriteFile(theirs, other, 0o600))
	c.output(program, "report", "diff", mine, theirs)
	c.inspect(program, dir, result)
}

// inspect verifies the downloaded state offline.
func (c *chain) inspect(program, dir string, result *gather.Result) {
	file, parameters := filepath.Join(dir, "state.ssz"), filepath.Join(dir, "spec.json")
	state, fork := c.request(http.MethodGet, fmt.Sprintf("/eth/v2/debug/beacon/states/%d", result.Reference.Slot), "application/octet-stream", nil)
	require.NoError(c, os.WriteFile(file, state, 0o600))
	spec, _ := c.request(http.MethodGet, "/eth/v1/config/spec", "application/json", nil)
	require.NoError(c, os.WriteFile(parameters, spec, 0o600))
	c.Logf("state inspect:\n%s", c.output(program, "state", "inspect", "--file", file, "--fork", fork, "--spec", parameters,
		"--credentials", result.Snapshot.Credentials[0].Hex(), "--root", result.Reference.StateRoot.Hex()))
}

// output runs the program, which must succeed.
func (c *chain) output(program string, args ...string) []byte {
	c.Helper()
	command := exec.CommandContext(c.ctx, program, args...)
	out, err := command.Output()
	if exit, ok := err.(*exec.ExitError); ok {
		require.NoError(c, err, "%s", exit.Stderr)
	}
	require.NoError(c, err)
	return out
}
