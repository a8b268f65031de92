package p2p

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

// manualClock moves when a test says so.
type manualClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *manualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *manualClock) After(time.Duration) <-chan time.Time { return nil }

func (c *manualClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func TestPointsHalveAndCutWhenTheyAreTooMany(t *testing.T) {
	clock := &manualClock{now: time.Unix(1_800_000_000, 0)}
	s := newPeerScores(clock)
	require.False(t, s.penalize("a", banThreshold-1))
	clock.pass(penaltyHalfLife)
	require.InDelta(t, (banThreshold-1)/2.0, s.penalty("a"), 1e-9)
	require.Zero(t, s.penalty("b"))
	require.False(t, s.penalize("a", 50))
	require.True(t, s.penalize("a", 1))
	require.InDelta(t, banThreshold/2, s.penalty("a"), 1e-9, "the next fault after the cut weighs more than the first")
	clock.pass(-time.Hour)
	require.InDelta(t, banThreshold/2, s.penalty("a"), 1e-9, "a clock that is set back gives nothing away")
}

func TestAPeerMaySendWhatACommitteeSays(t *testing.T) {
	for _, n := range []int{1, 7, 128, consensus.MaxMembers} {
		clock := &manualClock{now: time.Unix(1_800_000_000, 0)}
		s := newPeerScores(clock)
		s.resize(n, func(peer.ID) bool { return true })
		// All observations, votes and certificates at once, each in its own RPC; then resends, and a heartbeat each second, for ten minutes.
		require.True(t, s.allowGossip("a", 2*3*n))
		for range 600 {
			clock.pass(time.Second)
			require.True(t, s.allowGossip("a", 2*2*n/15+2), n)
		}
		_, burst := gossipRate(n)
		require.False(t, s.allowGossip("a", burst+1))
	}
}

func TestStandingsOfPeersThatLeftAreForgotten(t *testing.T) {
	s := newPeerScores(&manualClock{})
	s.penalize("stays", 1)
	s.penalize("goes", 1)
	s.resize(2, func(p peer.ID) bool { return p == "stays" })
	require.Len(t, s.of, 1)
}

func TestTopicsOfAPeerAreBounded(t *testing.T) {
	s := newPeerScores(&manualClock{})
	for i := range maxTopicsOfPeer {
		require.True(t, s.allowTopic("a", strings.Repeat("x", i+1)))
	}
	require.False(t, s.allowTopic("a", "one more"))
	require.True(t, s.allowTopic("a", "x"), "again")
	s.leftTopic("a", "x")
	require.True(t, s.allowTopic("a", "one more"))
	s.leftTopic("a", "")
	require.Empty(t, s.of["a"].topics)
	for name, want := range map[string]bool{
		topicPrefix + strings.Repeat("0a", 32): true, topicPrefix + strings.Repeat("0A", 32): false,
		topicPrefix + strings.Repeat("0a", 31): false, topicPrefix + strings.Repeat("0g", 32): false, "": false,
	} {
		require.Equal(t, want, isTopic(name), name)
	}
}

func TestNumbersOfAnAuthorAreTakenOnce(t *testing.T) {
	g := new(replayGuard)
	for _, step := range []struct {
		number uint64
		fresh  bool
	}{{100, true}, {100, false}, {102, true}, {101, true}, {101, false}, {163, true}, {100, false}, {99, false}, {103, true}, {1000, true}, {936, false}, {937, true}, {999, true}} {
		require.Equal(t, step.fresh, g.fresh(step.number), step.number)
	}
	g.forget()
	require.True(t, g.fresh(5), "after a restart with a clock that was set back")
}

func TestAQueueIsBoundedInFramesAndBytes(t *testing.T) {
	n := newPeerQueue("a", nil)
	for range maxQueuedFrames {
		require.True(t, n.push([]byte{1}, 1000))
	}
	require.False(t, n.push([]byte{1}, 1000))
	for range maxQueuedFrames {
		require.Equal(t, []byte{1}, n.pop())
	}
	require.Nil(t, n.pop())
	require.True(t, n.push(make([]byte, 600), 1000))
	require.False(t, n.push(make([]byte, 600), 1000))
	require.Len(t, n.pop(), 600)
	require.True(t, n.push(make([]byte, 600), 1000))
}

func TestTheMedianClockIsTheMembers(t *testing.T) {
	members := map[peer.ID]bool{"a": true, "b": true, "c": true}
	c := newHelloTable(func(p peer.ID) bool { return members[p] })
	offset, from := c.clockOffset()
	require.Zero(t, offset)
	require.Zero(t, from)
	c.put("a", Peer{ClockOffset: 10 * time.Second})
	offset, _ = c.clockOffset()
	require.Equal(t, 5*time.Second, offset)
	c.put("b", Peer{ClockOffset: 12 * time.Second})
	c.put("observer", Peer{ClockOffset: -time.Hour})
	offset, from = c.clockOffset()
	require.Equal(t, 10*time.Second, offset)
	require.Equal(t, 2, from)
	c.forget("b")
	c.forget("a")
	_, from = c.clockOffset()
	require.Zero(t, from)
}

func TestTheBookTakesNewerAddressesOfListedPeersOnly(t *testing.T) {
	key := testIdentity(t, 1).key
	id := peer.ID(testIdentity(t, 1).PeerID())
	listed := map[peer.ID]bool{id: true}
	store := newPeerstore(func(p peer.ID) bool { return listed[p] })
	add := func(number, seq uint64, address string) bool {
		added, err := store.add(signedAddresses(t, testIdentity(t, number).key, address, seq))
		require.NoError(t, err)
		return added
	}
	require.True(t, add(1, 5, "/ip4/192.0.2.1/tcp/1"))
	require.False(t, add(1, 5, "/ip4/192.0.2.2/tcp/1"), "as old")
	require.False(t, add(1, 4, "/ip4/192.0.2.2/tcp/1"), "older")
	require.False(t, add(2, 9, "/ip4/192.0.2.2/tcp/1"), "not listed")
	require.True(t, add(1, 6, "/ip4/192.0.2.3/tcp/1"))
	known, fresh := store.addressesOf(id)
	require.True(t, fresh)
	require.Len(t, known, 1)
	require.Equal(t, "/ip4/192.0.2.3/tcp/1", known[0].String())
	_, fresh = store.addressesOf(id)
	require.False(t, fresh)
	require.Equal(t, [][]byte{signedAddresses(t, key, "/ip4/192.0.2.3/tcp/1", 6)}, store.records([]peer.ID{id, "unknown"}))
	delete(listed, id)
	require.Empty(t, store.records([]peer.ID{id}))
	store.prune()
	require.Empty(t, store.of)
}

func TestAnIdentityIsReadFromAPrivateFileOnly(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "identity")
	identity := testIdentity(t, 1)
	require.NoError(t, CreateIdentityFile(path, identity))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing else is left")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode())
	read, err := ReadIdentityFile(path)
	require.NoError(t, err)
	require.Equal(t, identity.PeerID(), read.PeerID())

	require.ErrorIs(t, CreateIdentityFile(path, testIdentity(t, 2)), keyfile.ErrExists, "never overwritten")
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o666} {
		require.NoError(t, os.Chmod(path, mode))
		_, err = ReadIdentityFile(path)
		require.ErrorIs(t, err, keyfile.ErrExposed)
		require.ErrorContains(t, err, "chmod 600")
	}
	require.NoError(t, os.Chmod(path, 0o600))
	_, err = ReadIdentityFile(folder)
	require.ErrorIs(t, err, keyfile.ErrNotRegular)
	_, err = ReadIdentityFile(filepath.Join(folder, "none"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, os.Truncate(path, 100))
	_, err = ReadIdentityFile(path)
	require.ErrorIs(t, err, ErrIdentity)
	require.NoError(t, os.Truncate(path, 1<<30))
	_, err = ReadIdentityFile(path)
	require.ErrorIs(t, err, keyfile.ErrSize)
}

func TestPeerIDsWithoutAnEd25519KeyAreRefused(t *testing.T) {
	id := testIdentity(t, 1).PeerID()
	parsed, err := ParsePeerID(PeerIDText(id))
	require.NoError(t, err)
	require.Equal(t, id, parsed)
	for _, text := range []string{"", "12D3Koo", "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N", strings.Repeat("1", 600)} {
		_, err := ParsePeerID(text)
		require.ErrorIs(t, err, ErrIdentity, text)
	}
	n := startNode(t, 1)
	unusable, err := n.SetMembers([]consensus.PeerID{n.Self(), "nonsense"})
	require.NoError(t, err)
	require.Equal(t, []consensus.PeerID{"nonsense"}, unusable)
}

func TestImpossibleConfigurationsAreRefusedByName(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"no identity":         func(c *Config) { c.Identity = nil },
		"no handler":          func(c *Config) { c.Handler = nil },
		"no network":          func(c *Config) { c.Network = [32]byte{} },
		"65 bytes":            func(c *Config) { c.Software = strings.Repeat("x", 65) },
		"listen address":      func(c *Config) { c.Listen = []string{"127.0.0.1:9000"} },
		"announce address":    func(c *Config) { c.Announce = []string{"/ip4/1.2.3"} },
		"bootstrap address":   func(c *Config) { c.Bootstrap = []string{"/ip4/192.0.2.1/tcp/1"} },
		"no peer id":          func(c *Config) { c.Observers = []string{"me"} },
		"relay address":       func(c *Config) { c.NAT.Relays = []string{"/ip4/192.0.2.1/tcp/1"} },
		"interval":            func(c *Config) { c.Timing = Timing{HelloInterval: time.Second} },
		"capacity":            func(c *Config) { c.Capacity = consensus.MaxMembers + 1 },
		"65 listen addresses": func(c *Config) { c.Listen = make([]string, 65) },
		"257 observers":       func(c *Config) { c.Observers = make([]string, 257) },
		"clock offset":        func(c *Config) { c.MaxClockOffset = -1 },
	} {
		config := Config{Identity: testIdentity(t, 1), Network: testNetwork, Handler: &testNode{}}
		change(&config)
		_, err := New(config)
		require.ErrorIs(t, err, ErrConfig)
		require.ErrorContains(t, err, want)
	}
}

func TestAddressesInUseAreAnErrorAndLeaveNothingBehind(t *testing.T) {
	n := startNode(t, 1)
	taken := n.libp2p.Network().ListenAddresses()
	texts := make([]string, len(taken))
	for i, a := range taken {
		texts[i] = a.String()
	}
	_, err := New(Config{Identity: testIdentity(t, 2), Network: testNetwork, Handler: &testNode{}, Listen: texts})
	require.Error(t, err)
}

func TestMemoryIsBoundedByTheNumberOfPeers(t *testing.T) {
	n := startNode(t, 1)
	for _, size := range []uint64{4, 31, 128, 7} {
		members := make([]consensus.PeerID, size)
		for i := range members {
			members[i] = testIdentity(t, uint64(i)).PeerID()
		}
		n.admit(members...)
		used, limit := n.Memory()
		require.Equal(t, countedMemoryBytes(int(size)), limit)
		require.Less(t, limit, MaxMemoryBytes(int(size)))
		require.Less(t, used, limit)
	}
}
