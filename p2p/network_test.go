package p2p

import (
	"bytes"
	"context"
	"encoding/binary"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// go-libp2p's search for a router's UPnP goes on for some seconds whoever ended it.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/koron/go-ssdp.Search"))
}

// patience is for a machine that does much else. No test waits for it to pass.
const patience = 60 * time.Second

// testNetwork is the identity of the network of all test nodes.
var testNetwork = common.HexToHash("0x7e57")

// received is what a node was handed.
type received struct {
	from    consensus.PeerID
	message consensus.Message
}

// testNode is a host, and a Node that remembers what it gets.
type testNode struct {
	*Host
	t         testing.TB
	got       chan received
	validator atomic.Pointer[func(received) ValidationResult] // nil: all are accepted
}

func (n *testNode) Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) ValidationResult {
	r := received{from, m}
	verdict := Accept
	if judge := n.validator.Load(); judge != nil {
		verdict = (*judge)(r)
	}
	select {
	case n.got <- r:
	case <-ctx.Done():
	}
	return verdict
}

func (n *testNode) validateWith(by func(received) ValidationResult) { n.validator.Store(&by) }

func (n *testNode) Connected(consensus.PeerID) {}

// next is the next message that the node gets.
func (n *testNode) next() received {
	n.t.Helper()
	select {
	case r := <-n.got:
		return r
	case <-time.After(patience):
		require.FailNow(n.t, "no message came", "drops: %v", n.Drops())
		return received{}
	}
}

// nothing requires that no message waits.
func (n *testNode) nothing() {
	n.t.Helper()
	select {
	case r := <-n.got:
		require.FailNow(n.t, "a message came", "%T from %s", r.message, PeerIDText(r.from))
	default:
	}
}

func (n *testNode) count(what string, reason Reason) uint64 {
	for _, d := range n.Drops() {
		if d.What == what && d.Reason == reason {
			return d.Count
		}
	}
	return 0
}

func testIdentity(t testing.TB, number uint64) *Identity {
	t.Helper()
	seed := make([]byte, 64)
	binary.BigEndian.PutUint64(seed, number)
	identity, err := NewIdentity(bytes.NewReader(seed))
	require.NoError(t, err)
	return identity
}

func testTiming() Timing {
	return Timing{
		HelloInterval: time.Minute, AddressInterval: 200 * time.Millisecond, RedialMin: 50 * time.Millisecond, RedialMax: 200 * time.Millisecond,
		StreamTimeout: 20 * time.Second, ValidationTimeout: 20 * time.Second, BanTime: time.Hour, ReconnectDelay: time.Second, ScoreInterval: 100 * time.Millisecond, Linger: time.Millisecond,
	}
}

// startNode starts a host on loopback, by TCP and QUIC, which is closed with the test.
func startNode(t testing.TB, number uint64, change ...func(*Config)) *testNode {
	t.Helper()
	n := &testNode{t: t, got: make(chan received, 4096)}
	config := Config{
		Identity: testIdentity(t, number), Network: testNetwork, Software: "tidemark/test", Handler: n,
		Listen: []string{"/ip4/127.0.0.1/udp/0/quic-v1", "/ip4/127.0.0.1/tcp/0"},
		Timing: testTiming(), Log: slog.New(slog.DiscardHandler), Random: func(int64) int64 { return 0 },
	}
	for _, c := range change {
		c(&config)
	}
	h, err := New(config)
	require.NoError(t, err)
	n.Host = h
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	return n
}

func bootstrap(from ...*testNode) func(*Config) {
	return func(c *Config) {
		for _, n := range from {
			c.Bootstrap = append(c.Bootstrap, n.Addresses()...)
		}
	}
}

// testCommittee is the committee of such peers, with made-up keys.
func testCommittee(peers ...consensus.PeerID) consensus.Committee {
	c := consensus.Committee{Digest: common.HexToHash("0xc0ffee")}
	for i, p := range peers {
		m := consensus.Member{Peer: p}
		m.Key[0], m.Key[1] = byte(i>>8), byte(i)
		c.Members = append(c.Members, m)
	}
	return c
}

func ids(nodes []*testNode) []consensus.PeerID {
	found := make([]consensus.PeerID, len(nodes))
	for i, n := range nodes {
		found[i] = n.Self()
	}
	return found
}

// startCommittee starts n members that all know the first one's address, and waits until each is in the topic with all others.
func startCommittee(t testing.TB, n int, change ...func(*Config)) ([]*testNode, consensus.Committee) {
	t.Helper()
	nodes := make([]*testNode, n)
	nodes[0] = startNode(t, 1, change...)
	for i := range nodes[1:] {
		nodes[i+1] = startNode(t, uint64(i)+2, append(change, bootstrap(nodes[0]))...)
	}
	c := testCommittee(ids(nodes)...)
	for _, node := range nodes {
		node.admit(ids(nodes)...)
		require.NoError(t, node.Join(c))
	}
	for _, node := range nodes {
		node.awaitTopic(c, n-1)
	}
	return nodes, c
}

func (n *testNode) admit(members ...consensus.PeerID) {
	n.t.Helper()
	unusable, err := n.SetMembers(members)
	require.NoError(n.t, err)
	require.Empty(n.t, unusable)
}

// eventually looks at what libp2p does by itself, and gives no sign of, until it is so.
func (n *testNode) eventually(what string, condition func() bool) {
	n.t.Helper()
	if !assertEventually(condition) {
		require.FailNow(n.t, what, "peers %v, drops %v", n.Peers(), n.Drops())
	}
}

func assertEventually(condition func() bool) bool {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	end := time.After(patience)
	for !condition() {
		select {
		case <-tick.C:
		case <-end:
			return false
		}
	}
	return true
}

func (n *testNode) awaitTopic(c consensus.Committee, peers int) {
	n.t.Helper()
	n.eventually("not all are in the topic", func() bool { return len(n.InTopic(c)) == peers })
}

func (n *testNode) awaitConnected(to ...*testNode) {
	n.t.Helper()
	for _, other := range to {
		n.eventually("not connected", func() bool { return n.isNeighbour(other.Self()) })
	}
}

func (n *testNode) isNeighbour(p consensus.PeerID) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.peers[peer.ID(p)]
	return ok
}

func testRound(c consensus.Committee, refSlot uint64) consensus.Round {
	return consensus.Round{Committee: c.Digest, RefSlot: refSlot}
}

func testVote(round consensus.Round, member uint16) *consensus.Vote {
	v := &consensus.Vote{Round: round, Member: member, Digest: common.HexToHash("0xd16e57")}
	for i := range v.Signature {
		v.Signature[i] = byte(i + 1)
	}
	return v
}

func testObservation(round consensus.Round, member uint16) *consensus.Observation {
	o := &consensus.Observation{Round: round, Member: member, Attempt: 3, Digest: common.HexToHash("0xd16e57"), Software: "tidemark/1.2.3"}
	for i := range o.Sections {
		o.Sections[i] = common.BigToHash(common.Big257)
		o.Sections[i][0] = byte(i)
	}
	return o
}

func testReport(round consensus.Round) report.Report {
	return report.Report{
		Version: report.Version, Committee: round.Committee, RefSlot: round.RefSlot, LastRefSlot: round.RefSlot - 1, RefBlockRoot: common.HexToHash("0xb10c"),
		CLValidatorsGwei: 32_000_000_123, CLPendingGwei: 1, Validators: 7, Exited: 2, Slashed: 1,
		DepositedWei: *uint256.NewInt(1_000_000_007), WithdrawalVaultWei: *new(uint256.Int).Lsh(uint256.NewInt(1), 127),
		FinalizeUpTo: 9, Bunker: true, BalancesRoot: common.HexToHash("0xba1a"),
		CLInFlightGwei: 11, UnprovenGwei: 32_000_000_000, ExitGwei: 12, ExitsAskedGwei: 13, PendingRoot: common.HexToHash("0x9e4d"),
	}
}

func testCertificate(round consensus.Round, n int) *consensus.Certificate {
	c := &consensus.Certificate{Round: round, Digest: common.HexToHash("0xd16e57"), Report: testReport(round), Signers: consensus.NewBitmap(n)}
	for i := range n {
		c.Signers.Set(i)
	}
	c.Signature[0] = 0x80
	return c
}
