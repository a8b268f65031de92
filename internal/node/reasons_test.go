package node

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// constants are the values of a package's constants of a type.
func constants(t *testing.T, folder, kind string) (values []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			name, ok := spec.Type.(*ast.Ident)
			if !ok || name.Name != kind {
				return true
			}
			for _, value := range spec.Values {
				text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				require.NoError(t, err)
				values = append(values, text)
			}
			return true
		})
	}
	require.NotEmpty(t, values, "%s has no %s", folder, kind)
	return values
}

// TestReasonsAndAlarmsAreDocumented holds docs/reasons.md against the code, both ways.
func TestReasonsAndAlarmsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/reasons.md")
	require.NoError(t, err)
	reasons, alarms, found := strings.Cut(string(text), "## Alarms")
	require.True(t, found)
	listed := func(table string) (codes []string) {
		for _, match := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(table, -1) {
			codes = append(codes, match[1])
		}
		return codes
	}
	require.ElementsMatch(t, slices.Concat(constants(t, ".", "Code"), constants(t, "../../p2p", "HealthCode")), listed(reasons))
	require.ElementsMatch(t, append(constants(t, "../../consensus", "AlarmKind"), string(ClockJumped)), listed(alarms))
}
