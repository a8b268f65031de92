package beacon_test

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testNetwork has epochs of 4 slots.
func testNetwork() beacon.Network {
	return beacon.Network{
		GenesisTime: 1_700_000_000, GenesisValidatorsRoot: common.Hash{0xaa}, GenesisForkVersion: [4]byte{0x10, 0, 0, 1},
		DepositChainID: 1337, DepositContract: common.Address{0xdc}, SecondsPerSlot: 12, SlotsPerEpoch: 4,
		Forks: []beacon.Fork{{Name: "GENESIS", Version: [4]byte{0x10, 0, 0, 1}}, {Name: "ELECTRA", Version: [4]byte{6}, Epoch: 9}},
	}
}

// chain is a chain of headers at the given slots.
type chain struct {
	bySlot map[uint64]beacon.Header
	byRoot map[common.Hash]beacon.Header
}

// newChain builds blocks at slots in rising order; seed tells forks apart.
func newChain(seed uint64, slots ...uint64) *chain {
	c := &chain{bySlot: make(map[uint64]beacon.Header), byRoot: make(map[common.Hash]beacon.Header)}
	var parent common.Hash
	for _, slot := range slots {
		h := beacon.Header{Slot: slot, ProposerIndex: slot % 7, ParentRoot: parent, StateRoot: stateRoot(slot)}
		binary.BigEndian.PutUint64(h.BodyRoot[:], seed)
		parent = h.HashTreeRoot()
		c.bySlot[slot], c.byRoot[parent] = h, h
	}
	return c
}

func stateRoot(slot uint64) (root common.Hash) {
	binary.BigEndian.PutUint64(root[24:], slot)
	root[0] = 0x57
	return root
}

func (c *chain) root(slot uint64) common.Hash { return c.bySlot[slot].HashTreeRoot() }

// slots is first to last without those that are left out.
func slots(first, last uint64, except ...uint64) (all []uint64) {
	skip := make(map[uint64]bool)
	for _, slot := range except {
		skip[slot] = true
	}
	for slot := first; slot <= last; slot++ {
		if !skip[slot] {
			all = append(all, slot)
		}
	}
	return all
}

// fakeNode is a beacon node over HTTP. Its fields may be changed before it is asked; handle changes single answers at any time.
type fakeNode struct {
	*httptest.Server
	chain          *chain
	finalizedEpoch uint64
	finalizedRoot  common.Hash // zero: the chain's block at or before the epoch's start
	hidden         map[uint64]bool

	mu       sync.Mutex
	handlers map[string]http.HandlerFunc
	asked    []string
}

func newFakeNode(t *testing.T, c *chain, finalizedEpoch uint64) *fakeNode {
	n := &fakeNode{chain: c, finalizedEpoch: finalizedEpoch, hidden: make(map[uint64]bool), handlers: make(map[string]http.HandlerFunc)}
	n.answer("/eth/v1/beacon/genesis", genesisJSON(testNetwork()))
	n.answer("/eth/v1/config/spec", specJSON(testNetwork()))
	n.answer("/eth/v1/node/version", `{"data":{"version":"Fake/v1.0"}}`)
	n.answer("/eth/v1/node/syncing", syncingJSON(false, false, false))
	n.handle("/eth/v1/beacon/states/head/finality_checkpoints", func(w http.ResponseWriter, _ *http.Request) {
		n.mu.Lock()
		defer n.mu.Unlock()
		writeJSON(w, finalityJSON(n.finalizedEpoch, n.rootOfFinalized(), false))
	})
	n.Server = httptest.NewServer(n)
	t.Cleanup(n.Server.Close)
	return n
}

// rootOfFinalized is the last block at or before the start of the finalized epoch.
func (n *fakeNode) rootOfFinalized() common.Hash {
	if n.finalizedRoot != (common.Hash{}) {
		return n.finalizedRoot
	}
	for slot := n.finalizedEpoch * testNetwork().SlotsPerEpoch; slot > 0; slot-- {
		if h, ok := n.chain.bySlot[slot]; ok {
			return h.HashTreeRoot()
		}
	}
	return n.chain.root(0)
}

func (n *fakeNode) setFinalized(epoch uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.finalizedEpoch = epoch
}

func (n *fakeNode) handle(path string, h http.HandlerFunc) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.handlers[path] = h
}

func (n *fakeNode) answer(path, body string) {
	n.handle(path, func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, body) })
}

func (n *fakeNode) fail(path string, status int, message string) {
	n.handle(path, func(w http.ResponseWriter, _ *http.Request) { writeError(w, status, message) })
}

// requests counts those whose path starts with prefix.
func (n *fakeNode) requests(prefix string) (count int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, path := range n.asked {
		if strings.HasPrefix(path, prefix) {
			count++
		}
	}
	return count
}

func (n *fakeNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	n.asked = append(n.asked, r.URL.Path)
	h := n.handlers[r.URL.Path]
	n.mu.Unlock()
	id, isHeader := strings.CutPrefix(r.URL.Path, "/eth/v1/beacon/headers/")
	switch {
	case h != nil:
		h(w, r)
	case isHeader:
		n.serveHeader(w, id)
	default:
		writeError(w, http.StatusNotFound, "not found")
	}
}

func (n *fakeNode) serveHeader(w http.ResponseWriter, id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var h beacon.Header
	var ok bool
	if slot, err := strconv.ParseUint(id, 10, 64); err == nil {
		h, ok = n.chain.bySlot[slot]
		ok = ok && !n.hidden[slot]
	} else {
		h, ok = n.chain.byRoot[common.HexToHash(id)]
	}
	if !ok {
		writeError(w, http.StatusNotFound, "Block not found")
		return
	}
	final := n.chain.byRoot[n.rootOfFinalized()]
	writeJSON(w, headerJSON(h, h.HashTreeRoot(), headerFlags{canonical: true, finalized: h.Slot <= final.Slot}))
}

func writeJSON(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	fmt.Fprint(w, body)
}

func writeError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"code":%d,"message":%q}`, status, message)
}

func genesisJSON(n beacon.Network) string {
	return fmt.Sprintf(`{"data":{"genesis_time":"%d","genesis_validators_root":"%s","genesis_fork_version":"%#x"}}`,
		n.GenesisTime, n.GenesisValidatorsRoot, n.GenesisForkVersion)
}

func specJSON(n beacon.Network) string {
	var forks strings.Builder
	for _, f := range n.Forks {
		fmt.Fprintf(&forks, `"%s_FORK_VERSION":"%#x","%s_FORK_EPOCH":"%d",`, f.Name, f.Version, f.Name, f.Epoch)
	}
	return fmt.Sprintf(`{"data":{`+forks.String()+`"SECONDS_PER_SLOT":"%d","SLOTS_PER_EPOCH":"%d","DEPOSIT_CHAIN_ID":"%d","DEPOSIT_CONTRACT_ADDRESS":"%s",`+
		`"PRESET_BASE":"mainnet","BLOB_SCHEDULE":[{"EPOCH":"1"}],"MAX":12,"NESTED":{"a":"b"}}}`, n.SecondsPerSlot, n.SlotsPerEpoch, n.DepositChainID, n.DepositContract)
}

func syncingJSON(syncing, optimistic, elOffline bool) string {
	return fmt.Sprintf(`{"data":{"head_slot":"40","sync_distance":"3","is_syncing":%v,"is_optimistic":%v,"el_offline":%v}}`, syncing, optimistic, elOffline)
}

func finalityJSON(epoch uint64, root common.Hash, optimistic bool) string {
	checkpoint := `{"epoch":"0","root":"` + common.Hash{}.Hex() + `"}`
	return fmt.Sprintf(`{"execution_optimistic":%v,"finalized":false,"data":{"previous_justified":%s,"current_justified":%s,"finalized":{"epoch":"%d","root":"%s"}}}`,
		optimistic, checkpoint, checkpoint, epoch, root)
}

type headerFlags struct{ canonical, finalized, optimistic bool }

func headerJSON(h beacon.Header, root common.Hash, f headerFlags) string {
	return fmt.Sprintf(`{"execution_optimistic":%v,"finalized":%v,"data":{"root":"%s","canonical":%v,"header":{"message":{"slot":"%d","proposer_index":"%d",`+
		`"parent_root":"%s","state_root":"%s","body_root":"%s"},"signature":"0x%0192d"}}}`,
		f.optimistic, f.finalized, root, f.canonical, h.Slot, h.ProposerIndex, h.ParentRoot, h.StateRoot, h.BodyRoot, 0)
}

// newClient is a client of the nodes whose pauses take no time; change alters its options.
func newClient(t *testing.T, change func(*beacon.Options), nodes ...*fakeNode) *beacon.Client {
	t.Helper()
	o := beacon.Options{Network: testNetwork(), Clock: newFakeClock(pausesPass), Random: func(int64) int64 { return 0 }}
	for _, n := range nodes {
		o.Endpoints = append(o.Endpoints, n.URL)
	}
	if change != nil {
		change(&o)
	}
	c, err := beacon.New(o)
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}
