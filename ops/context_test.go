package ops_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sent tells whether a builder gets a file: it looks into the file's folders, and the last rule of the ignore file that fits decides.
func sent(rules []string, name string) bool {
	for at, letter := range name {
		if letter == '/' && !lookedInto(rules, name[:at]) {
			return false
		}
	}
	return admitted(rules, name)
}

// lookedInto tells whether every builder looks into a folder. Docker's classic one and podman look into one that is not admitted itself only if a rule
// that admits begins with its very name.
func lookedInto(rules []string, folder string) bool {
	for _, rule := range rules {
		if strings.HasPrefix(rule, "!"+folder+"/") {
			return true
		}
	}
	return admitted(rules, folder)
}

// admitted tells what the last rule that fits says. A rule fits a folder's whole content.
func admitted(rules []string, name string) bool {
	isSent := true
	for _, rule := range rules {
		pattern, admits := strings.CutPrefix(rule, "!")
		expression := regexp.QuoteMeta(pattern)
		expression = strings.ReplaceAll(expression, `\*\*/`, `(.*/)?`)
		expression = strings.ReplaceAll(expression, `\*`, `[^/]*`)
		if regexp.MustCompile(`^` + expression + `(/.*)?$`).MatchString(name) {
			isSent = admits
		}
	}
	return isSent
}

// TestTheImageIsBuiltFromEverythingThatTheProgramNeeds reads the program's own list of files.
func TestTheImageIsBuiltFromEverythingThatTheProgramNeeds(t *testing.T) {
	var rules []string
	for _, line := range strings.Split(read(t, "docker/Dockerfile.dockerignore"), "\n") {
		if line != "" && line[0] != '#' {
			rules = append(rules, line)
		}
	}
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	command := exec.Command("go", "list", "-deps", "-json=Dir,Module,GoFiles,CgoFiles,EmbedFiles,CFiles,HFiles,SFiles", "./cmd/oraclenode")
	command.Dir = root
	output, err := command.Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	files := []string{"go.mod", "go.sum"}
	for {
		var p struct {
			Dir                                                   string
			Module                                                *struct{ Main bool }
			GoFiles, CgoFiles, EmbedFiles, CFiles, HFiles, SFiles []string
		}
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if p.Module == nil || !p.Module.Main {
			continue
		}
		folder, err := filepath.Rel(root, p.Dir)
		require.NoError(t, err)
		for _, list := range [][]string{p.GoFiles, p.CgoFiles, p.EmbedFiles, p.CFiles, p.HFiles, p.SFiles} {
			for _, name := range list {
				files = append(files, filepath.ToSlash(filepath.Join(folder, name)))
			}
		}
	}
	require.Greater(t, len(files), 100)
	require.Contains(t, files, "internal/web/dashboard/assets/page.css")
	for _, name := range files {
		require.True(t, sent(rules, name), "not every builder gets %s, which the program is built from: name its folder", name)
	}
	for _, name := range []string{"keystore.json", "keystore.password", "member/identity", ".git/config", "journal.db", "status/sample_test.go", "member/keystore.json", "contracts/node_modules/x/y.go"} {
		require.False(t, sent(rules, name), name)
	}
}
