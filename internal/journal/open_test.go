package journal

import (
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

func TestAJournalIsCreatedForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "journal.db")
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	for _, c := range []struct {
		path string
		want os.FileMode
	}{{path, 0o600}, {filepath.Dir(path), 0o700}, {filepath.Dir(filepath.Dir(path)), 0o700}} {
		info, err := os.Stat(c.path)
		require.NoError(t, err)
		require.Equal(t, c.want, info.Mode().Perm(), c.path)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no draft is left")
}

func TestASecondOpeningIsRefusedWithTheRemedy(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	_, err := Open(optionsAt(path))
	require.ErrorIs(t, err, ErrLocked)
	require.ErrorContains(t, err, "stop the other oraclenode first")
	_, err = ReadFile(path, 0)
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, j.Close())
	reopen(t, optionsAt(path))
}

func TestOpeningWaitsForTheLockAsLongAsItIsTold(t *testing.T) {
	path := samplePath(t)
	first := reopen(t, optionsAt(path))
	require.NoError(t, first.Append(everyKind()...))
	o := optionsAt(path)
	o.LockTimeout = time.Minute
	type answer struct {
		j   *Journal
		err error
	}
	answers := make(chan answer)
	go func() {
		j, err := Open(o)
		answers <- answer{j, err}
	}()
	require.NoError(t, first.Close())
	second := <-answers
	require.NoError(t, second.err)
	defer second.j.Close()
	require.Equal(t, everyKind(), recordsOf(t, second.j))
}

func TestAFileThatOthersCanReadOrWriteIsRefused(t *testing.T) {
	path := samplePath(t)
	require.NoError(t, reopen(t, optionsAt(path)).Close())
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o602, 0o666, 0o610} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := Open(optionsAt(path))
		require.ErrorIs(t, err, ErrPermissions)
		require.ErrorContains(t, err, "chmod 600")
		_, err = ReadFile(path, 0)
		require.ErrorIs(t, err, ErrPermissions)
	}
	require.NoError(t, os.Chmod(path, 0o600))
	reopen(t, optionsAt(path))
}

func TestAJournalOfAnotherKeyOrNetworkIsRefused(t *testing.T) {
	path := samplePath(t)
	require.NoError(t, reopen(t, optionsAt(path)).Close())
	for _, change := range []func(*Identity){
		func(i *Identity) { i.ChainID++ },
		func(i *Identity) { i.Oracle[19]++ },
		func(i *Identity) { i.Key[47]++ },
	} {
		o := optionsAt(path)
		change(&o.Identity)
		_, err := Open(o)
		require.ErrorIs(t, err, ErrIdentity)
		require.ErrorContains(t, err, sampleIdentity().String(), "what it holds is named")
		require.ErrorContains(t, err, o.Identity.String(), "and what was wanted")
	}
	reopen(t, optionsAt(path))
}

func TestIdentitiesMustBeComplete(t *testing.T) {
	i := sampleIdentity()
	got, err := NewIdentity(report.Domain{ChainID: new(big.Int).SetUint64(i.ChainID), Oracle: i.Oracle}, i.Key)
	require.NoError(t, err)
	require.Equal(t, i, got)
	for _, c := range []struct {
		domain report.Domain
		key    consensus.Key
	}{
		{report.Domain{Oracle: i.Oracle}, i.Key},
		{report.Domain{ChainID: new(big.Int).Lsh(big.NewInt(1), 64), Oracle: i.Oracle}, i.Key},
		{report.Domain{ChainID: new(big.Int), Oracle: i.Oracle}, i.Key},
		{report.Domain{ChainID: big.NewInt(1)}, i.Key},
		{report.Domain{ChainID: big.NewInt(1), Oracle: i.Oracle}, consensus.Key{}},
	} {
		_, err := NewIdentity(c.domain, c.key)
		require.ErrorIs(t, err, ErrInvalid)
	}
	_, err = Open(Options{Path: samplePath(t)})
	require.ErrorIs(t, err, ErrInvalid)
	_, err = Open(Options{Path: samplePath(t), Identity: i, KeepSlots: -1})
	require.ErrorIs(t, err, ErrInvalid)
}

func TestAnotherSchemaIsRefused(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.update(func(tx transaction) error {
		return tx.set(metaBucket, metaKey, []byte(`{"schema":2,"new":true}`))
	}))
	require.NoError(t, j.Close())
	_, err := Open(optionsAt(path))
	require.ErrorIs(t, err, ErrSchema)
	require.ErrorContains(t, err, "it has 2, this program 1")
}

func TestWhatIsNoJournalIsRefused(t *testing.T) {
	directory := t.TempDir()
	empty := filepath.Join(directory, "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	text := filepath.Join(directory, "text")
	require.NoError(t, os.WriteFile(text, make([]byte, 1<<16), 0o600))
	foreign := filepath.Join(directory, "foreign")
	db, err := bolt.Open(foreign, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	for _, path := range []string{empty, text, foreign} {
		_, err := Open(optionsAt(path))
		require.ErrorIs(t, err, ErrCorrupt, path)
		_, err = ReadFile(path, 0)
		require.ErrorIs(t, err, ErrCorrupt, path)
	}
	_, err = Open(optionsAt(directory))
	require.Error(t, err)
	_, err = ReadFile(filepath.Join(directory, "absent"), 0)
	require.ErrorIs(t, err, ErrMissing)
	_, err = os.Stat(filepath.Join(directory, "absent"))
	require.ErrorIs(t, err, os.ErrNotExist, "reading creates nothing")
}

func TestAJournalThatWasMovedOrReplacedVotesNoMore(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(consensus.JournalOpened{}))
	require.NoError(t, os.Rename(path, path+".moved"))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), ErrMoved)
	other := reopen(t, optionsAt(path)) // what a second process would make
	require.NoError(t, other.Append(consensus.JournalOpened{}, voteFor(roundAt(1, 100), 8)))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), ErrMoved)
	require.NoError(t, other.Close())
	require.NoError(t, os.Rename(path+".moved", path))
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)), "put back")
}

func TestReadingAFileChangesNothing(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	require.NoError(t, j.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	c, err := ReadFile(path, 0)
	require.NoError(t, err)
	require.Equal(t, Contents{Identity: sampleIdentity(), Records: everyKind()}, c)
	newest, voted := c.NewestVote()
	require.True(t, voted)
	require.Equal(t, uint64(100), newest)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestADraftThatACrashLeftIsReplaced(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	require.NoError(t, j.Close())
	require.NoError(t, os.WriteFile(path+".rewrite", []byte("half a copy"), 0o600))
	j = reopen(t, optionsAt(path))
	require.Equal(t, everyKind(), recordsOf(t, j))
}

func TestTheKeyOfARecordIsItsPlace(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	v, err := storedForm(voteFor(roundAt(1, 100), 7))
	require.NoError(t, err)
	elsewhere := round{Committee: common.Hash{1}, RefSlot: 101}.key()
	require.NoError(t, j.update(func(tx transaction) error {
		payload, err := encode(v)
		require.NoError(t, err)
		return tx.set(votesBucket, elsewhere, payload)
	}))
	require.NoError(t, j.Close())
	_, err = Open(optionsAt(path))
	require.ErrorIs(t, err, ErrCorrupt)
	require.ErrorContains(t, err, "wrong place")
}
