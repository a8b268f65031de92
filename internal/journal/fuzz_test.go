package journal

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// FuzzDecodeRecord: what decodes is what its record encodes to, and nothing else of the same meaning does.
func FuzzDecodeRecord(f *testing.F) {
	for i, r := range everyKind() {
		form, err := storedForm(r)
		require.NoError(f, err)
		payload, err := encode(form)
		require.NoError(f, err)
		f.Add(uint8(i), payload)
		f.Add(uint8(i), bytes.ToUpper(payload))
	}
	f.Add(uint8(0), []byte(`{}`))
	f.Fuzz(func(t *testing.T, kind uint8, payload []byte) {
		bucket := recordBuckets()[int(kind)%len(recordBuckets())]
		s, err := decodePayload(bucket, payload)
		if err != nil {
			require.ErrorIs(t, err, ErrInvalid)
			return
		}
		require.Equal(t, bucket, s.bucket())
		form, err := storedForm(s.record())
		require.NoError(t, err)
		again, err := encode(form)
		require.NoError(t, err)
		require.Equal(t, payload, again)
		_, err = decodeRecord(bucket, s.key(), seal(bucket, s.key(), payload))
		require.NoError(t, err)
	})
}

// FuzzUnseal: no bytes of a file pass for a record by themselves.
func FuzzUnseal(f *testing.F) {
	f.Add([]byte("k"), []byte("12345678payload"))
	f.Add([]byte{}, seal(votesBucket, nil, []byte("{}")))
	f.Fuzz(func(t *testing.T, key, value []byte) {
		payload, err := unseal(votesBucket, key, value)
		if err != nil {
			require.ErrorIs(t, err, ErrCorrupt)
			return
		}
		require.Equal(t, value, seal(votesBucket, key, payload))
	})
}

// FuzzImport: whatever passes for an export, merging it takes no protection away.
func FuzzImport(f *testing.F) {
	text := func(records ...consensus.Record) []byte {
		var out bytes.Buffer
		require.NoError(f, Contents{Identity: sampleIdentity(), Records: records}.Export(&out))
		return bytes.SplitAfter(out.Bytes(), []byte("\n"))[1]
	}
	f.Add(text(everyKind()[0]))
	f.Add(text(voteFor(roundAt(1, 100), 8)))
	f.Add(append(text(voteFor(roundAt(1, 3), 8)), text(voteFor(roundAt(1, 200), 8))...))
	f.Add(append(text(voteFor(roundAt(1, 100), 7)), text(haltIn(roundAt(1, 100), 8))...))
	var head bytes.Buffer
	require.NoError(f, Contents{Identity: sampleIdentity()}.Export(&head))
	first := string(bytes.TrimSuffix(bytes.SplitAfter(head.Bytes(), []byte("\n"))[0], []byte("\n")))

	j, err := Open(optionsAt(filepath.Join(f.TempDir(), "journal.db")))
	require.NoError(f, err)
	f.Cleanup(func() { require.NoError(f, j.Close()) })
	j.file.db.NoSync = true // thousands of transactions; nothing here crashes
	existing := voteFor(roundAt(1, 100), 7)
	require.NoError(f, j.Append(consensus.JournalOpened{}, existing))
	f.Fuzz(func(t *testing.T, body []byte) {
		lines := []string{first}
		for line := range bytes.SplitSeq(bytes.TrimSuffix(body, []byte("\n")), []byte("\n")) {
			lines = append(lines, string(line))
		}
		c, err := ReadExport(bytes.NewReader([]byte(resealed(lines...))))
		if err != nil {
			return
		}
		before, err := j.Contents()
		require.NoError(t, err)
		_, err = j.Merge(c)
		after, readErr := j.Contents()
		require.NoError(t, readErr)
		if err != nil {
			require.Equal(t, before, after)
			return
		}
		was, _ := before.NewestVote()
		is, voted := after.NewestVote()
		require.True(t, voted)
		require.GreaterOrEqual(t, is, was)
		require.Error(t, j.Append(voteFor(roundAt(1, 100), 8)))
	})
}
