package journal

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Buckets of the file. The names are part of the schema, and kinds of an export.
const (
	metaBucket         = "meta"
	openedBucket       = "opened"
	votesBucket        = "vote"
	certificatesBucket = "certificate"
	submissionsBucket  = "submission"
	evidenceBucket     = "evidence"
	haltsBucket        = "halt"
)

// recordBuckets are the buckets of records, in the order of Records and of an export.
func recordBuckets() []string {
	return []string{openedBucket, votesBucket, certificatesBucket, submissionsBucket, evidenceBucket, haltsBucket}
}

// transaction is one transaction of the file, with what the rules need.
type transaction struct {
	tx      *bolt.Tx
	merging bool // records come from an export of the same key: history may be filled in, and a journal may be without JournalOpened
}

// put checks and writes one record.
func (t transaction) put(s stored) error {
	if err := s.validate(); err != nil {
		return err
	}
	if _, opens := s.(opened); !opens && !t.merging && !t.has(opened{}) {
		return fmt.Errorf("write a %s: %w", s.bucket(), consensus.ErrNotOpened)
	}
	write, err := s.admit(t)
	if err != nil || !write {
		return err
	}
	return t.write(s)
}

func (t transaction) write(s stored) error {
	payload, err := encode(s)
	if err != nil {
		return err
	}
	return t.set(s.bucket(), s.key(), payload)
}

func (t transaction) has(s stored) bool {
	return t.tx.Bucket([]byte(s.bucket())).Get(s.key()) != nil
}

// get is the record that stands where s would.
func get[T stored](t transaction, s T) (existing T, found bool, err error) {
	value := t.tx.Bucket([]byte(s.bucket())).Get(s.key())
	if value == nil {
		return existing, false, nil
	}
	payload, err := unseal(s.bucket(), s.key(), value)
	if err != nil {
		return existing, false, err
	}
	if existing, err = decode[T](payload); err != nil {
		return existing, false, fmt.Errorf("%w: a %s: %w", ErrCorrupt, s.bucket(), err)
	}
	return existing, true, nil
}

// records are all that stand, in the order of recordBuckets and in it by key.
func (t transaction) records() ([]stored, error) {
	var all []stored
	for _, bucket := range recordBuckets() {
		err := t.tx.Bucket([]byte(bucket)).ForEach(func(key, value []byte) error {
			s, err := decodeRecord(bucket, key, value)
			all = append(all, s)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// reopen raises JournalOpened to the newest halt: up to it, votes exist that are not here.
func (t transaction) reopen() error {
	halted, found := t.newest(haltsBucket)
	existing, _, err := get(t, opened{})
	if err != nil || !found || existing.RefSlot >= halted {
		return err
	}
	return t.write(opened{halted})
}

// newest is the greatest reference slot in a bucket that sorts by it.
func (t transaction) newest(bucket string) (refSlot uint64, found bool) {
	k, _ := t.tx.Bucket([]byte(bucket)).Cursor().Last()
	if k == nil {
		return 0, false
	}
	return slotOf(k), true
}

// prune keeps the newest keep reference slots of each bucket that sorts by them. Evidence and halts are not pruned, and the newest vote always
// stays: it is what keeps older rounds out.
func (t transaction) prune(keep int) error {
	for _, bucket := range []string{votesBucket, certificatesBucket, submissionsBucket} {
		if err := t.pruneBucket(bucket, keep); err != nil {
			return fmt.Errorf("prune: %w", err)
		}
	}
	return nil
}

func (t transaction) pruneBucket(bucket string, keep int) error {
	c := t.tx.Bucket([]byte(bucket)).Cursor()
	k, _ := c.Last()
	for slots := 0; k != nil && slots < keep; slots++ {
		c.Seek(slotKey(slotOf(k))) // the first of this slot; before it stands the slot before
		k, _ = c.Prev()
	}
	var old [][]byte // deleting moves cursors
	for ; k != nil; k, _ = c.Prev() {
		old = append(old, bytes.Clone(k))
	}
	for _, k := range old {
		if err := t.remove(bucket, k); err != nil {
			return err
		}
	}
	return nil
}

// decodeRecord reads what stands under key in a bucket of records. Errors: ErrCorrupt.
func decodeRecord(bucket string, key, value []byte) (stored, error) {
	payload, err := unseal(bucket, key, value)
	if err != nil {
		return nil, err
	}
	s, err := decodePayload(bucket, payload)
	if err != nil {
		return nil, fmt.Errorf("%w: record %x of %s: %w", ErrCorrupt, key, bucket, err)
	}
	if !bytes.Equal(s.key(), key) {
		return nil, fmt.Errorf("%w: record %x of %s stands at the wrong place", ErrCorrupt, key, bucket)
	}
	return s, nil
}

// decodePayload reads the JSON of a record of that kind. Errors: ErrInvalid.
func decodePayload(bucket string, payload []byte) (s stored, err error) {
	switch bucket {
	case openedBucket:
		return decode[opened](payload)
	case votesBucket:
		return decode[vote](payload)
	case certificatesBucket:
		return decode[certificate](payload)
	case submissionsBucket:
		return decode[submission](payload)
	case evidenceBucket:
		return decode[evidence](payload)
	case haltsBucket:
		return decode[halt](payload)
	}
	return nil, fmt.Errorf("%w: unknown kind %q", ErrInvalid, bucket)
}

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
	existing, found, err := get(t, v)
	if err != nil {
		return false, err
	}
	newest, voted := t.newest(votesBucket)
	switch {
	case !t.merging && voted && v.RefSlot < newest:
		return false, fmt.Errorf("%w: %v, while the newest vote is for %d", consensus.ErrOlderRound, v.named(), newest)
	case found && existing.Digest != v.Digest:
		return false, fmt.Errorf("%w: %v: recorded is %s, refused is %s", consensus.ErrSecondDigest, v.named(), existing.Digest.Hex(), v.Digest.Hex())
	case found:
		return true, t.check(existing.Report == v.Report, "%v: one digest for two reports", v.named())
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
