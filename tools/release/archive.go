package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"time"
)

// file is one of an archive or of the image.
type file struct {
	name    string
	mode    int64
	owner   int // user and group
	content []byte
	folder  bool
}

// writeArchive writes the program with what an operator reads first, in one folder.
func (s source) writeArchive(to, folder, program string) error {
	files := []file{{name: folder, mode: 0o755, folder: true}}
	for _, add := range []struct {
		from string
		mode int64
	}{
		{program, 0o755},
		{filepath.Join(s.root, "CHANGELOG.md"), 0o644},
		{filepath.Join(s.root, "LICENSE"), 0o644},
		{filepath.Join(s.root, "README.md"), 0o644},
		{filepath.Join(s.root, "SECURITY.md"), 0o644},
		{filepath.Join(s.root, "ops/systemd/oraclenode.service"), 0o644},
	} {
		content, err := os.ReadFile(add.from)
		if err != nil {
			return fmt.Errorf("fill the archive: %w", err)
		}
		files = append(files, file{name: path.Join(folder, filepath.Base(add.from)), mode: add.mode, content: content})
	}
	packed, err := pack(files, s.date)
	if err != nil {
		return fmt.Errorf("fill the archive: %w", err)
	}
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("compress the archive: %w", err)
	}
	if _, err := w.Write(packed); err != nil {
		return fmt.Errorf("compress the archive: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("compress the archive: %w", err)
	}
	if err := os.WriteFile(to, compressed.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	return nil
}

// pack is a tar archive of the files in their order, all of one time.
func pack(files []file, at time.Time) ([]byte, error) {
	var packed bytes.Buffer
	w := tar.NewWriter(&packed)
	for _, f := range files {
		header := &tar.Header{Name: f.name, Mode: f.mode, Uid: f.owner, Gid: f.owner, Size: int64(len(f.content)), ModTime: at, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if f.folder {
			header.Typeflag, header.Name = tar.TypeDir, f.name+"/"
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.name, err)
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return packed.Bytes(), nil
}

// writeChecksums writes the files' hashes as sha256sum does, for sha256sum --check, and prints them.
func writeChecksums(to string, paths []string) error {
	var sums bytes.Buffer
	for _, name := range paths {
		content, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("compute the checksums: %w", err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), filepath.Base(name))
	}
	if err := os.WriteFile(to, sums.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the checksums: %w", err)
	}
	fmt.Print(sums.String())
	return nil
}
