package tidemark_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// notForMembers are packages that the member's program must not link: test networks, deployment, a node of its own, profilers.
func notForMembers() []string {
	const geth = "github.com/ethereum/go-ethereum/"
	return []string{
		module + "/test", module + "/cmd/devnet", module + "/contracts/deploy", geth + "node", geth + "eth", geth + "miner", geth + "ethdb/pebble", "github.com/cockroachdb/pebble",
		"github.com/getsentry", "github.com/grafana/pyroscope-go", "net/http/pprof", "runtime/trace",
	}
}

func TestTheMembersProgramLinksNoTestNetworkNoDeploymentAndNoProfiler(t *testing.T) {
	output, err := exec.Command("go", "list", "-deps", "./cmd/oraclenode").Output()
	require.NoError(t, err)
	deps := strings.Fields(string(output))
	require.Subset(t, deps, []string{module + "/internal/node", module + "/contracts/manifest"})
	for _, dep := range deps {
		for _, refused := range notForMembers() {
			require.False(t, under(dep, refused), "oraclenode links %s: keep it in cmd/devnet, test or contracts/deploy", dep)
		}
	}
}

func TestOnlyTheDevnetAndTestsCanTamperWithAReportOrAClock(t *testing.T) {
	users := []string{}
	for _, p := range packages(t) {
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.IgnoredGoFiles) {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			if strings.Contains(string(source), "node.RunWithHooks(") || strings.Contains(string(source), "node.Hooks{") {
				users = append(users, p.source().path)
			}
		}
	}
	require.Equal(t, []string{"cmd/devnet"}, slices.Compact(users))
}
