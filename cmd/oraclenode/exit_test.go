package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// TestAnErrorDoesNotCommandTheTerminal: nodes and files put their own words into errors.
func TestAnErrorDoesNotCommandTheTerminal(t *testing.T) {
	var out bytes.Buffer
	said := "\x1b]0;owned\a\x9b31m\u202e\r" + strings.Repeat("long", 10_000)
	err := errors.Join(fmt.Errorf("the first node says: %s", said), errors.New("the second node is away"))
	require.Equal(t, cli.ExitError, cli.Conclude(&out, &cobra.Command{Use: "oraclenode"}, &cli.Outcome{Status: cli.ExitError, Err: err}))
	for _, r := range out.String() {
		require.True(t, r == '\n' || r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f) && r != '\u202e', "%q", r)
	}
	require.Contains(t, out.String(), "oraclenode: the first node says:")
	require.Contains(t, out.String(), "\nthe second node is away\n", "lines stay")
	require.Less(t, out.Len(), 10_000)
}
