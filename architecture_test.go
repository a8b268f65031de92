package tidemark_test

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// listed is the part of `go list -json` that is used here.
type listed struct {
	Dir, ImportPath, Name              string
	GoFiles, TestGoFiles, XTestGoFiles []string
	CgoFiles, IgnoredGoFiles           []string
	Imports, TestImports, XTestImports []string
}

func (l listed) source() sourcePackage {
	inner := strings.TrimPrefix(strings.TrimPrefix(l.ImportPath, module), "/")
	return sourcePackage{path: inner, name: l.Name, imports: l.Imports, testImports: slices.Concat(l.TestImports, l.XTestImports)}
}

func (l listed) files() []string {
	return slices.Concat(l.GoFiles, l.CgoFiles, l.IgnoredGoFiles, l.TestGoFiles, l.XTestGoFiles)
}

// packages returns the real packages of this repository, those of the modules inside it too.
func packages(t *testing.T) []listed {
	t.Helper()
	var all []listed
	for _, folder := range modules(t) {
		all = append(all, listPackages(t, folder)...)
	}
	paths := make([]string, 0, len(all))
	for _, p := range all {
		paths = append(paths, p.source().path)
	}
	require.Subset(t, paths, []string{"internal/bls", "report", "contracts/bindings", "contracts/fixtures"}, "the graph must be the real one")
	return all
}

// modules returns the folders that hold a go.mod of ours.
func modules(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(".", func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden := len(path) > 1 && path[0] == '.'; entry.IsDir() && (hidden || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if entry.Name() == "go.mod" {
			folders = append(folders, filepath.Dir(path))
		}
		return nil
	})
	require.NoError(t, err)
	return folders
}

func listPackages(t *testing.T, folder string) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-json", "./...")
	command.Dir = folder
	output, err := command.Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	var all []listed
	for {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		for _, name := range p.IgnoredGoFiles {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			imports, err := importsOf(filepath.Join(p.Dir, name), source)
			require.NoError(t, err)
			if strings.HasSuffix(name, "_test.go") {
				p.TestImports = append(p.TestImports, imports...)
				continue
			}
			p.Imports = append(p.Imports, imports...)
		}
		all = append(all, p)
	}
}

func TestImportsFollowTheArchitecture(t *testing.T) {
	for _, p := range packages(t) {
		for _, violation := range importViolations(p.source()) {
			t.Error(violation)
		}
	}
}

func TestPackagesAreNamedForWhatTheyHold(t *testing.T) {
	for _, p := range packages(t) {
		if violation := nameViolation(p.source()); violation != "" {
			t.Error(violation)
		}
	}
}

// A package is described at the top of the file that a reader opens first: doc.go where there is much to say, else the file that is named like it, or main.go.
func TestEachPackageIsDescribedInOneFile(t *testing.T) {
	for _, p := range packages(t) {
		var described []string
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.IgnoredGoFiles) {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.PackageClauseOnly)
			require.NoError(t, err)
			if file.Doc != nil && strings.HasPrefix(file.Doc.Text(), describes(p.Name)) {
				described = append(described, name)
			}
		}
		if len(p.GoFiles) > 0 && len(described) != 1 {
			t.Errorf("package %s is described in %d files %v: say in one of them what it promises", p.ImportPath, len(described), described)
		}
	}
}

// describes is how the description of a package begins.
func describes(name string) string {
	if name == program {
		return "Command "
	}
	return "Package " + name + " "
}

func TestGoFilesObeyTheHouseRules(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.files() {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			require.NoError(t, err)
			violations, err := fileViolations(filepath.Join(p.source().path, name), source)
			require.NoError(t, err)
			for _, violation := range violations {
				t.Error(violation)
			}
		}
	}
}

func TestSolidityFilesFitTheLengthLimit(t *testing.T) {
	judged := 0
	for _, folder := range []string{"contracts/src", "contracts/test"} {
		err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".sol" {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			judged++
			if violation := lengthViolation(path, source); violation != "" {
				t.Error(violation)
			}
			return nil
		})
		require.NoError(t, err)
	}
	require.Greater(t, judged, 10, "the contracts were not found")
}
