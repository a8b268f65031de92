package preflight_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/internal/preflight"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

var errUnreachable = errors.New("no route to host")

// world is a devnet with a member who is about to start.
type world struct {
	*testing.T
	*network.Network
	in preflight.Input
}

func newWorld(t *testing.T) *world {
	t.Helper()
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: 4, Seed: 7, SlotTime: 100 * time.Millisecond, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	for range 40 { // finality
		_, err := n.Chain.NextSlot(t.Context())
		require.NoError(t, err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	m := n.Members[1]
	file := func(name string) string { return filepath.Join(m.Home, name) }
	w := &world{T: t, Network: n}
	w.in = preflight.Input{
		Manifest: n.Manifest, Beacon: []string{n.Chain.BeaconURL()}, Execution: []string{n.Chain.ExecutionURL()},
		Keystore: file("keystore.json"), KeystorePassword: file("keystore.password"), Identity: file("identity"),
		Submitter: file("submitter.json"), SubmitterPassword: file("submitter.password"), Journal: file("journal.db"),
		Listen: m.Listen, Bootstrap: []string{"/ip4/127.0.0.1/tcp/9/p2p/" + n.Members[0].PeerID},
		MaxFeeWei: big.NewInt(100e9), HTTP: &http.Client{Transport: transport},
		Now:  func() time.Time { return time.Unix(int64(n.Schedule.TimeOf(n.Chain.Slot())), 0) },
		Wall: time.Now,
		Dial: func(context.Context, string, string) (net.Conn, error) { return nil, errUnreachable },
	}
	return w
}

// look runs the checks and returns the findings of one area.
func (w *world) look(area string) []preflight.Finding {
	w.Helper()
	var told, found []preflight.Finding
	all := preflight.Run(w.Context(), w.in, func(f preflight.Finding) { told = append(told, f) })
	require.Equal(w, all, told, "what is returned is what was told")
	for _, f := range all {
		require.Equal(w, f.Result == preflight.Warning || f.Result == preflight.Failed, f.Remedy != "", "a remedy stands where one is needed: %+v", f)
		if f.Area == area {
			found = append(found, f)
		}
	}
	require.NotEmpty(w, found)
	return found
}

// one asserts that the area has a finding with the verdict whose text holds part.
func (w *world) one(area string, verdict preflight.CheckResult, part string) {
	w.Helper()
	found := w.look(area)
	for _, f := range found {
		if f.Result == verdict && strings.Contains(f.Text, part) {
			return
		}
	}
	require.Failf(w, "no such finding", "%s %q in %+v", verdict, part, found)
}

func TestAMemberThatIsSetUpWellHasNothingThatFailed(t *testing.T) {
	w := newWorld(t)
	for _, f := range preflight.Run(t.Context(), w.in, nil) {
		require.NotEqual(t, preflight.Failed, f.Result, "%+v", f)
	}
	w.one("contract", preflight.Passed, "this node is member 1")
	w.one("beacon", preflight.Passed, "whole finalized states (electra)")
	w.one("execution", preflight.Passed, "proves every contract")
	w.one("contract", preflight.Passed, "the pool's bounds are the manifest's")
	w.one("clock", preflight.Passed, "0s from the median of 2 nodes")
}

func TestAPoolWithoutAReportIsNotSaidToHaveOne(t *testing.T) {
	w := newWorld(t)
	fresh, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../contracts/test/fixtures", Members: 4})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, fresh.Close()) })
	first := fresh.Schedule.RefSlot(0)
	require.NoError(t, fresh.Advance(t.Context(), first+2*fresh.Schedule.SlotsPerEpoch))
	w.in.Manifest, w.in.Beacon, w.in.Execution = fresh.Manifest, []string{fresh.BeaconURL()}, []string{fresh.ExecutionURL()}
	w.in.Now = func() time.Time { return time.Unix(int64(fresh.Schedule.TimeOf(first+1)), 0) }
	w.one("contract", preflight.Passed, "no report was accepted yet") // the pool counts from a slot before the first frame
}

// dated gives answers the Date of a clock.
type dated struct {
	http.RoundTripper
	now func() time.Time
}

func (d dated) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := d.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Header.Set("Date", d.now().UTC().Format(http.TimeFormat))
	}
	return answer, err
}

func TestAManifestWithOtherBoundsIsFound(t *testing.T) {
	w := newWorld(t)
	other := *w.in.Manifest
	other.Bounds.BucketGwei++
	w.in.Manifest = &other
	w.one("contract", preflight.Failed, "reports would be computed wrongly")
}

func TestAClockThatIsWrongIsFound(t *testing.T) {
	w := newWorld(t)
	for ahead, verdict := range map[time.Duration]preflight.CheckResult{0: preflight.Passed, 5 * time.Second: preflight.Warning, -time.Minute: preflight.Failed} {
		w.in.HTTP = &http.Client{Transport: dated{http.DefaultTransport, func() time.Time { return time.Now().Add(-ahead) }}}
		require.Equal(t, verdict, w.look("clock")[0].Result, "%s ahead", ahead)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

func TestAHeadOfTheFutureBlamesTheOwnClock(t *testing.T) {
	w := newWorld(t)
	w.in.Now = func() time.Time { return time.Unix(int64(w.Schedule.TimeOf(w.Chain.Slot()-10)), 0) }
	w.one("beacon", preflight.Failed, "yet to come")
}

func TestAKeyOfAnotherIdentityIsFound(t *testing.T) {
	w := newWorld(t)
	w.in.Identity = filepath.Join(w.Members[2].Home, "identity")
	w.one("contract", preflight.Failed, "another network identity")
}

func TestAKeyThatIsNoMemberIsFound(t *testing.T) {
	w := newWorld(t)
	keystore, err := bls.NewKeystore(localnet.NewKey(999), []byte("devnet"), bls.KDF{Function: "pbkdf2", C: 1000}, rand.Reader)
	require.NoError(t, err)
	w.in.Keystore = filepath.Join(t.TempDir(), "keystore.json")
	require.NoError(t, keyfile.Create(w.in.Keystore, keystore))
	w.one("contract", preflight.Warning, "this key is not among them")
}

func TestAnObserverNeedsNoKey(t *testing.T) {
	w := newWorld(t)
	w.in.Observe, w.in.Keystore = true, ""
	w.one("contract", preflight.Passed, "4 members answer")
	w.one("keys", preflight.Skipped, "observer")
}

func TestExposedAndWrongKeyFilesAreFound(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, os.Chmod(w.in.Keystore, 0o644))
	w.one("keys", preflight.Failed, "open to other users")
	require.NoError(t, os.Chmod(w.in.Keystore, 0o600))
	w.in.SubmitterPassword = filepath.Join(t.TempDir(), "wrong")
	require.NoError(t, os.WriteFile(w.in.SubmitterPassword, []byte("another"), 0o600))
	w.one("keys", preflight.Failed, "wrong password")
}

func TestJournalsThatMustNotBeUsedAreFound(t *testing.T) {
	w := newWorld(t)
	w.one("journal", preflight.Warning, "asks the other members")

	identity, err := journal.NewIdentity(w.Manifest.Domain(), consensus.Key(w.Members[1].Key.Bytes()))
	require.NoError(t, err)
	j, err := journal.Open(journal.Options{Path: w.in.Journal, Identity: identity})
	require.NoError(t, err)
	w.one("journal", preflight.Passed, "a node runs with it")
	require.NoError(t, j.Close())
	w.one("journal", preflight.Passed, "intact")

	j, err = journal.Open(journal.Options{Path: w.in.Journal, Identity: identity})
	require.NoError(t, err)
	require.NoError(t, j.Retire())
	require.NoError(t, j.Close())
	w.one("journal", preflight.Failed, "retired")

	other, err := journal.NewIdentity(w.Manifest.Domain(), consensus.Key(w.Members[2].Key.Bytes()))
	require.NoError(t, err)
	w.in.Journal = filepath.Join(t.TempDir(), "journal.db")
	j, err = journal.Open(journal.Options{Path: w.in.Journal, Identity: other})
	require.NoError(t, err)
	require.NoError(t, j.Close())
	w.one("journal", preflight.Failed, "belongs to")
}

func TestAnAccountThatCannotPayIsFound(t *testing.T) {
	w := newWorld(t)
	w.in.MaxFeeWei = new(big.Int).Exp(big.NewInt(10), big.NewInt(19), nil) // no account of the devnet has that much for a gas
	w.one("contract", preflight.Failed, "less than one report may cost")
}

func TestNodesThatAreAwayOrOfAnotherChainAreFound(t *testing.T) {
	w := newWorld(t)
	away := "http://127.0.0.1:1"
	w.in.Beacon, w.in.Execution = append(w.in.Beacon, away), append(w.in.Execution, away)
	w.one("beacon", preflight.Failed, "127.0.0.1:1")
	w.one("execution", preflight.Failed, "127.0.0.1:1")
	w.one("contract", preflight.Passed, "this node is member 1")

	other := *w.Manifest
	other.Schedule.GenesisTime++
	w.in.Manifest = &other
	w.one("beacon", preflight.Failed, "genesis")
}

func TestANodeWithoutStatesIsFound(t *testing.T) {
	w := newWorld(t)
	target, err := url.Parse(w.Chain.BeaconURL())
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.Transport = w.in.HTTP.Transport
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		if strings.Contains(in.URL.Path, "/debug/") {
			http.NotFound(out, in)
			return
		}
		proxy.ServeHTTP(out, in)
	}))
	t.Cleanup(server.Close)
	w.in.Beacon = []string{server.URL}
	w.one("beacon", preflight.Failed, "no finalized state")
}

func TestAForkThatThisProgramDoesNotKnowIsFound(t *testing.T) {
	w := newWorld(t)
	target, err := url.Parse(w.Chain.BeaconURL())
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.Transport = w.in.HTTP.Transport
	now := w.Chain.Slot() / w.Schedule.SlotsPerEpoch
	epoch := now + 3
	proxy.ModifyResponse = func(r *http.Response) error {
		if !strings.HasSuffix(r.Request.URL.Path, "/config/spec") {
			return nil
		}
		var spec struct {
			Data map[string]any `json:"data"`
		}
		if err := json.NewDecoder(r.Body).Decode(&spec); err != nil {
			return err
		}
		spec.Data["HEZE_FORK_EPOCH"] = strconv.FormatUint(epoch, 10)
		text, err := json.Marshal(spec)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
		r.Header.Set("Content-Length", strconv.Itoa(len(text)))
		return err
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	w.in.Beacon = []string{server.URL}
	w.one("beacon", preflight.Warning, "announces the fork HEZE at epoch "+strconv.FormatUint(epoch, 10))
	epoch = now
	w.one("beacon", preflight.Failed, "it has begun")
}

func TestAddressesThatAreTakenOrMalformedAreFound(t *testing.T) {
	w := newWorld(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taken.Close()) })
	_, port, err := net.SplitHostPort(taken.Addr().String())
	require.NoError(t, err)
	w.in.Listen = []string{"/ip4/127.0.0.1/tcp/" + port, "/ip4/127.0.0.1", "nonsense"}
	w.one("peers", preflight.Warning, "in use")
	w.one("peers", preflight.Failed, "names no host and port")
	w.one("peers", preflight.Warning, errUnreachable.Error())
	w.in.Dial = (&net.Dialer{}).DialContext
	w.in.Bootstrap = []string{"/ip4/127.0.0.1/tcp/" + port + "/p2p/" + w.Members[0].PeerID}
	w.one("peers", preflight.Passed, "reached")
}

func TestNoFindingShowsASecret(t *testing.T) {
	w := newWorld(t)
	w.in.Beacon = []string{strings.Replace(w.Chain.BeaconURL(), "http://", "http://user:hush@", 1) + "/hush"}
	w.in.Execution = []string{strings.Replace(w.Chain.ExecutionURL(), "http://", "http://user:hush@", 1) + "/?key=hush", "http://user:hush@127.0.0.1:1/hush"}
	text, err := json.Marshal(preflight.Run(t.Context(), w.in, nil))
	require.NoError(t, err)
	require.NotContains(t, string(text), "hush")
}

func TestTheWorstFindingDecides(t *testing.T) {
	for _, c := range []struct {
		verdicts []preflight.CheckResult
		want     preflight.CheckResult
	}{
		{nil, preflight.Passed},
		{[]preflight.CheckResult{preflight.Passed, preflight.Skipped}, preflight.Passed},
		{[]preflight.CheckResult{preflight.Warning, preflight.Passed}, preflight.Warning},
		{[]preflight.CheckResult{preflight.Warning, preflight.Failed, preflight.Passed}, preflight.Failed},
	} {
		var findings []preflight.Finding
		for _, v := range c.verdicts {
			findings = append(findings, preflight.Finding{Result: v})
		}
		require.Equal(t, c.want, preflight.Worst(findings))
	}
}

// go-ethereum never ends the engine API's heartbeat and its recovery of senders, and its database library ends this worker some seconds after it was closed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}
