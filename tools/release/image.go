package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

const (
	nobody = 65532 // as in distroless images, so that a volume of one serves the other
	home   = "/home/nonroot/member"
)

// writeImage writes the image as an OCI layout in a tar archive: podman load, skopeo copy oci-archive:, docker load of containerd's image store.
func (s source) writeImage(to, work, program, version string) error {
	image, err := s.image(program, version)
	if err != nil {
		return fmt.Errorf("build the image: %w", err)
	}
	folder := filepath.Join(work, "image")
	written, err := layout.Write(folder, empty.Index)
	if err != nil {
		return fmt.Errorf("write the image: %w", err)
	}
	if err := written.AppendImage(image, layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": version})); err != nil {
		return fmt.Errorf("write the image: %w", err)
	}
	files, err := filesBelow(folder)
	if err != nil {
		return fmt.Errorf("write the image: %w", err)
	}
	packed, err := pack(files, s.date)
	if err != nil {
		return fmt.Errorf("write the image: %w", err)
	}
	if err := os.WriteFile(to, packed, 0o644); err != nil {
		return fmt.Errorf("write the image: %w", err)
	}
	return nil
}

// image is what ops/docker/Dockerfile describes, on nothing in place of a base image.
func (s source) image(program, version string) (v1.Image, error) {
	content, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	packed, err := pack([]file{
		{name: "etc", mode: 0o755, folder: true},
		{name: "etc/group", mode: 0o644, content: fmt.Appendf(nil, "nonroot:x:%d:\n", nobody)},
		{name: "etc/passwd", mode: 0o644, content: fmt.Appendf(nil, "nonroot:x:%[1]d:%[1]d:nonroot:/home/nonroot:/sbin/nologin\n", nobody)},
		{name: "etc/ssl", mode: 0o755, folder: true},
		{name: "etc/ssl/certs", mode: 0o755, folder: true},
		{name: "etc/ssl/certs/ca-certificates.crt", mode: 0o644, content: authorities()},
		{name: "home", mode: 0o755, folder: true},
		{name: "home/nonroot", mode: 0o700, owner: nobody, folder: true},
		{name: "home/nonroot/member", mode: 0o700, owner: nobody, folder: true},
		{name: "usr", mode: 0o755, folder: true},
		{name: "usr/local", mode: 0o755, folder: true},
		{name: "usr/local/bin", mode: 0o755, folder: true},
		{name: "usr/local/bin/" + programName, mode: 0o755, content: content},
	}, s.date)
	if err != nil {
		return nil, err
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(packed)), nil }, tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, err
	}
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	image, err = mutate.Append(image, mutate.Addendum{Layer: layer, History: v1.History{Created: v1.Time{Time: s.date}, CreatedBy: "make release VERSION=" + version}})
	if err != nil {
		return nil, err
	}
	return mutate.ConfigFile(image, s.config(image, version))
}

// config keeps what the image has already, which is the layer, and says how it runs.
func (s source) config(image v1.Image, version string) *v1.ConfigFile {
	config, err := image.ConfigFile()
	if err != nil {
		panic(err) // It was made in memory just now.
	}
	config = config.DeepCopy()
	config.Created = v1.Time{Time: s.date}
	config.OS, config.Architecture = runtime.GOOS, runtime.GOARCH
	config.Config = v1.Config{
		User: fmt.Sprintf("%[1]d:%[1]d", nobody), WorkingDir: home, StopSignal: "SIGTERM",
		Entrypoint: []string{"/usr/local/bin/" + programName}, Cmd: []string{"run"},
		Env:          []string{"PATH=/usr/local/bin", "HOME=/home/nonroot", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"},
		Volumes:      map[string]struct{}{home: {}},
		ExposedPorts: map[string]struct{}{"9100/tcp": {}, "9100/udp": {}, "9110/tcp": {}},
		Labels: map[string]string{
			"org.opencontainers.image.title": programName, "org.opencontainers.image.version": version, "org.opencontainers.image.revision": s.commit,
			"org.opencontainers.image.licenses": "MIT",
		},
	}
	return config
}

// authorities are the certificates that Mozilla trusts for any name. Those that it trusts with a condition are left out: a file cannot state one.
func authorities() []byte {
	var out bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil {
			out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}))
		}
	}
	return out.Bytes()
}

// filesBelow reads a folder in the order of its names.
func filesBelow(folder string) (files []file, err error) {
	err = filepath.WalkDir(folder, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || at == folder {
			return err
		}
		name, err := filepath.Rel(folder, at)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			files = append(files, file{name: filepath.ToSlash(name), mode: 0o755, folder: true})
			return nil
		}
		content, err := os.ReadFile(at)
		files = append(files, file{name: filepath.ToSlash(name), mode: 0o644, content: content})
		return err
	})
	return files, err
}
