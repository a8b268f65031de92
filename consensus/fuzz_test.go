package consensus_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// FuzzStep leads one core through what the input says: messages of liars with every member's key but its own, lost and doubtful writes, crashes around every
// effect, changes of the committee and of the clock. Nothing makes it panic, sign twice in a round, sign for an older one, sign what is
// not in the journal, believe a wrong certificate, submit what it did not compute, or grow.
func FuzzStep(f *testing.F) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		seed := make([]byte, 600)
		rng64(rng, seed)
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		v := &victim{t: t, choices: choices, now: 1, signed: map[consensus.Round]consensus.SignRequest{}, clock: 1}
		require.NoError(t, v.ledger.Append(consensus.JournalOpened{RefSlot: 1}))
		v.start()
		for len(v.choices) > 0 {
			v.play()
		}
	})
}

// victim is a runner, its disk, and the promises that are held against it.
type victim struct {
	t       *testing.T
	choices []byte
	ledger  consensus.MemoryJournal
	core    *consensus.Core
	now     consensus.Instant
	clock   consensus.Instant // of the open rounds' deadlines
	id      consensus.Round
	members consensus.Committee
	answers []consensus.Signed // of the signer, on their way
	signed  map[consensus.Round]consensus.SignRequest
	newest  uint64 // reference slot signed for
}

// pick is the input's choice of n.
func (v *victim) pick(n int) int {
	if len(v.choices) == 0 {
		return 0
	}
	choice := int(v.choices[0]) % n
	v.choices = v.choices[1:]
	return choice
}

func (v *victim) start() {
	core, err := consensus.New(configOf(0, cheapVerifier{}), v.ledger.Records())
	require.NoError(v.t, err)
	v.core, v.answers = core, nil
	if v.id.RefSlot != 0 {
		v.step(consensus.RoundOpened{Committee: v.members, RefSlot: v.id.RefSlot, Deadline: v.clock.After(time.Hour)})
	}
}

func (v *victim) play() {
	rng := rand.New(rand.NewPCG(uint64(v.pick(256)), uint64(v.pick(256))))
	switch v.pick(16) {
	case 0:
		v.now = v.now.After(time.Duration(rng.IntN(100_000)-30_000) * time.Millisecond)
		v.step(consensus.Tick{})
	case 1:
		v.setCommittee(rng)
		v.id.RefSlot += uint64(rng.IntN(3)) * 32
		v.clock = max(v.clock, v.now)
		v.step(consensus.RoundOpened{Committee: v.members, RefSlot: v.id.RefSlot, Deadline: v.clock.After(time.Hour)})
	case 2:
		v.setCommittee(rng)
		v.step(consensus.CommitteeChanged{Committee: v.members})
	case 3, 4:
		v.step(consensus.Computed{Report: reportFor(v.id, rng.Uint64N(3))})
	case 5:
		v.step(consensus.PeerConnected{Peer: peerOf(rng.IntN(9))})
	case 6:
		v.step(consensus.Accepted{RefSlot: v.id.RefSlot, Digest: domain().Digest(reportFor(v.id, rng.Uint64N(3))), Finalized: rng.IntN(9) == 0})
	case 7:
		v.step(consensus.AcceptanceReverted{RefSlot: v.id.RefSlot})
	case 8:
		v.answer()
	case 9:
		if rng.IntN(3) == 0 {
			v.ledger.RemoveHalt()
		}
		v.start()
	default:
		v.step(consensus.Received{From: peerOf(1 + rng.IntN(8)), Message: v.lie(rng)})
	}
}

// setCommittee takes one of a few; this node's key is no member of the last.
func (v *victim) setCommittee(rng *rand.Rand) {
	n := []int{1, 2, 3, 4, 7}[rng.IntN(5)]
	v.members = committeeOf(n)
	if n == 7 {
		v.members.Members = v.members.Members[1:]
	}
	v.id.Committee = v.members.Digest
	v.id.RefSlot = max(v.id.RefSlot, 31)
}

// lie is mostly a well-formed message, and sometimes one that is bent.
func (v *victim) lie(rng *rand.Rand) consensus.Message {
	message := randomMessage(rng, max(len(v.members.Members), 1), v.id)
	if rng.IntN(4) > 0 {
		return message
	}
	switch m := message.(type) {
	case *consensus.Observation:
		m.Member = uint16(rng.Uint32())
	case *consensus.Vote:
		m.Member = uint16(rng.Uint32())
	case *consensus.Certificate:
		m.Signers = make(consensus.Bitmap, rng.IntN(4))
		rng64(rng, m.Signers)
	case *consensus.Status:
		m.Votes = make(consensus.Bitmap, rng.IntN(4))
		rng64(rng, m.Votes)
	case *consensus.RoundAnswer:
		m.Report = nil
		m.Votes = append(m.Votes, m.Votes...)
		for i := range m.Votes {
			m.Votes[i].Member = uint16(rng.IntN(12))
		}
	}
	return message
}

// step carries an event out as the input says: the write may fail, with or without a trace, and the process may die before or after it.
func (v *victim) step(event consensus.Event) {
	ready := v.core.Step(v.now, event)
	v.check(ready)
	if len(ready.Persist) > 0 {
		fate := v.pick(32)
		if fate != 1 && fate != 2 {
			require.NoError(v.t, v.ledger.Append(ready.Persist...), "the core asks for what no journal refuses")
		}
		switch fate {
		case 1, 3: // 3: the write failed after it had reached the disk
			v.step(consensus.PersistFailed{Why: "disk full"})
			return
		case 2, 4:
			v.start()
			return
		}
	}
	for _, request := range ready.Sign {
		v.sign(request)
	}
	if v.pick(4) > 0 {
		v.answer()
	}
}

// answer brings what was signed back to the core, sooner or later.
func (v *victim) answer() {
	if len(v.answers) > 0 {
		next := v.answers[0]
		v.answers = v.answers[1:]
		v.step(next)
	}
}

// sign is where the promise is kept or broken.
func (v *victim) sign(request consensus.SignRequest) {
	before, again := v.signed[request.Round]
	if again {
		require.Equal(v.t, before.Digest, request.Digest, "one digest a round")
	}
	require.GreaterOrEqual(v.t, request.Round.RefSlot, v.newest, "no round older than the newest vote's")
	recorded := false
	for _, record := range v.ledger.Records() {
		vote, ok := record.(consensus.VoteRecord)
		recorded = recorded || ok && vote.Round == request.Round && vote.Digest == request.Digest
	}
	require.True(v.t, recorded, "a vote is durable before it is signed")
	v.signed[request.Round], v.newest = request, request.Round.RefSlot
	v.answers = append(v.answers, consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: cheapSign(keyOf(0), request.Message)})
}

// check holds what was asked for, and what is held, against the promises.
func (v *victim) check(ready consensus.Ready) {
	require.GreaterOrEqual(v.t, ready.Next, consensus.Instant(0))
	views := v.core.Rounds()
	footprint := 256 + 2*consensus.MaxMembers + 8
	for _, r := range views {
		footprint += consensus.MaxFootprint(r.Members)
		for _, c := range []*consensus.Certificate{r.Certificate, r.Conflicting} {
			if c == nil {
				continue
			}
			require.Equal(v.t, r.Round, c.Round)
			require.GreaterOrEqual(v.t, c.Signers.Count(), r.Quorum)
			require.Equal(v.t, c.Digest, domain().Digest(c.Report))
		}
	}
	require.LessOrEqual(v.t, v.core.Footprint(), footprint)
	if ready.Submit == nil {
		return
	}
	require.Nil(v.t, views[0].Conflicting, "two certificates: neither is submitted")
	own := views[0].Digest
	if own.Cmp([32]byte{}) == 0 {
		own = views[0].Voted
	}
	require.Equal(v.t, own, ready.Submit.Certificate.Digest, "only this node's report is submitted")
}
