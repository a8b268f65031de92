package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// exportFormat is raised when a reader of the old lines would misread new ones.
const exportFormat = 1

// Bounds of an export.
const (
	maxExportBytes = 256 << 20
	headLine       = "journal"
	endLine        = "end"
)

// head is the first line of an export.
type head struct {
	Type    string          `json:"type"`
	Format  int             `json:"format"`
	Journal json.RawMessage `json:"journal"` // meta
}

// line is a record; its type is the name of its bucket.
type line struct {
	Type   string          `json:"type"`
	Record json.RawMessage `json:"record"`
}

// end is the last line. SHA256 is of all bytes before this line.
type end struct {
	Type    string      `json:"type"`
	Records int         `json:"records"`
	SHA256  common.Hash `json:"sha256"`
}

// Export writes the contents as JSON lines: one with the identity, one a record, and one with their number and checksum. The checksum
// finds accidents, not forgers: an export is as trustworthy as the place where it was kept.
func (c Contents) Export(w io.Writer) error {
	m := newMeta(c.Identity)
	m.Retired = c.Retired
	sum := sha256.New()
	out := lineWriter{io.MultiWriter(w, sum)}
	payload, err := encode(m)
	if err == nil {
		err = out.write(head{headLine, exportFormat, payload})
	}
	for _, r := range c.Records {
		if err != nil {
			break
		}
		err = out.record(r)
	}
	if err == nil {
		err = lineWriter{w}.write(end{endLine, len(c.Records), common.Hash(sum.Sum(nil))})
	}
	if err != nil {
		return fmt.Errorf("export the journal: %w", err)
	}
	return nil
}

type lineWriter struct{ w io.Writer }

func (l lineWriter) write(value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = l.w.Write(append(text, '\n'))
	return err
}

func (l lineWriter) record(r consensus.Record) error {
	s, err := storedForm(r)
	if err != nil {
		return err
	}
	payload, err := encode(s)
	if err != nil {
		return err
	}
	return l.write(line{s.bucket(), payload})
}

// ReadExport reads what Export wrote, byte for byte. Errors: ErrExport, ErrSchema, and those of r.
func ReadExport(r io.Reader) (Contents, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxExportBytes+1))
	if err != nil {
		return Contents{}, fmt.Errorf("read the export: %w", err)
	}
	if len(data) > maxExportBytes {
		return Contents{}, fmt.Errorf("read the export: %w: more than %d bytes", ErrExport, maxExportBytes)
	}
	c, err := parseExport(data)
	if err != nil {
		return Contents{}, fmt.Errorf("read the export: %w", err)
	}
	return c, nil
}

func parseExport(data []byte) (Contents, error) {
	body, last, err := splitEnd(data)
	if err != nil {
		return Contents{}, err
	}
	if sum := common.Hash(sha256.Sum256(body)); sum != last.SHA256 {
		return Contents{}, fmt.Errorf("%w: its SHA-256 is %s, its last line says %s", ErrExport, sum.Hex(), last.SHA256.Hex())
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(body), "\n"), "\n")
	c, err := parseHead(lines[0])
	if err != nil {
		return Contents{}, fmt.Errorf("line 1: %w", err)
	}
	if len(lines)-1 != last.Records {
		return Contents{}, fmt.Errorf("%w: %d records, its last line says %d", ErrExport, len(lines)-1, last.Records)
	}
	for i, text := range lines[1:] {
		s, err := parseRecord(text)
		if err != nil {
			return Contents{}, fmt.Errorf("line %d: %w", i+2, err)
		}
		c.Records = append(c.Records, s.record())
	}
	return c, checkCanonical(c, data)
}

// checkCanonical wants the one way to write the contents: what is written otherwise was not written by Export.
func checkCanonical(c Contents, data []byte) error {
	var again bytes.Buffer
	if err := c.Export(&again); err != nil {
		return fmt.Errorf("%w: %w", ErrExport, err)
	}
	if !bytes.Equal(again.Bytes(), data) {
		return fmt.Errorf("%w: not written by journal export", ErrExport)
	}
	return nil
}

// splitEnd takes the last line off.
func splitEnd(data []byte) (body []byte, last end, err error) {
	cut := bytes.TrimSuffix(data, []byte("\n"))
	at := bytes.LastIndexByte(cut, '\n') + 1
	if err := json.Unmarshal(cut[at:], &last); err != nil || last.Type != endLine || at == 0 {
		return nil, last, fmt.Errorf("%w: its last line is missing, so it was cut off", ErrExport)
	}
	return data[:at], last, nil
}

func parseHead(text string) (Contents, error) {
	var h head
	if err := json.Unmarshal([]byte(text), &h); err != nil || h.Type != headLine {
		return Contents{}, fmt.Errorf("%w: not the first line of one", ErrExport)
	}
	if h.Format != exportFormat {
		return Contents{}, fmt.Errorf("%w: the export has format %d, this program %d", ErrSchema, h.Format, exportFormat)
	}
	m, err := decodeMeta(h.Journal)
	if err != nil {
		return Contents{}, fmt.Errorf("%w: %w", ErrExport, err)
	}
	return Contents{Identity: m.identity(), Retired: m.Retired}, nil
}

func parseRecord(text string) (stored, error) {
	var l line
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExport, err)
	}
	s, err := decodePayload(l.Type, l.Record)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExport, err)
	}
	return s, nil
}

// Merged counts what a merge found.
type Merged struct {
	Records int // in the export, without JournalOpened
	Votes   int // of them votes
}

// Merge takes in what another journal of the same key holds, all or nothing. It only ever adds to what is refused: the newest vote never becomes
// older, no vote is replaced, evidence and halts are united. An export may be older than the last vote of its key, which this program cannot see. So
// afterwards the journal is New, and its JournalOpened speaks of every round: a core asks the other members before it votes. The first vote then bounds
// it by its own reference slot, because what the key voted for before the merge was not for a later one.
//
// Errors: ErrIdentity, consensus.ErrSecondDigest (both journals voted, for different digests), ErrFull, ErrInvalid, and those of writing.
func (j *Journal) Merge(c Contents) (Merged, error) {
	if err := j.identity.check(c.Identity); err != nil {
		return Merged{}, fmt.Errorf("merge journals: %w", err)
	}
	var found Merged
	err := j.update(func(t transaction) error {
		t.merging = true
		for _, r := range c.Records {
			switch r.(type) {
			case consensus.JournalOpened:
				continue
			case consensus.VoteRecord:
				found.Votes++
			}
			found.Records++
			s, err := storedForm(r)
			if err != nil {
				return err
			}
			if err := t.put(s); err != nil {
				return err
			}
		}
		if err := t.write(opened{unbounded}); err != nil {
			return err
		}
		return t.prune(j.keep)
	})
	if err != nil {
		return Merged{}, fmt.Errorf("merge journals: %w", err)
	}
	return found, nil
}

// unbounded is the reference slot of JournalOpened after a merge, until the first vote.
const unbounded = consensus.EveryRound

// bound ends what unbounded began.
func (t transaction) bound(v vote) error {
	existing, found, err := get(t, opened{})
	if err != nil || !found || existing.RefSlot != unbounded {
		return err
	}
	return t.write(opened{v.RefSlot})
}
