package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	programName = "oraclenode"
	module      = "github.com/tidemark-oracle/tidemark"
)

// source is the commit that is released.
type source struct {
	root   string
	commit string
	date   time.Time // of the commit, in UTC: the only time in a release
}

var errChanged = errors.New("the checkout has changes that no commit has: release from a clean clone")

// readSource finds the commit of a checkout. Errors: errChanged.
func readSource(root string) (source, error) {
	s := source{root: root}
	changes, err := s.output("git", "status", "--porcelain")
	if err != nil {
		return s, err
	}
	if changes != "" {
		return s, fmt.Errorf("%w:\n%s", errChanged, changes)
	}
	if s.commit, err = s.output("git", "rev-parse", "HEAD"); err != nil {
		return s, err
	}
	date, err := s.output("git", "log", "-1", "--format=%cI")
	if err != nil {
		return s, err
	}
	if s.date, err = time.Parse(time.RFC3339, date); err != nil {
		return s, fmt.Errorf("read the date of commit %s: %w", s.commit, err)
	}
	s.date = s.date.UTC()
	return s, nil
}

// buildProgram builds the program so that it needs no library at run time: names are looked up by Go, and glibc is linked in.
func (s source) buildProgram(path, version string) error {
	values := ""
	for name, value := range map[string]string{"version": version, "commit": s.commit, "date": s.date.Format(time.RFC3339)} {
		values += fmt.Sprintf(" -X %s/internal/cli.%s=%s", module, name, value)
	}
	return s.goCommand([]string{"CGO_ENABLED=1"}, "build", "-trimpath", "-buildvcs=false", "-tags", "netgo,osusergo",
		"-ldflags", "-s -w -linkmode external -extldflags=-static"+values, "-o", path, "./cmd/"+programName)
}

// writeBill writes the program's modules as CycloneDX, without a time and a number drawn at random.
func (s source) writeBill(path, work, program, version string) error {
	// Built with paths cut off: the bill names the hash of the tool that wrote it.
	tool := filepath.Join(work, "cyclonedx-gomod")
	err := s.goCommand([]string{"CGO_ENABLED=0"}, "build", "-trimpath", "-buildvcs=false", "-modfile=tools/release/go.mod", "-o", tool,
		"github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod")
	if err != nil {
		return err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	_, err = s.output(tool, "bin", "-json", "-std", "-noserial", "-notimestamp", "-version", version, "-output", absolute, program)
	return err
}

// goCommand runs the go command with nothing in its environment that alters what it writes.
func (s source) goCommand(environment []string, args ...string) error {
	command := exec.Command("go", args...)
	command.Dir = s.root
	for _, pair := range os.Environ() {
		switch name, _, _ := strings.Cut(pair, "="); {
		case strings.HasPrefix(name, "CGO_"), name == "GOFLAGS", name == "GOAMD64", name == "GOARM64", name == "GOEXPERIMENT", name == "GOFIPS140", name == "GOOS", name == "GOARCH":
		default:
			command.Env = append(command.Env, pair)
		}
	}
	command.Env = append(command.Env, environment...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// output runs a program in the checkout and gives what it prints.
func (s source) output(name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Dir = s.root
	var complaint bytes.Buffer
	command.Stderr = &complaint
	text, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(text)), nil
}
