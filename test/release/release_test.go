//go:build release

package release

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// version is that of the release which is built: a candidate of no release.
const version = "v0.0.0-rc.1"

var base = "oraclenode-" + version + "-" + runtime.GOOS + "-" + runtime.GOARCH

// command runs a program in a folder and gives what it prints; more settings are KEY=value.
func command(t *testing.T, dir string, settings []string, name string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), settings...)
	text, err := c.CombinedOutput()
	require.NoError(t, err, "%s %s:\n%s", name, strings.Join(args, " "), text)
	return string(text)
}

// releaseOf builds a release in a new clone of a commit of this repository, and gives the folder of its files.
func releaseOf(t *testing.T, commit string, settings ...string) string {
	clone := filepath.Join(t.TempDir(), "clone")
	command(t, "../..", nil, "git", "clone", "--quiet", "--no-checkout", ".", clone)
	command(t, clone, nil, "git", "checkout", "--quiet", "--detach", commit)
	t.Log(command(t, clone, settings, "make", "--no-print-directory", "release", "VERSION="+version))
	return filepath.Join(clone, "dist")
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return content
}

// TestARelease is one test: building takes minutes.
func TestARelease(t *testing.T) {
	// The second one finds nothing that the first one left: it compiles every package again.
	cache := t.TempDir()
	commit := strings.TrimSpace(command(t, "../..", nil, "git", "rev-parse", "HEAD"))
	first, second := releaseOf(t, commit), releaseOf(t, commit, "GOCACHE="+cache, "GOFLAGS=-tags=none", "CGO_CFLAGS=-O0", "TZ=Asia/Tokyo", "SOURCE_DATE_EPOCH=1")
	t.Run("twice gives the same bytes", func(t *testing.T) {
		names, err := os.ReadDir(first)
		require.NoError(t, err)
		require.Len(t, names, 4)
		for _, name := range names {
			require.True(t, bytes.Equal(read(t, first, name.Name()), read(t, second, name.Name())), "%s differs", name.Name())
		}
	})
	t.Run("checksums", func(t *testing.T) {
		command(t, first, nil, "sha256sum", "--check", "--strict", "SHA256SUMS")
		require.Equal(t, 3, strings.Count(string(read(t, first, "SHA256SUMS")), "\n"))
	})
	t.Run("archive", func(t *testing.T) {
		compressed, err := gzip.NewReader(bytes.NewReader(read(t, first, base+".tar.gz")))
		require.NoError(t, err)
		folder := t.TempDir()
		unpack(t, compressed, folder)
		for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "oraclenode.service"} {
			require.FileExists(t, filepath.Join(folder, base, name))
		}
		requireVersion(t, commit, exec.Command(filepath.Join(folder, base, "oraclenode"), "version"))
	})
	t.Run("bill of materials", func(t *testing.T) { checkBill(t, read(t, first, base+".cdx.json")) })
	t.Run("image", func(t *testing.T) { checkImage(t, commit, filepath.Join(first, base+".oci.tar")) })
}

// unpack unpacks an archive of folders and regular files, for the user who runs the test.
func unpack(t *testing.T, packed io.Reader, to string) {
	t.Helper()
	for archive := tar.NewReader(packed); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		require.True(t, filepath.IsLocal(header.Name), header.Name)
		path := filepath.Join(to, header.Name)
		if header.Typeflag == tar.TypeDir {
			require.NoError(t, os.MkdirAll(path, header.FileInfo().Mode()))
			continue
		}
		require.EqualValues(t, tar.TypeReg, header.Typeflag, header.Name)
		content, err := io.ReadAll(archive)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, content, header.FileInfo().Mode()))
	}
}

// requireVersion runs a program that tells its version.
func requireVersion(t *testing.T, commit string, c *exec.Cmd) {
	t.Helper()
	c.Env = []string{}
	text, err := c.CombinedOutput()
	require.NoError(t, err, "%s", text)
	require.Contains(t, string(text), "oraclenode ")
	require.Contains(t, string(text), runtime.Version())
	require.Contains(t, string(text), version)
	require.Contains(t, string(text), commit[:12])
}

func checkBill(t *testing.T, text []byte) {
	var bill struct {
		BOMFormat    string
		SerialNumber string
		Metadata     struct {
			Timestamp string
			Component struct{ Version string }
		}
		Components []struct{ Name, Version, PURL string }
	}
	require.NoError(t, json.Unmarshal(text, &bill))
	require.Equal(t, "CycloneDX", bill.BOMFormat)
	require.Empty(t, bill.SerialNumber)
	require.Empty(t, bill.Metadata.Timestamp)
	require.Equal(t, version, bill.Metadata.Component.Version)
	names := map[string]bool{}
	for _, c := range bill.Components {
		names[c.Name] = true
		require.NotEmpty(t, c.PURL, c.Name)
	}
	for _, name := range []string{"std", "github.com/herumi/bls-eth-go-binary", "github.com/libp2p/go-libp2p", "github.com/ethereum/go-ethereum"} {
		require.Contains(t, names, name)
	}
}

// blob reads a blob of an image and holds it against its name.
func blob(t *testing.T, image, digest string) []byte {
	t.Helper()
	sum, found := strings.CutPrefix(digest, "sha256:")
	require.True(t, found, digest)
	content := read(t, image, "blobs", "sha256", sum)
	require.Equal(t, sum, fmt.Sprintf("%x", sha256.Sum256(content)))
	return content
}

type descriptor struct{ MediaType, Digest string }

// checkImage reads the image as a container runtime does, and runs its program in its files alone.
func checkImage(t *testing.T, commit, path string) {
	image := t.TempDir()
	unpack(t, bytes.NewReader(read(t, path)), image)
	require.JSONEq(t, `{"imageLayoutVersion":"1.0.0"}`, string(read(t, image, "oci-layout")))
	var index struct{ Manifests []descriptor }
	require.NoError(t, json.Unmarshal(read(t, image, "index.json"), &index))
	require.Len(t, index.Manifests, 1)
	var manifest struct {
		Config descriptor
		Layers []descriptor
	}
	require.NoError(t, json.Unmarshal(blob(t, image, index.Manifests[0].Digest), &manifest))
	require.Equal(t, "application/vnd.oci.image.manifest.v1+json", index.Manifests[0].MediaType)
	require.Equal(t, "application/vnd.oci.image.config.v1+json", manifest.Config.MediaType)
	require.Len(t, manifest.Layers, 1)
	require.Equal(t, "application/vnd.oci.image.layer.v1.tar+gzip", manifest.Layers[0].MediaType)
	var config struct {
		Architecture, OS string
		Config           struct {
			User, WorkingDir, StopSignal string
			Entrypoint, Cmd              []string
			Volumes, ExposedPorts        map[string]struct{}
			Labels                       map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(blob(t, image, manifest.Config.Digest), &config))
	require.Equal(t, []string{runtime.GOOS, runtime.GOARCH}, []string{config.OS, config.Architecture})
	c := config.Config
	// The same as an image that the Dockerfile builds, so that one can stand in for the other.
	dockerfile := string(read(t, "..", "..", "ops", "docker", "Dockerfile"))
	require.Contains(t, dockerfile, "\nENTRYPOINT [\""+strings.Join(c.Entrypoint, `", "`)+"\"]\nCMD [\""+strings.Join(c.Cmd, `", "`)+"\"]\n")
	require.Contains(t, dockerfile, "\nWORKDIR "+c.WorkingDir+"\nVOLUME "+c.WorkingDir+"\n")
	require.Contains(t, dockerfile, "\nSTOPSIGNAL "+c.StopSignal+"\n")
	require.Equal(t, map[string]struct{}{c.WorkingDir: {}}, c.Volumes)
	_, ports, _ := strings.Cut(dockerfile, "\nEXPOSE ")
	ports, _, _ = strings.Cut(ports, "\n")
	require.Len(t, c.ExposedPorts, len(strings.Fields(ports)))
	for _, port := range strings.Fields(ports) {
		require.Contains(t, c.ExposedPorts, port)
	}
	require.Equal(t, "65532:65532", c.User)
	require.Equal(t, version, c.Labels["org.opencontainers.image.version"])

	files := t.TempDir()
	layer, err := gzip.NewReader(bytes.NewReader(blob(t, image, manifest.Layers[0].Digest)))
	require.NoError(t, err)
	unpack(t, layer, files)
	require.Contains(t, string(read(t, files, "etc", "passwd")), "nonroot:x:65532:65532:")
	require.Greater(t, bytes.Count(read(t, files, "etc", "ssl", "certs", "ca-certificates.crt"), []byte("BEGIN CERTIFICATE")), 100)
	program := exec.Command(filepath.Join(files, c.Entrypoint[0]), "version")
	if os.Getuid() == 0 { // Nothing but the image is there, and nobody's rights.
		program = exec.Command(c.Entrypoint[0], "version")
		program.Dir, program.SysProcAttr = "/", &syscall.SysProcAttr{Chroot: files, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	}
	requireVersion(t, commit, program)
}
