package consensus_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// countingVerifier counts what is verified for others, by member.
type countingVerifier struct {
	singles, aggregates, certificates *int
}

type countingCommittee struct {
	cheapCommittee
	v countingVerifier
}

func newCountingVerifier() countingVerifier {
	return countingVerifier{new(int), new(int), new(int)}
}

func (v countingVerifier) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	return countingCommittee{cheapCommittee(keys), v}, nil
}

func (c countingCommittee) VerifyVote(member int, message [32]byte, signature consensus.Signature) bool {
	*c.v.singles++
	return c.cheapCommittee.VerifyVote(member, message, signature)
}

func (c countingCommittee) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (consensus.Signature, []int, error) {
	*c.v.aggregates++
	return c.cheapCommittee.AggregateVotes(members, signatures, message)
}

func (c countingCommittee) VerifyCertificate(signers consensus.Bitmap, message [32]byte, signature consensus.Signature) bool {
	*c.v.certificates++
	return c.cheapCommittee.VerifyCertificate(signers, message, signature)
}

func committeeOf(n int) consensus.Committee {
	c := consensus.Committee{Digest: crypto.Keccak256Hash([]byte(fmt.Sprint("committee of ", n)))}
	for i := range n {
		c.Members = append(c.Members, consensus.Member{Key: keyOf(i), Peer: peerOf(i)})
	}
	return c
}

func configOf(member int, verifier consensus.Verifier) consensus.Config {
	key := keyOf(member)
	return consensus.Config{
		Domain: domain(), Key: &key, Verifier: verifier, Software: "tidemark/test", Seed: uint64(member), Timing: consensus.DefaultTiming(),
	}
}

func reportFor(id consensus.Round, value uint64) report.Report {
	return report.Report{
		Version: report.Version, Committee: id.Committee, RefSlot: id.RefSlot, RefBlockRoot: common.Hash{1}, Validators: 1, CLValidatorsGwei: value,
		BalancesRoot: common.Hash{2},
	}
}

func voteOf(id consensus.Round, member int, digest common.Hash) *consensus.Vote {
	return &consensus.Vote{
		Round: id, Member: uint16(member), Digest: digest, Signature: cheapSign(keyOf(member), domain().VoteMessage(id.Committee, id.RefSlot, digest)),
	}
}

// opened is member 0's core in an open round, which is not its first: nobody has to be asked before a vote.
func opened(t *testing.T, n int, verifier consensus.Verifier) (*consensus.Core, consensus.Round) {
	t.Helper()
	core, err := consensus.New(configOf(0, verifier), []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
	require.NoError(t, err)
	id := consensus.Round{Committee: committeeOf(n).Digest, RefSlot: 95}
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(n), RefSlot: 63, Deadline: 1_000_000})
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(n), RefSlot: 95, Deadline: 1_000_000})
	return core, id
}

// randomMessage is well-formed, and otherwise what a peer without scruples or sense could send: n members know it as one of theirs.
func randomMessage(rng *rand.Rand, n int, near consensus.Round) consensus.Message {
	id := near
	switch rng.IntN(8) {
	case 0:
		id.RefSlot = rng.Uint64()
	case 1:
		rng64(rng, id.Committee[:])
	}
	r := reportFor(id, rng.Uint64N(4))
	digest := domain().Digest(r)
	member := uint16(rng.IntN(n + 2))
	switch rng.IntN(7) {
	case 0:
		return &consensus.Observation{Round: id, Member: member, Attempt: rng.Uint64(), Digest: digest, Sections: r.Sections()}
	case 1:
		v := voteOf(id, int(member), digest)
		if rng.IntN(3) == 0 {
			rng64(rng, v.Signature[:])
		}
		return v
	case 2:
		return randomCertificate(rng, n, r)
	case 3:
		return &consensus.Status{Round: id, Attempt: rng.Uint64(), Votes: randomBitmap(rng, n), Certified: rng.IntN(2) == 0}
	case 4:
		return &consensus.RoundRequest{Round: id}
	}
	answer := &consensus.RoundAnswer{Round: id, Open: true}
	for m := range n {
		answer.Votes = append(answer.Votes, *voteOf(id, m, domain().Digest(reportFor(id, rng.Uint64N(3)))))
	}
	if rng.IntN(2) == 0 {
		answer.Certificate = randomCertificate(rng, n, r)
	}
	if rng.IntN(2) == 0 {
		answer.Observation = &consensus.Observation{Round: id, Member: member, Attempt: rng.Uint64(), Digest: digest}
		answer.Report = &r
	}
	return answer
}

func randomBitmap(rng *rand.Rand, n int) consensus.Bitmap {
	b := consensus.NewBitmap(n)
	for m := range n {
		if rng.IntN(3) > 0 {
			b.Set(m)
		}
	}
	return b
}

func randomCertificate(rng *rand.Rand, n int, r report.Report) *consensus.Certificate {
	id := consensus.Round{Committee: r.Committee, RefSlot: r.RefSlot}
	c := &consensus.Certificate{Round: id, Digest: domain().Digest(r), Report: r, Signers: randomBitmap(rng, n)}
	for _, m := range c.Signers.Members() {
		c.Signature = xor(c.Signature, voteOf(id, m, c.Digest).Signature)
	}
	if rng.IntN(2) == 0 {
		rng64(rng, c.Signature[:])
	}
	return c
}

func rng64(rng *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
}

// flood steps random messages of random peers through a core, with rounds and reports between them.
func flood(t *testing.T, seed uint64, n, steps int, check func(*consensus.Core, consensus.Ready)) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 0))
	core, id := opened(t, n, cheapVerifier{})
	now := consensus.Instant(1)
	for range steps {
		now = now.After(time.Duration(rng.IntN(200)) * time.Millisecond)
		var event consensus.Event
		switch rng.IntN(60) {
		case 0:
			id.RefSlot += 32
			event = consensus.RoundOpened{Committee: committeeOf(n), RefSlot: id.RefSlot, Deadline: now.After(time.Minute)}
		case 1:
			event = consensus.Computed{Report: reportFor(id, rng.Uint64N(4))}
		case 2:
			event = consensus.PersistFailed{Why: "disk full"}
		case 3:
			event = consensus.Tick{}
		case 4:
			event = consensus.PeerConnected{Peer: peerOf(rng.IntN(n + 5))}
		default:
			event = consensus.Received{From: peerOf(rng.IntN(n + 5)), Message: randomMessage(rng, n, id)}
		}
		check(core, core.Step(now, event))
	}
}

func TestMemoryIsBoundedByTheCommitteeWhateverPeersSend(t *testing.T) {
	for _, n := range []int{1, 4, 7, 31} {
		highest := 0
		flood(t, uint64(n), n, 4_000, func(core *consensus.Core, ready consensus.Ready) {
			highest = max(highest, core.Footprint())
			require.LessOrEqual(t, len(ready.Send), 2*n+4, "what is said at once")
		})
		require.LessOrEqual(t, highest, 2*consensus.MaxFootprint(n), "n = %d", n)
		require.Positive(t, highest)
	}
}

func TestTheSameEventsHaveTheSameEffects(t *testing.T) {
	var first, second []consensus.Ready
	flood(t, 7, 7, 5_000, func(_ *consensus.Core, ready consensus.Ready) { first = append(first, ready) })
	flood(t, 7, 7, 5_000, func(_ *consensus.Core, ready consensus.Ready) { second = append(second, ready) })
	require.Equal(t, first, second)
}

func TestTicksAreAlwaysAhead(t *testing.T) {
	last := consensus.Instant(0)
	core, id := opened(t, 4, cheapVerifier{})
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	for now := consensus.Instant(1); now < 1_100_000; {
		ready := core.Step(now, consensus.Tick{})
		require.Greater(t, ready.Next, now)
		require.Less(t, ready.Next, now.After(time.Minute))
		last, now = now, ready.Next
	}
	require.Greater(t, last, consensus.Instant(1_000_000), "time reached the deadline")
}

func TestAMemberCanForceFewVerifications(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 4, v)
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	rng := rand.New(rand.NewPCG(1, 1))
	before := *v.singles + *v.aggregates + *v.certificates
	for i := range 10_000 {
		bad := voteOf(id, 3, common.Hash{byte(i), byte(i >> 8)})
		rng64(rng, bad.Signature[:])
		core.Step(1, consensus.Received{From: peerOf(3), Message: bad})
		core.Step(1, consensus.Received{From: peerOf(3), Message: randomCertificate(rng, 4, reportFor(id, uint64(i)))})
		core.Step(1, consensus.Received{From: peerOf(3), Message: &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{*bad}}})
		core.Step(1, consensus.Received{From: peerOf(3), Message: &consensus.RoundRequest{Round: id}})
	}
	require.LessOrEqual(t, *v.singles+*v.aggregates+*v.certificates-before, 6)
}

func TestAMemberWithAGoodVoteCanForceFewVerifications(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 4, v)
	good := voteOf(id, 3, common.Hash{1})
	core.Step(1, consensus.Received{From: peerOf(3), Message: good})
	for i := range 1_000 {
		bad := voteOf(id, 3, common.Hash{2, byte(i), byte(i >> 8)})
		bad.Signature[0] ^= 1
		core.Step(1, consensus.Received{From: peerOf(3), Message: bad})
	}
	require.Equal(t, 2, *v.singles, "the good one, and the first bad one")
	require.Equal(t, []consensus.VoteView{{Member: 3, Digest: good.Digest, Verified: true}}, core.Rounds()[0].Votes, "the good one stands")
}

// A relay is asked whenever its status claims more than is held here.
func TestARelayCanForceFewVerifications(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 4, v)
	votes := consensus.NewBitmap(4)
	votes.Set(1)
	asked := 0
	for i := range 100 {
		now := consensus.Instant(1).After(time.Duration(i) * time.Minute / 10)
		ready := core.Step(now, consensus.Received{From: peerOf(3), Message: &consensus.Status{Round: id, Votes: votes}})
		asked += len(ready.Send)
		bad := voteOf(id, 1, common.Hash{2, byte(i)})
		bad.Signature[0] ^= 1
		core.Step(now, consensus.Received{From: peerOf(3), Message: &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{*bad}}})
	}
	require.Greater(t, asked, 10)
	require.Equal(t, 1, *v.singles)
}

func TestAnEquivocatorCanForceFewVerifications(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 4, v)
	evidence := 0
	for i := range 1_000 {
		ready := core.Step(1, consensus.Received{From: peerOf(3), Message: voteOf(id, 3, common.Hash{byte(i), byte(i >> 8)})})
		evidence += len(ready.Persist)
	}
	require.Equal(t, 1, evidence)
	require.Equal(t, 2, *v.singles)
}

func TestCertifyingVerifiesOnce(t *testing.T) {
	v := newCountingVerifier()
	core, id := opened(t, 31, v)
	digest := domain().Digest(reportFor(id, 1))
	core.Step(1, consensus.Computed{Report: reportFor(id, 1)})
	certified := false
	for m := 1; m < 31; m++ {
		ready := core.Step(1, consensus.Received{From: peerOf(m), Message: &consensus.Observation{Round: id, Member: uint16(m), Attempt: 1, Digest: digest}})
		for _, request := range ready.Sign {
			core.Step(1, consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: cheapSign(keyOf(0), request.Message)})
		}
	}
	for m := 1; m < 31 && !certified; m++ {
		core.Step(1, consensus.Received{From: peerOf(m), Message: voteOf(id, m, digest)})
		certified = core.Rounds()[0].Certificate != nil
	}
	require.True(t, certified)
	require.Equal(t, []int{1, 1, 0}, []int{*v.singles, *v.aggregates, *v.certificates}, "this node's signature, and one sum")
}
