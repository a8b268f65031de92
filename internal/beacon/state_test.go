package beacon_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

const statesPath = "/eth/v2/debug/beacon/states/"

// serveState answers with body as the SSZ of a state.
func serveState(fork string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "application/octet-stream" {
			writeError(w, 406, "SSZ only")
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Eth-Consensus-Version", fork)
		w.Write(body)
	}
}

// readAll is a reader that accepts exactly want.
func readAll(want []byte) func(context.Context, *beacon.StateStream) error {
	return func(_ context.Context, s *beacon.StateStream) error {
		got, err := io.ReadAll(s)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return errWrongRoot
		}
		return nil
	}
}

var errWrongRoot = errors.New("wrong root")

func TestStateIsAskedBySlotAndThenByRoot(t *testing.T) {
	state := bytes.Repeat([]byte("state"), 100_000)
	root := stateRoot(9)
	for name, ids := range map[string][]string{"both": {"9", root.Hex()}, "slot only": {"9"}, "root only": {root.Hex()}} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, 0), 0)
			for _, id := range ids {
				node.handle(statesPath+id, serveState("electra", state))
			}
			var fork, endpoint string
			err := newClient(t, nil, node).ReadState(t.Context(), 9, root, func(ctx context.Context, s *beacon.StateStream) error {
				fork, endpoint = s.Fork, s.Endpoint
				return readAll(state)(ctx, s)
			})
			require.NoError(t, err)
			require.Equal(t, "electra", fork)
			require.Equal(t, node.URL, endpoint)
			if name != "root only" {
				require.Zero(t, node.requests(statesPath+root.Hex()))
			}
		})
	}
}

func TestMissingStateHasItsReason(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	err := newClient(t, nil, node).ReadState(t.Context(), 9, stateRoot(9), readAll(nil))
	require.ErrorIs(t, err, beacon.ErrMissingState)
	require.Equal(t, 2, node.requests(statesPath))
	_, err = newClient(t, nil, node).OpenState(t.Context(), beacon.Finalized())
	require.ErrorIs(t, err, beacon.ErrMissingState)
	require.ErrorContains(t, err, "read state finalized")
}

func TestStateThatIsNotAcceptedIsTakenFromTheNextEndpoint(t *testing.T) {
	c := newChain(0, 0)
	liar, good := newFakeNode(t, c, 0), newFakeNode(t, c, 0)
	liar.handle(statesPath+"9", serveState("electra", []byte("forged")))
	good.handle(statesPath+"9", serveState("electra", []byte("state")))
	require.NoError(t, newClient(t, nil, liar, good).ReadState(t.Context(), 9, stateRoot(9), readAll([]byte("state"))))

	err := newClient(t, nil, liar).ReadState(t.Context(), 9, stateRoot(9), readAll([]byte("state")))
	require.ErrorIs(t, err, beacon.ErrStateRefused)
	require.ErrorIs(t, err, errWrongRoot)
	require.ErrorContains(t, err, liar.URL)
	require.Equal(t, 2, liar.requests(statesPath), "a state that was refused was asked for again")
}

func TestStateStreamIsBoundedAlsoWhenCompressed(t *testing.T) {
	state := strings.Repeat("0", 1<<20)
	for name, test := range map[string]struct {
		bound uint64
		want  error
	}{"at the bound": {1 << 20, nil}, "above": {1<<20 - 1, beacon.ErrMalformed}} {
		for _, encoding := range []string{"gzip", "identity"} {
			t.Run(name+" "+encoding, func(t *testing.T) {
				node := newFakeNode(t, newChain(0, 0), 0)
				body := []byte(state)
				if encoding == "gzip" {
					body = gzipped(state)
				}
				node.handle(statesPath+"9", func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Encoding", encoding)
					serveState("deneb", body)(w, r)
				})
				client := newClient(t, func(o *beacon.Options) { o.MaxStateBytes = test.bound }, node)
				err := client.ReadState(t.Context(), 9, stateRoot(9), readAll([]byte(state)))
				require.ErrorIs(t, err, test.want)
			})
		}
	}
}

func TestStateStreamThatBreaksOffIsUnreachableAndTriedAgain(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	tries := 0
	node.handle(statesPath+"9", func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries > 1 {
			serveState("electra", []byte("state"))(w, r)
			return
		}
		w.Header().Set("Content-Length", "5")
		serveState("electra", []byte("sta"))(w, r)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	require.NoError(t, newClient(t, nil, node).ReadState(t.Context(), 9, stateRoot(9), readAll([]byte("state"))))

	tries = 0
	client := newClient(t, func(o *beacon.Options) { o.Attempts = 1 }, node)
	err := client.ReadState(t.Context(), 9, stateRoot(9), readAll([]byte("state")))
	require.ErrorIs(t, err, beacon.ErrUnreachable)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestStateStreamThatStallsIsUnreachable(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	node.handle(statesPath+"9", func(w http.ResponseWriter, r *http.Request) {
		serveState("electra", []byte("sta"))(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	clock := newFakeClock(pausesPass)
	client := newClient(t, func(o *beacon.Options) { o.Clock, o.StateStallTimeout = clock, time.Hour }, node)
	s, err := client.OpenState(t.Context(), beacon.AtSlot(9))
	require.NoError(t, err)
	defer s.Close()
	first := make([]byte, 3)
	_, err = io.ReadFull(s, first)
	require.NoError(t, err)
	failed := make(chan error)
	go func() {
		_, err := s.Read(first)
		failed <- err
	}()
	clock.fire(time.Hour)
	err = receive(t, failed)
	require.ErrorIs(t, err, beacon.ErrUnreachable)
	require.ErrorContains(t, err, "no answer in time")
	_, again := s.Read(first)
	require.Equal(t, err, again)
}

// dripping sends first, and then a byte whenever the client has read the one before.
func dripping(first string, media string, next <-chan byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", media)
		w.Header().Set("Eth-Consensus-Version", "electra")
		_, _ = io.WriteString(w, first) // the client may be gone
		for {
			w.(http.Flusher).Flush()
			select {
			case b := <-next:
				_, _ = w.Write([]byte{b})
			case <-r.Context().Done():
				return
			}
		}
	}
}

// A node that never lets a piece wait too long cannot hold up a reader for ever either.
func TestStateThatDripsForEverEnds(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	drops := make(chan byte)
	node.handle(statesPath+"9", dripping("sta", "application/octet-stream", drops))
	clock := newFakeClock(pausesPass)
	client := newClient(t, func(o *beacon.Options) { o.Clock, o.WholeStateTimeout = clock, 7*time.Hour }, node)
	s, err := client.OpenState(t.Context(), beacon.AtSlot(9))
	require.NoError(t, err)
	defer s.Close()
	piece := make([]byte, 3)
	_, err = io.ReadFull(s, piece)
	require.NoError(t, err)
	for range 3 {
		drops <- 'x'
		_, err = io.ReadFull(s, piece[:1])
		require.NoError(t, err)
	}
	clock.fire(7 * time.Hour)
	_, err = io.ReadAll(s)
	require.ErrorIs(t, err, beacon.ErrUnreachable)
	require.ErrorContains(t, err, "no answer in time")
}

func TestPendingDepositsThatDripForEverEnd(t *testing.T) {
	node := newFakeNode(t, newChain(0, 0), 0)
	node.handle("/eth/v1/beacon/states/9/pending_deposits", dripping(`{"data":[`, "application/json", nil))
	clock := newFakeClock(pausesPass)
	client := newClient(t, func(o *beacon.Options) { o.Clock, o.HintTimeout, o.Attempts = clock, 7*time.Hour, 1 }, node)
	failed := make(chan error)
	go func() {
		_, err := client.PendingDeposits(t.Context(), beacon.AtSlot(9), func(beacon.PendingDeposit) bool { return false })
		failed <- err
	}()
	clock.fire(7 * time.Hour)
	require.ErrorIs(t, receive(t, failed), beacon.ErrUnreachable)
}

func TestStateWithoutAForkOrAsJSONIsRefused(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"no fork":      serveState("", []byte("state")),
		"strange fork": serveState("Electra\t", []byte("state")),
		"long fork":    serveState(strings.Repeat("e", 33), []byte("state")),
		"JSON":         func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, `{"version":"electra","data":{}}`) },
	} {
		node := newFakeNode(t, newChain(0, 0), 0)
		node.handle(statesPath+"9", h)
		_, err := newClient(t, nil, node).OpenState(t.Context(), beacon.AtSlot(9))
		require.ErrorIs(t, err, beacon.ErrMalformed, name)
	}
}

func pendingJSON(key byte, amountGwei uint64) string {
	return fmt.Sprintf(`{"pubkey":"0x%096x","withdrawal_credentials":"%s","amount":"%d","signature":"0x%0192d","slot":"7"}`, key, common.Hash{key}, amountGwei, 0)
}

func TestPendingDepositsAreAHint(t *testing.T) {
	path := "/eth/v1/beacon/states/9/pending_deposits"
	list := func(elements ...string) string {
		return `{"version":"electra","execution_optimistic":false,"finalized":true,"data":[` + strings.Join(elements, ",") + `]}`
	}
	many := make([]string, 5000)
	for i := range many {
		many[i] = pendingJSON(byte(i), uint64(i))
	}
	all := func(beacon.PendingDeposit) bool { return true }
	for name, test := range map[string]struct {
		answer string
		keep   func(beacon.PendingDeposit) bool
		count  int
		want   error
	}{
		"none":               {list(), all, 0, nil},
		"many":               {list(many...), all, 5000, nil},
		"some":               {list(many...), func(p beacon.PendingDeposit) bool { return p.Credentials == common.Hash{3} }, 20, nil},
		"cut off":            {list(many...)[:10_000], all, 0, beacon.ErrMalformed},
		"no data":            {`{}`, all, 0, beacon.ErrMalformed},
		"data twice":         {`{"data":[],"data":[]}`, all, 0, beacon.ErrMalformed},
		"data is no list":    {`{"data":{}}`, all, 0, beacon.ErrMalformed},
		"short key":          {list(strings.Replace(pendingJSON(1, 1), "0x00", "0x", 1)), all, 0, beacon.ErrMalformed},
		"an endless element": {list(`{"pubkey":"` + strings.Repeat("0", 1<<20) + `"}`), all, 0, beacon.ErrMalformed},
		"an endless field":   {`{"version":"` + strings.Repeat("0", 1<<20) + `","data":[]}`, all, 0, beacon.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, 0), 0)
			node.answer(path, test.answer)
			got, err := newClient(t, nil, node).PendingDeposits(t.Context(), beacon.AtSlot(9), test.keep)
			require.ErrorIs(t, err, test.want)
			require.Len(t, got, test.count)
			if name == "some" {
				want := beacon.PendingDeposit{PublicKey: [48]byte{47: 3}, Credentials: common.Hash{3}, AmountGwei: 3, Slot: 7}
				require.Equal(t, want, got[0])
			}
		})
	}
	node := newFakeNode(t, newChain(0, 0), 0)
	got, err := newClient(t, nil, node).PendingDeposits(t.Context(), beacon.AtSlot(9), all)
	require.NoError(t, err, "a node without this call gives no hint")
	require.Nil(t, got)
}
