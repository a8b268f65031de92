package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/mod/semver"
)

func main() {
	root := flag.String("root", ".", "folder of the repository")
	version := flag.String("version", "", "version of the release, such as v0.2.0 or v0.2.0-rc.1")
	out := flag.String("out", "dist", "folder that is made anew for the results")
	flag.Parse()
	if err := run(*root, *version, *out); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

var errVersion = errors.New("want a version such as v0.2.0 or v0.2.0-rc.1: make release VERSION=v0.2.0")

func run(root, version, out string) error {
	// Build metadata (v1.0.0+x) is no part of an order of versions, and + is not allowed in an image's tag.
	if semver.Canonical(version) != version || version == "" {
		return fmt.Errorf("version %q: %w", version, errVersion)
	}
	source, err := readSource(root)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return fmt.Errorf("clear the folder of results: %w", err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("make the folder of results: %w", err)
	}
	work, err := os.MkdirTemp("", "tidemark-release-")
	if err != nil {
		return fmt.Errorf("make a folder to build in: %w", err)
	}
	defer os.RemoveAll(work)
	fmt.Printf("Building %s from commit %s of %s.\n", version, source.commit, source.date.Format("2006-01-02 15:04:05"))
	program := filepath.Join(work, programName)
	if err := source.buildProgram(program, version); err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%s-%s-%s", programName, version, runtime.GOOS, runtime.GOARCH)
	archive, bill, image := filepath.Join(out, name+".tar.gz"), filepath.Join(out, name+".cdx.json"), filepath.Join(out, name+".oci.tar")
	if err := source.writeArchive(archive, name, program); err != nil {
		return err
	}
	if err := source.writeBill(bill, work, program, version); err != nil {
		return err
	}
	if err := source.writeImage(image, work, program, version); err != nil {
		return err
	}
	return writeChecksums(filepath.Join(out, "SHA256SUMS"), []string{archive, bill, image})
}
