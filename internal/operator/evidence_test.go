package operator_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/report"
)

func evidenceDomain() report.Domain {
	return report.Domain{ChainID: big.NewInt(1337), Oracle: common.Address{0xaa}}
}

func evidenceKey(t testing.TB, seed byte) *bls.SecretKey {
	t.Helper()
	key, err := bls.NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)))
	require.NoError(t, err)
	return key
}

func sampleEvidence(t testing.TB) operator.Evidence {
	t.Helper()
	key, d := evidenceKey(t, 3), evidenceDomain()
	e := operator.Evidence{Committee: common.Hash{9}, RefSlot: 12_345, Key: key.PublicKey(), DigestA: common.Hash{1}, DigestB: common.Hash{2}}
	e.SignatureA = key.Sign(d.VoteMessage(e.Committee, e.RefSlot, e.DigestA))
	e.SignatureB = key.Sign(d.VoteMessage(e.Committee, e.RefSlot, e.DigestB))
	return e
}

func TestEvidenceOfAJournalHoldsAndSurvivesAFile(t *testing.T) {
	e := sampleEvidence(t)
	path := filepath.Join(t.TempDir(), "journal.db")
	identity, err := journal.NewIdentity(evidenceDomain(), consensus.Key(evidenceKey(t, 4).PublicKey().Bytes()))
	require.NoError(t, err)
	j, err := journal.Open(journal.Options{Path: path, Identity: identity})
	require.NoError(t, err)
	require.NoError(t, j.Append(consensus.JournalOpened{RefSlot: 1}, consensus.EvidenceRecord{Evidence: consensus.Evidence{
		Round: consensus.Round{Committee: e.Committee, RefSlot: e.RefSlot}, Member: 2, Key: consensus.Key(e.Key.Bytes()), DigestA: e.DigestA, DigestB: e.DigestB,
		SignatureA: consensus.Signature(e.SignatureA.Bytes()), SignatureB: consensus.Signature(e.SignatureB.Bytes()),
	}}))
	require.NoError(t, j.Close())

	kept, err := operator.JournalEvidence(path)
	require.NoError(t, err)
	require.Len(t, kept, 1)
	require.NoError(t, kept[0].Verify(evidenceDomain()))
	require.Equal(t, operator.MemberID(e.Key), kept[0].MemberID())

	text, err := json.Marshal(kept[0])
	require.NoError(t, err)
	again, err := operator.ParseEvidence(append(append(text, '\n'), text...))
	require.NoError(t, err)
	require.Len(t, again, 2)
	list, err := json.Marshal(again)
	require.NoError(t, err)
	again, err = operator.ParseEvidence(list)
	require.NoError(t, err)
	require.NoError(t, again[1].Verify(evidenceDomain()))
}

func TestWhatProvesNothingIsNoEvidence(t *testing.T) {
	for name, change := range map[string]func(*operator.Evidence){
		"the same report twice":  func(e *operator.Evidence) { e.DigestB, e.SignatureB = e.DigestA, e.SignatureA },
		"another round":          func(e *operator.Evidence) { e.RefSlot++ },
		"another committee":      func(e *operator.Evidence) { e.Committee[0]++ },
		"another key":            func(e *operator.Evidence) { e.Key = evidenceKey(t, 9).PublicKey() },
		"signatures swapped":     func(e *operator.Evidence) { e.SignatureA, e.SignatureB = e.SignatureB, e.SignatureA },
		"a digest nobody signed": func(e *operator.Evidence) { e.DigestB[31]++ },
	} {
		e := sampleEvidence(t)
		change(&e)
		require.ErrorIs(t, e.Verify(evidenceDomain()), operator.ErrEvidence, name)
	}
	other := evidenceDomain()
	other.Oracle[0]++
	require.ErrorIs(t, sampleEvidence(t).Verify(other), operator.ErrEvidence, "votes for another oracle")
	for _, bad := range []string{"[", "[]x", `{"x":1}`, `{"refSlot":"-1"}`, `{"refSlot":"1","key":"0x00"}`, "null"} {
		_, err := operator.ParseEvidence([]byte(bad))
		require.ErrorIs(t, err, operator.ErrEvidence, bad)
	}
	_, err := operator.ParseEvidence(make([]byte, operator.MaxEvidenceBytes+1))
	require.ErrorIs(t, err, operator.ErrEvidence)
}

// FuzzParseEvidence: what is read is written and read again as it was.
func FuzzParseEvidence(f *testing.F) {
	text, err := json.Marshal(sampleEvidence(f))
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte("[]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := operator.ParseEvidence(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(all)
		require.NoError(t, err)
		back, err := operator.ParseEvidence(again)
		require.NoError(t, err)
		require.Equal(t, len(all), len(back))
	})
}
