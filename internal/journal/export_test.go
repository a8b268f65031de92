package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func exported(t testing.TB, j *Journal) string {
	t.Helper()
	c, err := j.Contents()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, c.Export(&out))
	return out.String()
}

func parsed(t testing.TB, text string) Contents {
	t.Helper()
	c, err := ReadExport(strings.NewReader(text))
	require.NoError(t, err)
	return c
}

// resealed gives changed lines a valid last line.
func resealed(lines ...string) string {
	body := strings.Join(lines, "\n") + "\n"
	return body + fmt.Sprintf(`{"type":"end","records":%d,"sha256":"0x%x"}`+"\n", len(lines)-1, sha256.Sum256([]byte(body)))
}

func TestAnExportHoldsEverything(t *testing.T) {
	j := reopen(t, optionsAt(samplePath(t)))
	require.NoError(t, j.Append(everyKind()...))
	require.Equal(t, Contents{Identity: sampleIdentity(), Records: everyKind()}, parsed(t, exported(t, j)))
	require.NoError(t, j.Retire())
	require.True(t, parsed(t, exported(t, j)).Retired)
}

func TestAChangedExportIsRefused(t *testing.T) {
	j := reopen(t, optionsAt(samplePath(t)))
	require.NoError(t, j.Append(everyKind()...))
	text := exported(t, j)
	for at := range len(text) {
		changed := []byte(text)
		changed[at] ^= 1
		_, err := ReadExport(bytes.NewReader(changed))
		require.ErrorIs(t, err, ErrExport, "byte %d", at)
		_, err = ReadExport(strings.NewReader(text[:at]))
		require.ErrorIs(t, err, ErrExport, "cut off at %d", at)
	}
	_, err := ReadExport(strings.NewReader(text + text))
	require.ErrorIs(t, err, ErrExport)
}

func TestExportsThatNobodyWroteAreRefusedByLine(t *testing.T) {
	j := reopen(t, optionsAt(samplePath(t)))
	require.NoError(t, j.Append(everyKind()...))
	lines := strings.Split(strings.TrimSuffix(exported(t, j), "\n"), "\n")
	lines = lines[:len(lines)-1]
	require.Equal(t, exported(t, j), resealed(lines...), "resealing itself changes nothing")
	for _, c := range []struct {
		name     string
		at       int
		old, new string
		want     string
	}{
		{"other format", 0, `"format":1`, `"format":2`, "line 1: the journal has another schema"},
		{"other schema", 0, `"schema":1`, `"schema":2`, "line 1: not an intact journal export"},
		{"no head", 0, `"type":"journal"`, `"type":"x"`, "line 1"},
		{"unknown kind", 2, `"type":"vote"`, `"type":"boat"`, `line 3: not an intact journal export: take it again from its source: invalid record: unknown kind "boat"`},
		{"unknown member", 2, `"digest"`, `"x":1,"digest"`, "line 3"},
		{"capital digits", 2, `"committee":"0x01`, `"committee":"0X01`, "line 3"},
		{"a number for a string", 2, `"refSlot":"100"`, `"refSlot":100`, "line 3"},
		{"another report", 2, `"refSlot":"100"`, `"refSlot":"101"`, "line 3"},
		{"a line that is none", 3, `{"type"`, `"type"`, "line 4"},
		{"spaces", 2, `{"type":"vote"`, `{ "type":"vote"`, "not written by journal export"},
		{"one digest as evidence", 5, `"digestB":"0x02`, `"digestB":"0x01`, "two digests"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := append([]string{}, lines...)
			changed[c.at] = strings.Replace(changed[c.at], c.old, c.new, 1)
			require.NotEqual(t, lines[c.at], changed[c.at])
			_, err := ReadExport(strings.NewReader(resealed(changed...)))
			require.Error(t, err)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := ReadExport(strings.NewReader(strings.Replace(resealed(lines...), `"records":6`, `"records":7`, 1)))
	require.ErrorIs(t, err, ErrExport)
}

func TestAFailingReaderOrWriterIsReported(t *testing.T) {
	broken := errors.New("device gone")
	_, err := ReadExport(brokenFile{broken})
	require.ErrorIs(t, err, broken)
	require.NotErrorIs(t, err, ErrExport)
	require.ErrorIs(t, Contents{Identity: sampleIdentity(), Records: everyKind()}.Export(brokenFile{broken}), broken)
}

type brokenFile struct{ err error }

func (b brokenFile) Read([]byte) (int, error)  { return 0, b.err }
func (b brokenFile) Write([]byte) (int, error) { return 0, b.err }

func TestMergingIntoANewJournalBringsTheProtectionAlong(t *testing.T) {
	source := reopen(t, optionsAt(samplePath(t)))
	require.NoError(t, source.Append(everyKind()...))
	target := reopen(t, optionsAt(samplePath(t)))
	found, err := target.Merge(parsed(t, exported(t, source)))
	require.NoError(t, err)
	require.Equal(t, Merged{Records: 5, Votes: 1}, found)
	require.Equal(t, everyKind()[1:], recordsOf(t, target)[1:])
	require.Equal(t, consensus.JournalOpened{RefSlot: math.MaxUint64}, recordsOf(t, target)[0], "others are asked first, whatever the round")
	isNew, err := target.New()
	require.NoError(t, err)
	require.True(t, isNew, "an export may be older than the key's last vote")
	require.ErrorIs(t, target.Append(voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest)
	require.ErrorIs(t, target.Append(voteFor(roundAt(1, 99), 7)), consensus.ErrOlderRound)
	require.NoError(t, target.Append(voteFor(roundAt(1, 200), 7), certificateFor(roundAt(1, 201), 7)))
	require.Equal(t, consensus.JournalOpened{RefSlot: 200}, recordsOf(t, target)[0], "the first vote bounds it")
	require.NoError(t, target.Append(voteFor(roundAt(1, 300), 7)))
	require.Equal(t, consensus.JournalOpened{RefSlot: 200}, recordsOf(t, target)[0])
	isNew, err = target.New()
	require.NoError(t, err)
	require.False(t, isNew)
}

func TestMergingNeverLowersTheNewestVote(t *testing.T) {
	old := openedJournal(t)
	require.NoError(t, old.Append(voteFor(roundAt(1, 50), 7), certificateFor(roundAt(1, 50), 7)))
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	_, err := j.Merge(parsed(t, exported(t, old)))
	require.NoError(t, err)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 99), 7)), consensus.ErrOlderRound)
	require.Contains(t, recordsOf(t, j), consensus.Record(voteFor(roundAt(1, 50), 7)), "its history is kept")
}

func TestMergingNeverReplacesAVote(t *testing.T) {
	other := openedJournal(t)
	require.NoError(t, other.Append(voteFor(roundAt(1, 99), 1), voteFor(roundAt(1, 100), 8), voteFor(roundAt(1, 101), 8)))
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	before := recordsOf(t, j)
	_, err := j.Merge(parsed(t, exported(t, other)))
	require.ErrorIs(t, err, consensus.ErrSecondDigest)
	require.Equal(t, before, recordsOf(t, j), "nothing of such an export is taken in")
}

func TestMergingTwoExportsInEitherOrderIsTheSame(t *testing.T) {
	a, b := openedJournal(t), openedJournal(t)
	require.NoError(t, a.Append(voteFor(roundAt(1, 100), 7), evidenceAgainst(1, roundAt(1, 100)), haltIn(roundAt(1, 3), 3)))
	require.NoError(t, b.Append(voteFor(roundAt(1, 99), 7), voteFor(roundAt(2, 100), 8), voteFor(roundAt(1, 103), 1), certificateFor(roundAt(1, 100), 7)))
	merge := func(texts ...string) string {
		j := reopen(t, optionsAt(samplePath(t)))
		for _, text := range texts {
			_, err := j.Merge(parsed(t, text))
			require.NoError(t, err)
		}
		return exported(t, j)
	}
	ab := merge(exported(t, a), exported(t, b))
	require.Equal(t, ab, merge(exported(t, b), exported(t, a)))
	require.Equal(t, ab, merge(exported(t, b), exported(t, a), exported(t, b), ab), "and merging again changes nothing")
}

func TestAnotherKeysExportIsRefused(t *testing.T) {
	o := optionsAt(samplePath(t))
	o.Identity.Key[0]++
	other := reopen(t, o)
	j := openedJournal(t)
	_, err := j.Merge(parsed(t, exported(t, other)))
	require.ErrorIs(t, err, ErrIdentity)
	isNew, err := j.New()
	require.NoError(t, err)
	require.False(t, isNew, "a refused export leaves no trace")
}

func TestARetiredJournalStaysRetiredAndItsExportIsNot(t *testing.T) {
	source := openedJournal(t)
	require.NoError(t, source.Append(voteFor(roundAt(1, 100), 7)))
	require.NoError(t, source.Retire())
	text := exported(t, source)
	_, err := source.Merge(parsed(t, text))
	require.NoError(t, err)
	require.ErrorIs(t, source.Append(voteFor(roundAt(1, 101), 7)), ErrRetired)
	target := reopen(t, optionsAt(samplePath(t)))
	_, err = target.Merge(parsed(t, text))
	require.NoError(t, err)
	require.NoError(t, target.Append(voteFor(roundAt(1, 101), 7)))
}

func TestEntriesAreTheRecordsForPeople(t *testing.T) {
	slot, committee, digest := uint64(100), common.Hash{1}, common.Hash{7}
	require.Equal(t, []Entry{
		{Kind: KindVote, RefSlot: slot, Committee: committee, Digest: digest},
		{Kind: KindCertificate, RefSlot: slot, Committee: committee, Digest: digest, Signers: 3},
		{Kind: KindSubmission, RefSlot: slot, Committee: committee, Digest: digest},
		{Kind: KindEvidence, RefSlot: slot, Committee: committee, Digest: common.Hash{1}, Other: common.Hash{2}, Member: 3, Key: consensus.Key{0x99, 0, 3}},
		{Kind: KindHalt, RefSlot: slot, Committee: committee, Digest: common.Hash{8}},
	}, Contents{Records: everyKind()}.Entries())
}
