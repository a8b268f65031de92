package story

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// page is docs/joining.md: the commands of its blocks by their names, as a member of the story runs them.
func page(t *testing.T) (tested map[string]string, all []string) {
	t.Helper()
	text, err := os.ReadFile("../../../docs/joining.md")
	require.NoError(t, err)
	tested = make(map[string]string)
	before := ""
	blocks := strings.Split(string(text), "```")
	require.Equal(t, 1, len(blocks)%2, "a block is not closed")
	for i, part := range blocks {
		if i%2 == 0 {
			before = part
			continue
		}
		script, isShell := strings.CutPrefix(part, "sh\n")
		require.True(t, isShell, "a block is not of shell commands: %.40q", part)
		all = append(all, script)
		lines := strings.Split(strings.TrimSpace(before), "\n")
		mark := regexp.MustCompile(`^<!-- (test|shown): (.+) -->$`).FindStringSubmatch(lines[len(lines)-1])
		require.NotNil(t, mark, "a block says neither that it is tested nor why not:\n%s", script)
		if mark[1] == "test" {
			require.NotContains(t, tested, mark[2])
			tested[mark[2]] = script
		}
	}
	return tested, all
}

func TestEveryCommandOfThePageIsTestedOrSaysWhyNot(t *testing.T) {
	tested, all := page(t)
	for _, name := range []string{"version", "keys", "manifest", "join", "admit", "run", "check", "move", "rotate", "leave"} {
		require.NotEmpty(t, tested[name], name)
		delete(tested, name)
	}
	require.Empty(t, tested, "blocks that no test runs")

	reference, err := os.ReadFile("../../../docs/commands.md")
	require.NoError(t, err)
	commands := 0
	for _, script := range all {
		for _, line := range strings.Split(script, "\n") {
			words := strings.Fields(line)
			if len(words) == 0 || words[0] != "oraclenode" {
				continue
			}
			commands++
			name := "## oraclenode"
			for _, word := range words[1:] {
				if !regexp.MustCompile(`^[a-z]+$`).MatchString(word) {
					break
				}
				name += " " + word
			}
			require.True(t, strings.Contains(string(reference), name+"\n"), "docs/commands.md does not know: %s", line)
		}
	}
	require.Greater(t, commands, 12)
}
