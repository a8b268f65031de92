package keyfile_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

const password = "correct horse"

// testKeystore is a keystore with costs for tests, and its key.
func testKeystore(t *testing.T, n byte) (*bls.Keystore, *bls.SecretKey) {
	t.Helper()
	key, err := bls.NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	require.NoError(t, err)
	keystore, err := bls.NewKeystore(key, []byte(password), bls.KDF{Function: "pbkdf2", C: 2}, bytes.NewReader(bytes.Repeat([]byte{n}, 64)))
	require.NoError(t, err)
	return keystore, key
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	found := make([]string, 0, len(entries))
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}

func TestACreatedKeystoreIsReadAgainAndOpens(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "key.json")
	keystore, key := testKeystore(t, 1)
	require.NoError(t, keyfile.Create(path, keystore))
	require.Equal(t, []string{"key.json"}, names(t, folder), "nothing else is left")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode())

	passwordPath := filepath.Join(folder, "password")
	require.NoError(t, os.WriteFile(passwordPath, []byte(password+"\n"), 0o600))
	read, err := keyfile.Read(path)
	require.NoError(t, err)
	typed, err := keyfile.ReadPassword(passwordPath)
	require.NoError(t, err)
	opened, err := read.Decrypt(typed)
	require.NoError(t, err)
	require.Equal(t, key.Bytes(), opened.Bytes())
}

func TestTheMaskOfTheProcessDoesNotMatter(t *testing.T) {
	keystore, _ := testKeystore(t, 1)
	for _, mask := range []int{0o000, 0o777} {
		path := filepath.Join(t.TempDir(), "key.json")
		before := syscall.Umask(mask)
		err := keyfile.Create(path, keystore)
		syscall.Umask(before)
		require.NoError(t, err)
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode())
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	folder := t.TempDir()
	first, key := testKeystore(t, 1)
	second, _ := testKeystore(t, 2)
	path := filepath.Join(folder, "key.json")
	require.NoError(t, keyfile.Create(path, first))
	require.ErrorIs(t, keyfile.Create(path, second), keyfile.ErrExists)
	read, err := keyfile.Read(path)
	require.NoError(t, err)
	require.True(t, read.PublicKey().Equal(key.PublicKey()))

	dangling := filepath.Join(folder, "dangling.json")
	require.NoError(t, os.Symlink(filepath.Join(folder, "elsewhere"), dangling))
	require.ErrorIs(t, keyfile.Create(dangling, second), keyfile.ErrExists, "a link is not written through")
	require.ElementsMatch(t, []string{"key.json", "dangling.json"}, names(t, folder))
}

func TestOfManyWritersOneWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.json")
	failures := make([]error, 8)
	var group sync.WaitGroup
	for i := range failures {
		keystore, _ := testKeystore(t, byte(i+1))
		group.Go(func() { failures[i] = keyfile.Create(path, keystore) })
	}
	group.Wait()
	won := 0
	for _, err := range failures {
		if err == nil {
			won++
			continue
		}
		require.ErrorIs(t, err, keyfile.ErrExists)
	}
	require.Equal(t, 1, won)
	_, err := keyfile.Read(path)
	require.NoError(t, err)
	require.Equal(t, []string{"key.json"}, names(t, filepath.Dir(path)))
}

func TestCreateInAFolderThatIsNotThere(t *testing.T) {
	keystore, _ := testKeystore(t, 1)
	require.ErrorIs(t, keyfile.Create(filepath.Join(t.TempDir(), "none", "key.json"), keystore), fs.ErrNotExist)
}

func TestCreateTakesAPathInTheWorkingFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	keystore, _ := testKeystore(t, 1)
	require.NoError(t, keyfile.Create("key.json", keystore))
	_, err := keyfile.Read("key.json")
	require.NoError(t, err)
}

func TestFilesOpenToOthersAreRefusedWithWhatToDo(t *testing.T) {
	keystore, _ := testKeystore(t, 1)
	path := filepath.Join(t.TempDir(), "key.json")
	require.NoError(t, keyfile.Create(path, keystore))
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := keyfile.Read(path)
		require.ErrorIs(t, err, keyfile.ErrExposed, "%o", mode)
		require.ErrorContains(t, err, "chmod 600 "+path)
		_, err = keyfile.ReadPassword(path)
		require.ErrorIs(t, err, keyfile.ErrExposed, "%o", mode)
	}
	for _, mode := range []fs.FileMode{0o400, 0o600, 0o700} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := keyfile.Read(path)
		require.NoError(t, err, "%o", mode)
	}
}

func TestALinkIsAsOpenAsItsFile(t *testing.T) {
	folder := t.TempDir()
	keystore, _ := testKeystore(t, 1)
	path, link := filepath.Join(folder, "key.json"), filepath.Join(folder, "link")
	require.NoError(t, keyfile.Create(path, keystore))
	require.NoError(t, os.Symlink(path, link))
	_, err := keyfile.Read(link)
	require.NoError(t, err)
	require.NoError(t, os.Chmod(path, 0o644))
	_, err = keyfile.Read(link)
	require.ErrorIs(t, err, keyfile.ErrExposed)
}

func TestWhatIsNoRegularFileIsRefusedWithoutWaiting(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for _, path := range []string{folder, pipe, os.DevNull} {
		_, err := keyfile.Read(path)
		require.ErrorIs(t, err, keyfile.ErrNotRegular, path)
		_, err = keyfile.ReadPassword(path)
		require.ErrorIs(t, err, keyfile.ErrNotRegular, path)
	}
	_, err := keyfile.Read(filepath.Join(folder, "none"))
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestFilesThatAreTooLargeAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	require.NoError(t, os.WriteFile(path, make([]byte, bls.MaxKeystoreBytes+1), 0o600))
	_, err := keyfile.Read(path)
	require.ErrorIs(t, err, bls.ErrKeystoreSize)
	_, err = keyfile.ReadPassword(path)
	require.ErrorIs(t, err, keyfile.ErrSize)
	// A sparse file of a terabyte costs no more.
	require.NoError(t, os.Truncate(path, 1<<40))
	_, err = keyfile.Read(path)
	require.ErrorIs(t, err, bls.ErrKeystoreSize)
}

func TestErrorsNameThePathAndNotTheContents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes")
	require.NoError(t, os.WriteFile(path, []byte("hunter2 hunter2"), 0o600))
	_, err := keyfile.Read(path)
	require.ErrorIs(t, err, bls.ErrKeystoreFormat)
	require.ErrorContains(t, err, path)
	require.NotContains(t, err.Error(), "hunter2")
	require.NotContains(t, err.Error(), "'h'")
}

// Every truncation that a crash of another writer may leave is an error, not a key.
func TestTruncatedFilesAreRefused(t *testing.T) {
	keystore, _ := testKeystore(t, 1)
	whole, err := json.Marshal(keystore)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "key.json")
	for length := 0; length < len(whole); length += 37 {
		require.NoError(t, os.WriteFile(path, whole[:length], 0o600))
		_, err := keyfile.Read(path)
		require.ErrorIs(t, err, bls.ErrKeystoreFormat, "cut at %d", length)
	}
}

// Here and not in package bls, which may import neither.
func TestLogsAndYAMLDoNotShowASecretKey(t *testing.T) {
	_, key := testKeystore(t, 1)
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		logger := slog.New(handler)
		logger.Info("key", "pointer", key, "value", *key, "held", struct{ Key *bls.SecretKey }{key}, "error", errors.New("x"))
	}
	require.NoError(t, yaml.NewEncoder(&log).Encode(map[string]any{"pointer": key, "value": *key}))
	require.Contains(t, log.String(), "pointer: '[secret]'")
	secret := key.Bytes()
	for _, form := range []string{hex.EncodeToString(secret[:4]), hex.EncodeToString(secret[28:])} {
		require.NotContains(t, strings.ToLower(log.String()), form)
	}
}
