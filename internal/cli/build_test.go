package cli

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func recorded() (*debug.BuildInfo, bool) {
	return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "arm64"},
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2026-01-02T03:04:05Z"}, {Key: "vcs.modified", Value: "true"},
	}}, true
}

func unrecorded() (*debug.BuildInfo, bool) { return nil, false }

// archived is a build from an archive: the toolchain knows itself, but no repository.
func archived() (*debug.BuildInfo, bool) {
	return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"}}, true
}

// link sets what the linker sets.
func link(t *testing.T, v, c, d string) {
	t.Helper()
	version, commit, date = v, c, d
	t.Cleanup(func() { version, commit, date = "", "", "" })
}

func TestWithoutTheLinkerTheToolchainsRecordIsTold(t *testing.T) {
	require.Equal(t, "oraclenode v1.2.3, commit abc with uncommitted changes, 2026-01-02T03:04:05Z, go1.26.8, linux/arm64", DescribeBuild(recorded))
	require.Equal(t, "oraclenode/v1.2.3", Software(recorded))
	require.Equal(t, "oraclenode (devel), go1.26.8", DescribeBuild(archived))
	require.Equal(t, "oraclenode, built without build information", DescribeBuild(unrecorded))
	require.Equal(t, "oraclenode", Software(unrecorded))
}

func TestWhatTheLinkerSetPrecedesTheRecord(t *testing.T) {
	link(t, "v2.0.0", "def", "2027-01-01T00:00:00Z")
	require.Equal(t, "oraclenode v2.0.0, commit def, 2027-01-01T00:00:00Z, go1.26.8, linux/arm64", DescribeBuild(recorded), "its commit has no changes: the record's have nothing to do with it")
	require.Equal(t, "oraclenode v2.0.0, commit def, 2027-01-01T00:00:00Z, go1.26.8", DescribeBuild(archived))
	require.Equal(t, "oraclenode v2.0.0, commit def, 2027-01-01T00:00:00Z", DescribeBuild(unrecorded))
	require.Equal(t, "oraclenode/v2.0.0", Software(unrecorded))
}

func TestAVersionAloneIsCompletedByTheRecord(t *testing.T) {
	link(t, "v2.0.0", "", "")
	require.Equal(t, "oraclenode v2.0.0, commit abc with uncommitted changes, 2026-01-02T03:04:05Z, go1.26.8, linux/arm64", DescribeBuild(recorded))
	link(t, "", "def", "")
	require.Equal(t, "oraclenode (unknown), commit def", DescribeBuild(unrecorded))
}
