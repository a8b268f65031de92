package metrics

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// constantsOf are the values of the string constants of one type in a folder.
func constantsOf(t *testing.T, folder, typeName string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	var values []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != typeName {
				return true
			}
			for _, v := range spec.Values {
				if literal, ok := v.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, err := strconv.Unquote(literal.Value)
					require.NoError(t, err)
					values = append(values, text)
				}
			}
			return true
		})
	}
	require.NotEmpty(t, values)
	return values
}

func TestEachReasonAndResultHasACode(t *testing.T) {
	for _, c := range []struct {
		folder, typeName string
		codes            []Code
	}{
		{"../../../consensus", "Reason", dropCodes()}, {"../../../consensus", "Result", roundCodes()},
		{"../../../p2p", "Reason", networkDropCodes()}, {"../status", "Stage", stageCodes()},
	} {
		texts := constantsOf(t, c.folder, c.typeName)
		require.Len(t, c.codes, len(texts), c.folder)
		for _, text := range texts {
			require.True(t, func() bool {
				for _, code := range c.codes {
					if code.Text == text {
						return true
					}
				}
				return false
			}(), "%s: %q has no code", c.folder, text)
		}
	}
}

func TestCodesAreUniqueSnakeCase(t *testing.T) {
	for _, table := range CodeTables() {
		seen := map[string]bool{}
		for _, c := range table.Codes {
			require.Regexp(t, regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`), c.Code)
			require.False(t, seen[c.Code], "%s is there twice: Prometheus would see one of the two only", c.Code)
			seen[c.Code] = true
		}
	}
}

func TestUnknownTextsBecomeSnakeCase(t *testing.T) {
	require.Equal(t, "consensus_layer", codeOf("consensus layer", nil))
	require.Equal(t, "beacon_down", codeOf("beacon-down", nil))
	require.Equal(t, "it_s_2_late", codeOf(" It's 2 late! ", nil))
	require.Equal(t, "", codeOf("…", nil))
}
