package journal

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func TestASecondDigestForARoundIsRefused(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	before := recordsOf(t, j)
	err := j.Append(voteFor(roundAt(1, 100), 8))
	require.ErrorIs(t, err, consensus.ErrSecondDigest)
	require.ErrorContains(t, err, common.Hash{7}.Hex(), "the recorded digest is named")
	require.Equal(t, before, recordsOf(t, j))
}

func TestARoundOlderThanTheNewestVoteIsRefused(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	for _, r := range []consensus.Round{roundAt(1, 99), roundAt(2, 99), roundAt(1, 0)} {
		require.ErrorIs(t, j.Append(voteFor(r, 7)), consensus.ErrOlderRound)
	}
	require.NoError(t, j.Append(voteFor(roundAt(1, 101), 7)))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), consensus.ErrOlderRound, "even the recorded vote: its round is over")
}

func TestTheSameVoteAgainIsNoChange(t *testing.T) {
	j := openedJournal(t)
	for range 3 {
		require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	}
	require.Len(t, recordsOf(t, j), 2)
	other := voteFor(roundAt(1, 100), 7)
	other.Report.Validators++
	require.ErrorIs(t, j.Append(other), ErrInvalid, "one digest cannot belong to two reports")
}

func TestAChangedCommitteeIsAnotherRoundOfTheSameSlot(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	require.NoError(t, j.Append(voteFor(roundAt(2, 100), 8)))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest, "the first committee's round is bound for ever")
	require.ErrorIs(t, j.Append(voteFor(roundAt(2, 100), 7)), consensus.ErrSecondDigest)
}

func TestRecordsOfOneAppendAreWrittenTogetherOrNotAtAll(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	before := recordsOf(t, j)
	require.ErrorIs(t, j.Append(certificateFor(roundAt(1, 100), 7), evidenceAgainst(1, roundAt(1, 100)), voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest)
	require.Equal(t, before, recordsOf(t, j))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 200), 1), voteFor(roundAt(1, 200), 2)), consensus.ErrSecondDigest, "within one call as well")
	require.Equal(t, before, recordsOf(t, j))
	require.NoError(t, j.Append(voteFor(roundAt(1, 101), 8)), "a refusal leaves the journal usable")
}

func TestEveryKindOfRecordComesBackAfterOpening(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	require.NoError(t, j.Close())
	j = reopen(t, optionsAt(path))
	require.Equal(t, everyKind(), recordsOf(t, j))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 99), 7)), consensus.ErrOlderRound)
}

func TestWhatStandsIsNotReplaced(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(everyKind()[1:]...))
	before := recordsOf(t, j)
	later := certificateFor(roundAt(1, 100), 7)
	later.SeenAt++
	later.Certificate.Signers = consensus.Bitmap{0b1111}
	other := evidenceAgainst(3, roundAt(1, 100))
	other.Evidence.DigestB = common.Hash{9}
	require.NoError(t, j.Append(consensus.JournalOpened{RefSlot: 500}, later, other, submissionFor(roundAt(1, 100), 7), haltIn(roundAt(1, 100), 8)))
	require.Equal(t, before, recordsOf(t, j))
}

func TestAllDifferentCertificatesOfARoundAreKept(t *testing.T) {
	j := openedJournal(t)
	for digest := byte(1); digest <= MaxDigestsPerRound; digest++ {
		require.NoError(t, j.Append(certificateFor(roundAt(1, 100), digest)))
	}
	require.Len(t, recordsOf(t, j), 1+MaxDigestsPerRound)
	require.ErrorIs(t, j.Append(certificateFor(roundAt(1, 100), MaxDigestsPerRound+1)), ErrFull)
	require.NoError(t, j.Append(certificateFor(roundAt(1, 100), 1)), "the same again")
	require.NoError(t, j.Append(certificateFor(roundAt(2, 100), 1)), "another round")
}

func TestNothingIsWrittenBeforeTheJournalWasOpened(t *testing.T) {
	j := reopen(t, optionsAt(samplePath(t)))
	for _, r := range everyKind()[1:] {
		require.ErrorIs(t, j.Append(r), consensus.ErrNotOpened)
	}
	isNew, err := j.New()
	require.NoError(t, err)
	require.True(t, isNew)
	require.NoError(t, j.Append(everyKind()...), "the first record of one call opens for the others")
	isNew, err = j.New()
	require.NoError(t, err)
	require.False(t, isNew)
}

func TestImpossibleRecordsAreRefused(t *testing.T) {
	j := openedJournal(t)
	wrongVote := voteFor(roundAt(1, 100), 7)
	wrongVote.Report.RefSlot++
	wrongCertificate := certificateFor(roundAt(1, 100), 7)
	wrongCertificate.Certificate.Report.Committee = common.Hash{9}
	noSigners, manySigners := certificateFor(roundAt(1, 100), 7), certificateFor(roundAt(1, 100), 7)
	noSigners.Certificate.Signers = nil
	manySigners.Certificate.Signers = make(consensus.Bitmap, consensus.MaxMembers/8+1)
	oneDigest := evidenceAgainst(1, roundAt(1, 100))
	oneDigest.Evidence.DigestB = oneDigest.Evidence.DigestA
	for _, r := range []consensus.Record{wrongVote, wrongCertificate, noSigners, manySigners, oneDigest, nil} {
		require.ErrorIs(t, j.Append(r), ErrInvalid)
	}
	require.Len(t, recordsOf(t, j), 1)
}

func TestAHaltStaysUntilItIsRemoved(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	for digest := byte(0); digest < 2*MaxHalts; digest++ {
		require.NoError(t, j.Append(haltIn(roundAt(1, 100), digest)), "one too many does not stop the node from writing")
	}
	require.NoError(t, j.Close())
	j = reopen(t, optionsAt(path))
	require.Len(t, recordsOf(t, j), len(everyKind())-1+MaxHalts)
	require.NoError(t, j.RemoveHalt())
	require.Equal(t, everyKind()[1:5], recordsOf(t, j)[1:], "nothing else is removed")
}

func TestARetiredJournalNeverVotesAgain(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	require.NoError(t, j.Retire())
	require.NoError(t, j.Close())
	j = reopen(t, optionsAt(path))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 200), 1)), ErrRetired)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), ErrRetired, "not even the recorded one")
	require.NoError(t, j.Append(evidenceAgainst(5, roundAt(1, 200))))
}

func TestAClosedJournalSaysSo(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Close())
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), ErrClosed)
	_, err := j.Records()
	require.ErrorIs(t, err, ErrClosed)
	require.NoError(t, j.Close())
}

func TestAResumedJournalRemembersUpToWhichRoundItsKeyMayHaveVotedElsewhere(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(haltIn(roundAt(1, 100), 8), haltIn(roundAt(2, 70), 8)))
	require.NoError(t, j.RemoveHalt())
	require.Equal(t, []consensus.Record{consensus.JournalOpened{RefSlot: 100}}, recordsOf(t, j), "up to and with it, a core asks the others")

	require.NoError(t, j.Append(haltIn(roundAt(1, 90), 8)))
	require.NoError(t, j.RemoveHalt())
	require.Equal(t, []consensus.Record{consensus.JournalOpened{RefSlot: 100}}, recordsOf(t, j), "it never becomes older")
}
