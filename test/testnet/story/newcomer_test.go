//go:build testnet && linux

package story

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/localnet"
	"github.com/tidemark-oracle/tidemark/test/testnet/deployment"
)

// newcomer joins by the page for operators, docs/joining.md: its commands are run word for word, with the settings in the environment.
type newcomer struct {
	*member
	blocks map[string]string
	work   string // folder in which the commands run, with the files that the network's owner publishes
}

func newNewcomer(t *testing.T, m *member) *newcomer {
	blocks, _ := page(t)
	n := &newcomer{member: m, blocks: blocks, work: t.TempDir()}
	return n
}

// environment is what the page tells to set, with the values of the test.
func (n *newcomer) environment() []string {
	return append(os.Environ(), "PATH="+filepath.Dir(n.program)+":"+os.Getenv("PATH"), "MEMBER_ID="+n.ID.Hex(),
		"ORACLENODE_HOME="+n.home, "ORACLENODE_EXECUTION="+strings.Join(n.executions, ","), "ORACLENODE_BEACON="+strings.Join(n.beacons, ","),
		"ORACLENODE_LISTEN="+n.listen, "ORACLENODE_API="+n.api, "ORACLENODE_NAME="+n.name, "ORACLENODE_NETWORK="+filepath.Join(n.home, deployment.ManifestFile),
		"ORACLENODE_RESEND_INTERVAL=3s", "ORACLENODE_STATUS_INTERVAL=5s")
}

// runBlock runs a block of the page.
func (n *newcomer) runBlock(s *story, block string) error {
	command := exec.CommandContext(s.ctx, "bash", "-euo", "pipefail", "-c", n.blocks[block])
	command.Dir, command.Env = n.work, n.environment()
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("the page's block %q: %w\n%s", block, err, out)
	}
	s.Logf("joining.md, %s:\n%s", block, out)
	return nil
}

// joinCommittee follows the page up to a node that runs.
func (n *newcomer) joinCommittee(s *story) {
	require.NoError(s, n.runBlock(s, "version"))
	require.NoError(s, n.runBlock(s, "keys"))
	shown, err := output(s.ctx, n.program, "keys", "show", "--home", n.home, "--json")
	require.NoError(s, err)
	require.NoError(s, json.Unmarshal(shown, n.member))

	_, err = s.sender.Send(s.ctx, n.Submitter, localnet.Ether(5), nil)
	require.NoError(s, err)
	require.NoError(s, deployment.Write(n.work, s.manifest))
	for _, block := range []string{"manifest", "join", "admit"} {
		require.NoError(s, n.runBlock(s, block))
	}
	n.process, err = launch(n.log(), nil, func(c *exec.Cmd) { c.Dir, c.Env = n.work, n.environment() }, "bash", "-c", "exec "+strings.TrimSpace(n.blocks["run"]))
	require.NoError(s, err)
}

// leaveCommittee follows the rest of the page: the node is looked at, the member leaves, and its journal is taken along.
func (n *newcomer) leaveCommittee(t *testing.T, s *story) {
	require.Eventually(t, func() bool {
		status, err := n.status(s.ctx)
		return err == nil && status.Ready
	}, 5*time.Minute, time.Second, "the newcomer is not ready:\n%s", lastLines(n.log(), 15))
	for _, block := range []string{"check", "rotate", "leave"} {
		require.NoError(t, n.runBlock(s, block))
	}
	require.NoError(t, n.stop())
	kept, err := os.ReadFile(n.journal())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(n.journal()+".kept", kept, 0o600))
	require.NoError(t, n.runBlock(s, "move"))
	require.FileExists(t, filepath.Join(n.work, "moved.db"))
}
