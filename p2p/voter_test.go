package p2p

import (
	"context"
	"crypto/sha256"
	"errors"
	"math/big"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// voter is a member that votes: a host with a real core, and a journal in memory.
type voter struct {
	*testNode
	domain report.Domain

	mu     sync.Mutex
	core   *consensus.Core
	ledger consensus.MemoryJournal
	wake   chan struct{}
	next   consensus.Instant
}

// Receive: see Node.
func (v *voter) Receive(_ context.Context, from consensus.PeerID, m consensus.Message) ValidationResult {
	verdict := Accept
	for _, d := range v.step(consensus.Received{From: from, Message: m}).Dropped {
		switch {
		case d.From != from:
		case d.Reason.IsFault():
			return Reject
		default:
			verdict = Ignore
		}
	}
	return verdict
}

// Connected: see Node.
func (v *voter) Connected(p consensus.PeerID) { v.step(consensus.PeerConnected{Peer: p}) }

func instantNow() consensus.Instant { return consensus.Instant(time.Now().UnixMilli()) }

// step is the runner.
func (v *voter) step(event consensus.Event) consensus.Ready {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.stepLocked(event)
}

func (v *voter) stepLocked(event consensus.Event) consensus.Ready {
	ready := v.core.Step(instantNow(), event)
	v.next = ready.Next
	if err := v.ledger.Append(ready.Persist...); err != nil {
		v.t.Errorf("the journal refuses: %v", err)
	}
	for _, s := range ready.Sign {
		v.stepLocked(consensus.Signed{Round: s.Round, Digest: s.Digest, Signature: sumOf(v.config.Identity.PeerID(), s.Message)})
	}
	for _, out := range ready.Send {
		if v.testNode.Host != nil {
			_ = v.Send(context.Background(), out) // what cannot be sent is counted, and said again
		}
	}
	select {
	case v.wake <- struct{}{}:
	default:
	}
	return ready
}

// tick until ctx ends.
func (v *voter) tick(ctx context.Context) {
	for {
		v.mu.Lock()
		wait := time.Hour
		if v.next != 0 {
			wait = max(time.Duration(v.next-instantNow())*time.Millisecond, time.Millisecond)
		}
		v.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-v.wake:
		case <-time.After(wait):
			v.step(consensus.Tick{})
		}
	}
}

func (v *voter) certified(round consensus.Round) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, r := range v.core.Rounds() {
		if r.Round == round {
			return r.Certificate != nil
		}
	}
	return false
}

// startVoter starts the member of that number with a core that repeats itself every second.
func startVoter(t *testing.T, number uint64, change ...func(*Config)) *voter {
	t.Helper()
	v := &voter{domain: report.Domain{ChainID: big.NewInt(1), Oracle: common.Address{1}}, wake: make(chan struct{}, 1)}
	key := voterKey(testIdentity(t, number).PeerID())
	var err error
	v.core, err = consensus.New(consensus.Config{Domain: v.domain, Key: &key, Verifier: sums{}, Software: "tidemark/test", Seed: number,
		Timing: consensus.Timing{ResendInterval: time.Second, StatusInterval: 2 * time.Second, SubmitStagger: time.Second, RetryInterval: time.Second}}, nil)
	require.NoError(t, err)
	v.mu.Lock() // no message before the host is known
	defer v.mu.Unlock()
	v.testNode = startNode(t, number, append(change, func(c *Config) { c.Handler = v })...)
	return v
}

// voterKey is the member key that belongs to a peer: who knows it can sign, which is enough here.
func voterKey(p consensus.PeerID) (k consensus.Key) {
	hash := sha256.Sum256([]byte(p))
	copy(k[:], hash[:])
	return k
}

func votersCommittee(voters []consensus.PeerID) consensus.Committee {
	c := testCommittee(voters...)
	for i, p := range voters {
		c.Members[i].Key = voterKey(p)
	}
	return c
}

func sumOf(p consensus.PeerID, message [32]byte) consensus.Signature {
	return sumWith(voterKey(p), message)
}

// sumWith stands in for a BLS signature: hashes whose sum, by XOR, is the aggregate.
func sumWith(key consensus.Key, message [32]byte) (s consensus.Signature) {
	hash := sha256.Sum256(append(key[:], message[:]...))
	copy(s[:], hash[:])
	return s
}

type sums struct{}

func (sums) Prepare(keys []consensus.Key) (consensus.CommitteeVerifier, error) {
	return committeeSums(keys), nil
}

type committeeSums []consensus.Key

func (c committeeSums) VerifyVote(member int, message [32]byte, s consensus.Signature) bool {
	return s == sumWith(c[member], message)
}

func (c committeeSums) AggregateVotes(members []int, signatures []consensus.Signature, message [32]byte) (sum consensus.Signature, bad []int, err error) {
	for i, m := range members {
		if !c.VerifyVote(m, message, signatures[i]) {
			bad = append(bad, i)
			continue
		}
		addSum(&sum, signatures[i])
	}
	if len(bad) == len(members) {
		return sum, bad, errors.New("no good vote")
	}
	return sum, bad, nil
}

func (c committeeSums) VerifyCertificate(signers consensus.Bitmap, message [32]byte, s consensus.Signature) bool {
	var sum consensus.Signature
	for _, m := range signers.Members() {
		addSum(&sum, sumWith(c[m], message))
	}
	return sum == s
}

func addSum(to *consensus.Signature, s consensus.Signature) {
	for i := range to {
		to[i] ^= s[i]
	}
}
