package node

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// byzantineEndpoint stands before an execution endpoint, and while it lies says that the committee is what lie makes of the members' public keys. Digest, keys
// and peer ids fit together: only a proof tells.
type byzantineEndpoint struct {
	*httptest.Server
	lies atomic.Bool
}

func (w *world) byzantineEndpoint(lie func(members []uint64) []uint64) *byzantineEndpoint {
	endpoint := &byzantineEndpoint{}
	endpoint.lies.Store(true)
	transport := &http.Transport{DisableKeepAlives: true}
	parsed, err := bindings.OracleCommitteeMetaData.ParseABI()
	require.NoError(w, err)
	method := parsed.Methods["committeeAt"]
	endpoint.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		in.Body = io.NopCloser(bytes.NewReader(body))
		if err != nil || !endpoint.lies.Load() || !strings.Contains(string(body), hexutil.Encode(method.ID)) {
			forward(out, in, w.ExecutionURL(), transport)
			return
		}
		in.Header.Del("Accept-Encoding") // The answer is read here.
		recorded := httptest.NewRecorder()
		forward(recorded, in, w.ExecutionURL(), transport)
		var answer map[string]any
		if err := json.Unmarshal(recorded.Body.Bytes(), &answer); err != nil {
			http.Error(out, "no JSON", http.StatusBadGateway)
			return
		}
		if text, ok := answer["result"].(string); ok {
			answer["result"] = hexutil.Encode(w.falseCommittee(method.Outputs.Pack, hexutil.MustDecode(text), lie))
		}
		out.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(out).Encode(answer)
	}))
	w.Cleanup(func() {
		endpoint.CloseClientConnections()
		endpoint.Close()
	})
	return endpoint
}

func (w *world) falseCommittee(pack func(...any) ([]byte, error), answer []byte, lie func([]uint64) []uint64) []byte {
	said, err := bindings.NewOracleCommittee().UnpackCommitteeAt(answer)
	if err != nil || len(said.Ids) == 0 {
		return answer
	}
	members := make([]uint64, len(said.Ids))
	for i := range members {
		members[i] = uint64(i)
	}
	var ids [][32]byte
	var keys [][]byte
	for _, i := range lie(members) {
		key := localnet.NewKey(i).PublicKey().Affine()
		ids, keys = append(ids, crypto.Keccak256Hash(key)), append(keys, key)
	}
	digest := report.CommitteeDigest(w.manifest.Domain().ChainID, w.manifest.Contracts.OracleCommittee, w.schedule, keys)
	encoded, err := pack(digest, ids)
	if err != nil {
		return answer
	}
	return encoded
}

func (w *world) committeeDigest(members ...uint64) common.Hash {
	var keys [][]byte
	for _, i := range members {
		keys = append(keys, localnet.NewKey(i).PublicKey().Affine())
	}
	return report.CommitteeDigest(w.manifest.Domain().ChainID, w.manifest.Contracts.OracleCommittee, w.schedule, keys)
}

func TestCommitteeThatTheReferenceBlockDoesNotProveIsNotVotedIn(t *testing.T) {
	w := newWorld(t, 2)
	endpoint := w.byzantineEndpoint(func(members []uint64) []uint64 {
		slices.Reverse(members)
		return members
	})
	w.startAll(func(_ int, c *Config, _ *Hooks) {
		c.Execution, c.ResendInterval = []string{endpoint.URL}, 50*time.Millisecond
	})
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(w.nodes[0], refSlot, "names the lie", hasReason(NotProven))
	certified := stage(refSlot, status.Certified, status.Submitted)
	for range 9 { // Less than a slot passes meanwhile, enough for what was said too early to be said again: the frame is short.
		w.clock.advance(100 * time.Millisecond)
		w.nodes[1].settles(2*time.Second, certified)
		if w.nodes[0].settles(2*time.Second, certified) {
			break
		}
	}
	s = w.nodes[0].until("the proven committee certifies", certified)
	require.Equal(t, w.committeeDigest(0, 1), s.Rounds[0].Committee, "the proven one is believed")
	require.Equal(t, uint64(1), s.Counters.VotesSigned, "nothing is signed in a committee that nobody proved")
	w.untilNode(w.nodes[0], refSlot, "the contract has the report", reported(refSlot))

	require.Contains(t, w.nodes[0].log.String(), "distrust it")

	endpoint.lies.Store(false)
	w.nodes[0].until("trusts the node again when it tells the truth", func(s status.Status) bool { return !hasReason(NotProven)(s) })
}

// settles waits a while for a condition of the node's description.
func (n *testNode) settles(while time.Duration, condition func(status.Status) bool) bool {
	limit := time.After(while)
	for {
		changed := n.source.Changed()
		if condition(n.source.Status()) {
			return true
		}
		select {
		case <-changed:
		case <-limit:
			return false
		}
	}
}

func TestWithinAllowsOnlyThatMembersAreGone(t *testing.T) {
	a, b, c, x := common.Hash{1}, common.Hash{2}, common.Hash{3}, common.Hash{9}
	proven := []execution.Member{{ID: a}, {ID: b}, {ID: c}}
	for _, all := range [][]common.Hash{{a, b, c}, {a, c}, {b}, {c}} {
		require.True(t, within(all, proven), "%v", all)
	}
	for _, all := range [][]common.Hash{nil, {x}, {a, x}, {a, b, c, x}, {b, a}, {a, a}, {x, a, b, c}, {c, b, a}} {
		require.False(t, within(all, proven), "%v", all)
	}
}
