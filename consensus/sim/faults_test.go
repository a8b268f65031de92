package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// ciSeeds is what CI runs; each deliberate fault is found with fewer.
const ciSeeds = 20_000

// requireFound asserts that the simulator finds the fault by the invariant, and shrinks it to a script that still fails. Seeds at which a consequence of
// the fault shows first, by another invariant, are passed over and counted.
func requireFound(t *testing.T, faulty Subject, by Invariant) {
	t.Helper()
	t.Parallel()
	others := 0
	for seed := uint64(1); seed <= ciSeeds; seed++ {
		r := Run(Generate(seed), faulty, nil)
		if r.Violation == nil {
			continue
		}
		if r.Violation.Invariant != by {
			others++
			continue
		}
		small, shrunk := Shrink(Generate(seed), faulty)
		require.NotNil(t, shrunk.Violation)
		require.Equal(t, by, shrunk.Violation.Invariant)
		t.Logf("found by seed %d of %d items, after %d seeds that found it by another invariant: %s\n%s", seed, len(small.Items), others, shrunk.Violation, small)
		return
	}
	t.Fatalf("%d seeds did not find it by %s, %d did by another invariant", ciSeeds, by, others)
}

// wrapped is a machine whose events and effects pass through functions of a fault.
type wrapped struct {
	Machine
	in  func(consensus.Event) consensus.Event // nil result: the core is not told
	out func(*consensus.Ready)
}

func (m wrapped) Step(now consensus.Instant, event consensus.Event) consensus.Ready {
	if m.in != nil {
		if event = m.in(event); event == nil {
			event = consensus.Tick{}
		}
	}
	ready := m.Machine.Step(now, event)
	if m.out != nil {
		m.out(&ready)
	}
	return ready
}

// wrapping is production with such functions, made anew for each process.
func wrapping(wrap func(consensus.Config, []consensus.Record) wrapped) Subject {
	s := Production()
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		w := wrap(config, records)
		core, err := build(config, records)
		w.Machine = core
		return w, err
	}
	return s
}

// notebook is a disk that takes everything.
type notebook struct{ records []consensus.Record }

func (d *notebook) Append(records ...consensus.Record) error {
	d.records = append(d.records, records...)
	return nil
}

func (d *notebook) Records() []consensus.Record { return d.records }

func TestAVoteThatLeavesBeforeItsRecordIsFound(t *testing.T) {
	s := Production()
	s.EffectsFirst = true
	requireFound(t, s, DurableVote)
}

func TestAFailedWriteTakenForDurableIsFound(t *testing.T) {
	s := wrapping(func(consensus.Config, []consensus.Record) wrapped {
		return wrapped{in: func(e consensus.Event) consensus.Event {
			if _, ok := e.(consensus.PersistFailed); ok {
				return nil
			}
			return e
		}}
	})
	s.KeepsCore = true
	requireFound(t, s, DurableVote)
}

func TestAJournalThatForgetsVotesIsFound(t *testing.T) {
	s := Production()
	s.NewDisk = func() Disk { return &notebook{} }
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		var kept []consensus.Record
		for _, r := range records {
			if _, vote := r.(consensus.VoteRecord); !vote {
				kept = append(kept, r)
			}
		}
		return build(config, kept)
	}
	requireFound(t, s, OneDigest)
}

func TestAVoteWithANewJournalBeforeAskingIsFound(t *testing.T) {
	s := Production()
	s.NewDisk = func() Disk { return &notebook{} }
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		if len(records) == 0 {
			records = []consensus.Record{consensus.JournalOpened{RefSlot: 0}}
		}
		return build(config, records)
	}
	requireFound(t, s, OneDigest)
}

// credulous is a verifier that does not look.
type credulous struct {
	consensus.CommitteeVerifier
	votes, certificates bool
}

type credulousVerifier struct {
	honest consensus.Verifier
	like   credulous
}

func (v credulousVerifier) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	c, err := v.honest.Prepare(keys)
	made := v.like
	made.CommitteeVerifier = c
	return made, err
}

func (c credulous) VerifyVote(member int, message [32]byte, s consensus.Signature) bool {
	return c.votes || c.CommitteeVerifier.VerifyVote(member, message, s)
}

func (c credulous) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (consensus.Signature, []int, error) {
	if !c.votes {
		return c.CommitteeVerifier.AggregateVotes(members, signatures, message)
	}
	var all sum
	for _, s := range signatures {
		all = all.plus(read(s))
	}
	return all.signature(), nil, nil
}

func (c credulous) VerifyCertificate(signers consensus.Bitmap, message [32]byte, s consensus.Signature) bool {
	return c.certificates || c.CommitteeVerifier.VerifyCertificate(signers, message, s)
}

func believing(like credulous) Subject {
	s := Production()
	s.Verifier = func(honest consensus.Verifier) consensus.Verifier { return credulousVerifier{honest, like} }
	return s
}

func TestACertificateThatIsNotVerifiedIsFound(t *testing.T) {
	requireFound(t, believing(credulous{certificates: true}), HonestCert)
}

func TestVotesThatAreNotVerifiedAreFound(t *testing.T) {
	requireFound(t, believing(credulous{votes: true}), HonestCert)
}

func TestDroppedEvidenceIsFound(t *testing.T) {
	requireFound(t, wrapping(func(consensus.Config, []consensus.Record) wrapped {
		return wrapped{out: func(r *consensus.Ready) {
			var kept []consensus.Record
			for _, record := range r.Persist {
				if _, evidence := record.(consensus.EvidenceRecord); !evidence {
					kept = append(kept, record)
				}
			}
			r.Persist = kept
		}}
	}), Proof)
}

func TestASubmissionAfterAnAcceptanceIsFound(t *testing.T) {
	requireFound(t, wrapping(func(consensus.Config, []consensus.Record) wrapped {
		return wrapped{in: func(e consensus.Event) consensus.Event {
			if _, ok := e.(consensus.Accepted); ok {
				return nil
			}
			return e
		}}
	}), Submitting)
}

func TestANodeThatNeverRepeatsItselfIsFound(t *testing.T) {
	requireFound(t, wrapping(func(consensus.Config, []consensus.Record) wrapped {
		return wrapped{out: func(r *consensus.Ready) { r.Next = 0 }}
	}), Liveness)
}

func TestANodeThatDoesNotAnswerIsFound(t *testing.T) {
	requireFound(t, wrapping(func(consensus.Config, []consensus.Record) wrapped {
		return wrapped{out: func(r *consensus.Ready) {
			var kept []consensus.Outgoing
			for _, out := range r.Send {
				if _, answer := out.Message.(*consensus.RoundAnswer); !answer {
					kept = append(kept, out)
				}
			}
			r.Send = kept
		}}
	}), Liveness)
}

func TestANodeThatTakesItsOwnVoteForAStrangersIsFound(t *testing.T) {
	s := Production()
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		for _, r := range records {
			if v, ok := r.(consensus.VoteRecord); ok {
				records = append(records[:len(records):len(records)], consensus.HaltRecord{Round: v.Round, Digest: v.Digest})
			}
		}
		return build(config, records)
	}
	requireFound(t, s, Restart)
}

// hasty is a machine that takes the first round of its process for a later one.
type hasty struct {
	Machine
	opened bool
}

func (m *hasty) Step(now consensus.Instant, event consensus.Event) consensus.Ready {
	open, ok := event.(consensus.RoundOpened)
	if !ok || m.opened {
		return m.Machine.Step(now, event)
	}
	m.opened = true
	earlier := open
	earlier.RefSlot--
	first := m.Machine.Step(now, earlier)
	ready := m.Machine.Step(now, open)
	ready.Persist = append(first.Persist, ready.Persist...)
	return ready
}

func TestAVoteWithAnOldCopyOfTheJournalBeforeAskingIsFound(t *testing.T) {
	s := Production()
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		core, err := build(config, records)
		return &hasty{Machine: core, opened: len(records) == 0}, err
	}
	requireFound(t, s, OneDigest)
}

// stuck is a machine whose time never runs backwards.
type stuck struct {
	Machine
	latest consensus.Instant
}

func (m *stuck) Step(now consensus.Instant, event consensus.Event) consensus.Ready {
	m.latest = max(m.latest, now)
	return m.Machine.Step(m.latest, event)
}

func TestAClockThatCannotBeSetBackIsFound(t *testing.T) {
	s := Production()
	build := s.NewMachine
	s.NewMachine = func(config consensus.Config, records []consensus.Record) (Machine, error) {
		core, err := build(config, records)
		return &stuck{Machine: core}, err
	}
	requireFound(t, s, Liveness)
}
