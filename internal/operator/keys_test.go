package operator_test

import (
	"bytes"

	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/p2p"
)

func files(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
		info, err := e.Info()
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode(), e.Name())
	}
	return names
}

func private(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestNewKeysAreInPrivateFilesAndOpen(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "home")
	m := cheap(folder)
	public, err := operator.NewKeys(m, everything)
	require.NoError(t, err)
	require.Equal(t, []string{"identity", "keystore.json", "keystore.password", "submitter.json", "submitter.password"}, files(t, folder))
	info, err := os.Stat(folder)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o700), info.Mode().Perm())

	key, err := operator.OpenBLSKey(m.Home, nil)
	require.NoError(t, err)
	require.Equal(t, hexutil.Encode(key.PublicKey().Bytes()), public.Key)
	require.Equal(t, operator.MemberID(key.PublicKey()), *public.MemberID)
	identity, err := operator.OpenIdentity(m.Home)
	require.NoError(t, err)
	require.Equal(t, p2p.PeerIDText(identity.PeerID()), public.PeerID)
	account, err := operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, nil)
	require.NoError(t, err)
	require.Equal(t, *public.Submitter, account.Address())
	first, err := os.ReadFile(m.Home.KeystorePassword)
	require.NoError(t, err)
	second, err := os.ReadFile(m.Home.SubmitterPassword)
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	require.Len(t, first, 65)

	read, err := operator.ReadPublic(m.Home)
	require.NoError(t, err)
	require.Equal(t, public, read)
	inJSON, err := json.Marshal(public)
	require.NoError(t, err)
	require.NotContains(t, string(inJSON), strings.TrimSpace(string(first)))
}

func TestNothingIsMadeWhereAKeyIs(t *testing.T) {
	for _, taken := range []string{"keystore.json", "identity", "submitter.json"} {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, taken), []byte("mine"), 0o600))
		_, err := operator.NewKeys(cheap(folder), everything)
		require.ErrorIs(t, err, keyfile.ErrExists)
		require.Equal(t, []string{taken}, files(t, folder))
	}
	folder := t.TempDir()
	require.NoError(t, os.Symlink(filepath.Join(folder, "elsewhere"), filepath.Join(folder, "identity")))
	_, err := operator.NewKeys(cheap(folder), everything)
	require.ErrorIs(t, err, keyfile.ErrExists, "a dangling link is something too")
}

func TestOnlyTheKeysThatAreWantedAreMade(t *testing.T) {
	folder := t.TempDir()
	m := cheap(folder)
	public, err := operator.NewKeys(m, operator.Which{Identity: true})
	require.NoError(t, err)
	require.Equal(t, []string{"identity"}, files(t, folder))
	require.Equal(t, operator.Public{PeerID: public.PeerID}, public)
	_, err = operator.OpenBLSKey(m.Home, nil)
	require.ErrorIs(t, err, operator.ErrNoKey)
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, nil)
	require.ErrorIs(t, err, operator.ErrNoKey)
	all, err := operator.NewKeys(m, operator.Which{BLS: true, Submitter: true})
	require.NoError(t, err)
	require.Equal(t, public.PeerID, all.PeerID)
}

func TestAPasswordThatIsThereIsUsedAndATypedOneIsWrittenNowhere(t *testing.T) {
	folder := t.TempDir()
	m := cheap(folder)
	m.Home.KeystorePassword = private(t, "bls", "correct horse\n")
	m.Home.SubmitterPassword = private(t, "account", "battery staple\n")
	_, err := operator.NewKeys(m, everything)
	require.NoError(t, err)
	require.Equal(t, []string{"identity", "keystore.json", "submitter.json"}, files(t, folder))
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, nil)
	require.NoError(t, err)
	_, err = operator.OpenBLSKey(homeAt(folder), typed("correct horse"))
	require.NoError(t, err)

	folder = t.TempDir()
	m = cheap(folder)
	m.Ask = typed("typed")
	_, err = operator.NewKeys(m, everything)
	require.NoError(t, err)
	require.Equal(t, []string{"identity", "keystore.json", "submitter.json"}, files(t, folder))
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, nil)
	require.ErrorIs(t, err, fs.ErrNotExist, "nobody can be asked")
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, typed("typed"))
	require.NoError(t, err)
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, typed("mistyped"))
	require.ErrorIs(t, err, txmgr.ErrPassword)
}

func TestFilesThatOthersMayReadAreRefused(t *testing.T) {
	m := cheap(t.TempDir())
	_, err := operator.NewKeys(m, everything)
	require.NoError(t, err)
	for _, path := range []string{m.Home.Keystore, m.Home.Identity, m.Home.Submitter} {
		require.NoError(t, os.Chmod(path, 0o640))
		_, err := operator.ReadPublic(m.Home)
		require.ErrorIs(t, err, keyfile.ErrExposed)
		require.ErrorContains(t, err, "chmod 600 "+path)
		require.NoError(t, os.Chmod(path, 0o600))
	}
	for _, path := range []string{m.Home.KeystorePassword, m.Home.SubmitterPassword} {
		require.NoError(t, os.Chmod(path, 0o604))
	}
	_, err = operator.OpenBLSKey(m.Home, typed("not asked"))
	require.ErrorIs(t, err, keyfile.ErrExposed)
	_, err = operator.OpenAccount(m.Home.Submitter, m.Home.SubmitterPassword, typed("not asked"))
	require.ErrorIs(t, err, keyfile.ErrExposed)

	exposed := private(t, "key.hex", strings.Repeat("11", 32))
	require.NoError(t, os.Chmod(exposed, 0o644))
	for _, take := range []func(operator.Making, operator.Source) (operator.Public, error){operator.ImportBLS, operator.ImportSubmitter} {
		_, err = take(cheap(t.TempDir()), operator.Source{Path: exposed})
		require.ErrorIs(t, err, keyfile.ErrExposed)
	}
}

func TestABLSKeyIsImportedFromAKeystoreAndFromItsDigits(t *testing.T) {
	from := cheap(t.TempDir())
	want, err := operator.NewKeys(from, operator.Which{BLS: true})
	require.NoError(t, err)
	to := cheap(filepath.Join(t.TempDir(), "home"))
	got, err := operator.ImportBLS(to, operator.Source{Path: from.Home.Keystore, PasswordPath: from.Home.KeystorePassword})
	require.NoError(t, err)
	require.Equal(t, want, got)
	key, err := operator.OpenBLSKey(to.Home, nil)
	require.NoError(t, err)
	_, err = operator.ImportBLS(to, operator.Source{Path: from.Home.Keystore, PasswordPath: from.Home.KeystorePassword})
	require.ErrorIs(t, err, keyfile.ErrExists)

	for _, form := range []string{common.Bytes2Hex(key.Bytes()), hexutil.Encode(key.Bytes()) + "\n"} {
		got, err = operator.ImportBLS(cheap(t.TempDir()), operator.Source{Path: private(t, "key.hex", form)})
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err = operator.ImportBLS(cheap(t.TempDir()), operator.Source{Path: from.Home.Keystore})
	require.ErrorContains(t, err, "--password-file")
	_, err = operator.ImportBLS(cheap(t.TempDir()), operator.Source{Path: from.Home.Keystore, Ask: typed("wrong")})
	require.ErrorIs(t, err, bls.ErrPassword)
	for text, want := range map[string]error{
		"": bls.ErrLength, "hunter2": operator.ErrImport, "00": bls.ErrLength, strings.Repeat("00", 32): bls.ErrSecretKey, `{"version":3}`: bls.ErrKeystoreVersion,
	} {
		folder := t.TempDir()
		_, err = operator.ImportBLS(cheap(folder), operator.Source{Path: private(t, "key", text), Ask: typed("p")})
		require.ErrorIs(t, err, want, text)
		require.NotContains(t, err.Error(), "hunter2")
		require.Empty(t, files(t, folder))
	}
}

func TestASubmitterIsImportedFromAGethKeystoreAndFromItsDigits(t *testing.T) {
	from := cheap(t.TempDir())
	want, err := operator.NewKeys(from, operator.Which{Submitter: true})
	require.NoError(t, err)
	to := cheap(t.TempDir())
	got, err := operator.ImportSubmitter(to, operator.Source{Path: from.Home.Submitter, PasswordPath: from.Home.SubmitterPassword})
	require.NoError(t, err)
	require.Equal(t, want, got)
	_, err = operator.OpenAccount(to.Home.Submitter, to.Home.SubmitterPassword, nil)
	require.NoError(t, err)

	got, err = operator.ImportSubmitter(cheap(t.TempDir()), operator.Source{Path: private(t, "key.hex", strings.Repeat("0", 63)+"1\n")})
	require.NoError(t, err)
	require.Equal(t, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", got.Submitter.Hex())
	for _, text := range []string{"", "hunter2", strings.Repeat("00", 32), "{}"} {
		folder := t.TempDir()
		_, err = operator.ImportSubmitter(cheap(folder), operator.Source{Path: private(t, "key", text), Ask: typed("p")})
		require.ErrorIs(t, err, txmgr.ErrKeystore, text)
		require.NotContains(t, err.Error(), "hunter2")
		require.Empty(t, files(t, folder))
	}
}

func TestAnIdentityIsImported(t *testing.T) {
	from := cheap(t.TempDir())
	want, err := operator.NewKeys(from, operator.Which{Identity: true})
	require.NoError(t, err)
	got, err := operator.ImportIdentity(cheap(filepath.Join(t.TempDir(), "home")), from.Home.Identity)
	require.NoError(t, err)
	require.Equal(t, want, got)
	_, err = operator.ImportIdentity(from, from.Home.Identity)
	require.ErrorIs(t, err, keyfile.ErrExists)
	_, err = operator.ImportIdentity(cheap(t.TempDir()), private(t, "identity", "nonsense"))
	require.ErrorIs(t, err, p2p.ErrIdentity)
}

func TestKeysNeedRandomness(t *testing.T) {
	for _, which := range []operator.Which{{BLS: true}, {Identity: true}, {Submitter: true}} {
		folder := t.TempDir()
		m := cheap(folder)
		m.Random = bytes.NewReader(nil)
		_, err := operator.NewKeys(m, which)
		require.Error(t, err)
		require.Empty(t, files(t, folder))
	}
}

func FuzzImportedKeysAreAcceptedWholeOrNotAtAll(f *testing.F) {
	f.Add([]byte(strings.Repeat("11", 32)))
	f.Add([]byte(`{"version":4}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := private(t, "key", string(text))
		folder := t.TempDir()
		m := cheap(folder)
		if _, err := operator.ImportBLS(m, operator.Source{Path: path}); err != nil {
			require.Empty(t, files(t, folder))
			return
		}
		_, err := operator.OpenBLSKey(m.Home, nil)
		require.NoError(t, err)
	})
}
