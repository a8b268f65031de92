package journal

import (
	"bytes"
	"fmt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Bounds of what is kept. Peers cannot reach them: each record of these kinds needs changes on chain, a quorum's signatures, or a member's own.
const (
	// MaxVotesPerSlot bounds the committees of one reference slot.
	MaxVotesPerSlot = 1024
	// MaxDigestsPerRound bounds certificates and submissions of one round. Even two need more faulty members than the protocol bears.
	MaxDigestsPerRound = 16
	// MaxEvidencePerKey bounds what is kept against one key: the first ones stay for ever, and later ones prove nothing more.
	MaxEvidencePerKey = 64
	// MaxEvidenceKeys bounds the keys with evidence.
	MaxEvidenceKeys = 4096
	// MaxHalts bounds the halts: the first one stops the node.
	MaxHalts = 16
)

func (o opened) admit(t transaction) (bool, error) { return !t.has(o), nil }

// admit is the promise: one digest a round, and no round older than the newest. A vote that stands is written again, so that success always
// means that it is on the disk: what a process reads after a crash may be in the page cache only.
func (v vote) admit(t transaction) (bool, error) {
	standing, found, err := get(t, v)
	if err != nil {
		return false, err
	}
	newest, voted := t.newest(votesBucket)
	switch {
	case !t.merging && voted && v.RefSlot < newest:
		return false, fmt.Errorf("%w: %v, while the newest vote is for %d", consensus.ErrOlderRound, v.named(), newest)
	case found && standing.Digest != v.Digest:
		return false, fmt.Errorf("%w: %v: recorded is %s, refused is %s", consensus.ErrSecondDigest, v.named(), standing.Digest.Hex(), v.Digest.Hex())
	case found:
		return true, t.check(standing.Report == v.Report, "%v: one digest for two reports", v.named())
	case t.count(votesBucket, slotKey(v.RefSlot), MaxVotesPerSlot) == MaxVotesPerSlot:
		return false, fmt.Errorf("%w: %d votes at reference slot %d", ErrFull, MaxVotesPerSlot, v.RefSlot)
	}
	return true, nil
}

func (c certificate) admit(t transaction) (bool, error) { return t.admitDigest(c, c.round) }
func (s submission) admit(t transaction) (bool, error)  { return t.admitDigest(s, s.round) }

func (t transaction) admitDigest(s stored, r round) (bool, error) {
	if t.has(s) {
		return false, nil
	}
	if t.count(s.bucket(), r.key(), MaxDigestsPerRound) == MaxDigestsPerRound {
		return false, fmt.Errorf("%w: a %s for each of %d digests of %v", ErrFull, s.bucket(), MaxDigestsPerRound, r.named())
	}
	return true, nil
}

func (e evidence) admit(t transaction) (bool, error) {
	if t.has(e) {
		return false, nil
	}
	switch kept := t.count(evidenceBucket, e.Key[:], MaxEvidencePerKey); {
	case kept == MaxEvidencePerKey:
		return false, nil
	case kept == 0 && t.evidenceKeys() >= MaxEvidenceKeys:
		return false, fmt.Errorf("%w: evidence against %d keys", ErrFull, MaxEvidenceKeys)
	}
	return true, nil
}

func (h halt) admit(t transaction) (bool, error) {
	return !t.has(h) && t.count(haltsBucket, nil, MaxHalts) < MaxHalts, nil
}

func (t transaction) check(holds bool, format string, a ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, a...))
}

// count is how many records have keys with the prefix, at most limit.
func (t transaction) count(bucket string, prefix []byte, limit int) int {
	n := 0
	c := t.tx.Bucket([]byte(bucket)).Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix) && n < limit; k, _ = c.Next() {
		n++
	}
	return n
}

// evidenceKeys is how many keys there is evidence against.
func (t transaction) evidenceKeys() int {
	n := 0
	c := t.tx.Bucket([]byte(evidenceBucket)).Cursor()
	beyond := bytes.Repeat([]byte{0xff}, roundLength+1) // sorts behind every round of a key
	for k, _ := c.First(); k != nil; k, _ = c.Seek(append(bytes.Clone(k[:len(hexKey{})]), beyond...)) {
		n++
	}
	return n
}
