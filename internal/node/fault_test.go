package node

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// switched is an endpoint that can be turned off.
type switched struct {
	*httptest.Server
	off atomic.Bool
}

// proxy stands before an endpoint.
func (w *world) proxy(target string) *switched {
	s := &switched{}
	transport := &http.Transport{DisableKeepAlives: true}
	s.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		if s.off.Load() {
			http.Error(out, "off", http.StatusBadGateway)
			return
		}
		forward(out, in, target, transport)
	}))
	w.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func hasReason(code Code) func(status.Status) bool {
	return func(s status.Status) bool {
		return slices.ContainsFunc(s.Reasons, func(r status.Reason) bool { return r.Code == string(code) })
	}
}

func ready(s status.Status) bool { return s.Ready }

func TestNodeStartsAndGoesOnWhileItsEndpointsAreDown(t *testing.T) {
	w := newWorld(t, 4)
	beaconNode, executionNode := w.proxy(w.BeaconURL()), w.proxy(w.ExecutionURL())
	beaconNode.off.Store(true)
	executionNode.off.Store(true)
	lame := 3
	for i := range 4 {
		w.start(i, func(c *Config, _ *Hooks) {
			if i == lame {
				c.Beacon, c.Execution = []string{beaconNode.URL + "/secret"}, []string{executionNode.URL + "/secret"}
			}
		})
	}
	n := w.nodes[lame]
	w.nodes[lame] = nil // It cannot see blocks.
	s := n.until("says that no beacon node answers", hasReason(BeaconDown))
	require.True(t, hasReason(ExecutionDown)(s))
	code, body := n.get("/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, code)
	require.Contains(t, body, "beacon-down: ")
	require.NotContains(t, body, "secret")
	require.NotContains(t, n.log.String(), "secret")

	first := w.schedule.RefSlot(0)
	w.untilNode(w.nodes[0], first, "the others report", reported(first))

	beaconNode.off.Store(false)
	executionNode.off.Store(false)
	w.nodes[lame] = n
	n.until("is ready again", ready)
	second := w.schedule.RefSlot(1)
	s = w.untilNode(n, second, "takes part again", stage(second, status.Voted, status.Certified, status.Submitted, status.Accepted, status.Done))
	w.untilNode(n, second, "the contract has the report", reported(second))
	require.NotNil(t, s.Rounds[0].Digest)
	require.Contains(t, n.log.String(), "A beacon node can be used again.")
}

func TestSecondEndpointServesWhenTheFirstIsDown(t *testing.T) {
	w := newWorld(t, 1)
	dead := w.proxy(w.BeaconURL())
	dead.off.Store(true)
	n := w.start(0, func(c *Config, _ *Hooks) {
		c.Beacon = append([]string{dead.URL}, c.Beacon...)
		c.Execution = append([]string{dead.URL}, c.Execution...)
	})
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
	usable := 0
	for _, e := range s.Endpoints {
		if e.Usable {
			usable++
		} else {
			require.NotEmpty(t, e.Why)
		}
	}
	require.Len(t, s.Endpoints, 4)
	require.Equal(t, 2, usable)
	require.True(t, s.Ready, "%v", s.Reasons)
}

// failing is a journal that fails once when it is given a record of a kind.
type failing struct {
	records
	left *atomic.Int32
}

func (f failing) Append(all ...consensus.Record) error {
	for _, r := range all {
		if _, isVote := r.(consensus.VoteRecord); isVote && f.left.Add(-1) >= 0 {
			return errors.Join(errors.New("no space left on device"), journal.ErrFailed)
		}
	}
	return f.records.Append(all...)
}

func TestJournalThatFailsIsOpenedAgainAndTheVoteFollows(t *testing.T) {
	w := newWorld(t, 1)
	var left atomic.Int32
	left.Store(1)
	opened := 0
	n := w.start(0, func(c *Config, h *Hooks) {
		identity, err := journal.NewIdentity(w.manifest.Domain(), consensus.Key(localnet.NewKey(0).PublicKey().Bytes()))
		require.NoError(t, err)
		h.openRecords = func() (records, error) {
			opened++
			disk, err := openRecords(journal.Options{Path: filepath.Join(c.Home, JournalFile), Identity: identity})
			return failing{disk, &left}, err
		}
	})
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
	require.NoError(t, n.stop())
	require.Equal(t, 2, opened)
	require.Equal(t, uint64(1), s.Counters.JournalErrors)
	require.Equal(t, uint64(1), s.Counters.VotesSigned, "nothing is signed over a failed write")
	require.Contains(t, n.log.String(), "The journal was opened again")
}

func TestRestartInMidRoundGoesOnWhereItWas(t *testing.T) {
	w := newWorld(t, 1)
	n := w.start(0, func(c *Config, _ *Hooks) { c.NoSubmit = true })
	refSlot := w.schedule.RefSlot(0)
	before := w.untilNode(n, refSlot, "the certificate is there", stage(refSlot, status.Submitted))
	require.NoError(t, n.stop())

	n = w.start(0, nil)
	after := w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
	require.Equal(t, before.Rounds[0].Certificate, after.Rounds[0].Certificate)
	w.untilNode(n, refSlot, "its transaction is final", func(s status.Status) bool { return s.Counters.Submissions["accepted"] == 1 })
}

func TestMemberWithAnotherReportIsNamedAndDoesNotStopTheOthers(t *testing.T) {
	w := newWorld(t, 4)
	wrong := 2
	w.startAll(func(i int, _ *Config, h *Hooks) {
		if i == wrong {
			h.Tamper = func(r *report.Report) { r.ELRewardsVaultWei.AddUint64(&r.ELRewardsVaultWei, 1) }
		}
	})
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(w.nodes[0], refSlot, "the contract has the report", reported(refSlot))
	require.NotContains(t, s.Rounds[0].Signers, wrong)
	own := w.untilNode(w.nodes[wrong], refSlot, "sees the acceptance", reported(refSlot))
	require.False(t, own.Reports[0].Own)
	require.Positive(t, own.Counters.Alarms[string(consensus.AlarmOtherReportCertified)])
	require.Zero(t, own.Counters.VotesSigned)
	require.Empty(t, own.Counters.Submissions["accepted"])
}

func TestPanicInAComputationIsTriedAgain(t *testing.T) {
	w := newWorld(t, 1)
	var panics atomic.Int32
	n := w.start(0, func(_ *Config, h *Hooks) {
		h.Tamper = func(*report.Report) {
			if panics.Add(1) == 1 {
				panic("a planted fault")
			}
		}
	})
	refSlot := w.schedule.RefSlot(0)
	s := w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
	require.Equal(t, uint64(1), s.Counters.ComputeErrors)
	require.Contains(t, n.log.String(), "a planted fault")
}

func TestEjectionInMidRoundBeginsTheRoundAnew(t *testing.T) {
	w := newWorld(t, 4)
	w.startAll(func(_ int, c *Config, _ *Hooks) { c.NoSubmit = true })
	refSlot := w.schedule.RefSlot(0)
	before := w.untilNode(w.nodes[0], refSlot, "the certificate is there", stage(refSlot, status.Certified, status.Submitted))

	gone := crypto.Keccak256Hash(localnet.NewKey(3).PublicKey().Affine())
	require.NoError(t, w.nodes[3].stop())
	w.nodes[3] = nil
	w.send(w.accounts.Guardian, w.manifest.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackEject(gone))
	after := w.untilNode(w.nodes[0], refSlot, "the smaller committee certifies", func(s status.Status) bool {
		return len(s.Rounds[0].Seats) == 3 && s.Rounds[0].Certificate != nil
	})
	require.NotEqual(t, before.Rounds[0].Committee, after.Rounds[0].Committee)
	require.NotEqual(t, before.Rounds[0].Digest, after.Rounds[0].Digest, "the report names its committee")
}

func TestMembersThatAreRemovedOnBothSidesOfTheCloseLeaveOneAfterTheOther(t *testing.T) {
	w := newWorld(t, 4)
	w.startAll(nil)
	n, first := w.nodes[0], w.schedule.RefSlot(0)
	w.untilNode(n, first, "the contract has the report", reported(first))
	remove := func(member uint64) {
		gone := crypto.Keccak256Hash(localnet.NewKey(member).PublicKey().Affine())
		w.send(w.accounts.Owner, w.manifest.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackRemove([][32]byte{gone}))
	}
	remove(3)
	require.Less(t, w.Slot(), w.schedule.CloseSlot(first))
	for w.Slot() < w.schedule.CloseSlot(first) {
		w.slot()
	}
	remove(2)
	require.Greater(t, w.Slot(), w.schedule.CloseSlot(first))
	for k, seats := range []int{3, 2} {
		refSlot := w.schedule.RefSlot(uint64(k) + 1)
		for w.Slot() <= refSlot {
			w.slot()
		}
		s := w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
		require.Len(t, s.Rounds[0].Seats, seats)
	}
}

// The contract keeps two sets. A change after submissions have closed makes it forget the one of the frame that is ending.
func TestWhatTheContractSaysOfAClosedFramesCommitteeIsNotListenedTo(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	r := &runner{parts: &parts{clock: newChainClock(now)}}
	r.frame = frame{open: true, refSlot: 63, deadline: now}
	r.frame.current.Digest, r.frame.round.Committee = common.Hash{1}, common.Hash{1}
	r.chainNow.committees = map[uint64]consensus.Committee{63: {Digest: common.Hash{2}}}
	require.False(t, r.changeCommittee())
	require.Equal(t, common.Hash{1}, r.frame.current.Digest)

	// The head is past the close, and this node's clock is not yet.
	r.schedule = report.Schedule{SecondsPerSlot: 12, SlotsPerEpoch: 8, InitialEpoch: 8, EpochsPerFrame: 4, CloseSlots: 2}
	r.frame.deadline, r.chainNow.head.Time = now.Add(time.Second), r.schedule.TimeOf(r.schedule.CloseSlot(63))
	require.False(t, r.changeCommittee())
}

func TestReportThatAReorganisationTakesOutIsBroughtAgain(t *testing.T) {
	w := newWorld(t, 1)
	n := w.start(0, nil)
	refSlot := w.schedule.RefSlot(0)
	w.untilNode(n, refSlot, "the contract has the report", stage(refSlot, status.Accepted))
	require.NoError(t, w.Reorg(t.Context(), w.Slot()-1, nil))
	w.slot()
	w.untilNode(n, refSlot, "the contract has the report again, for good", stage(refSlot, status.Done))
	require.Contains(t, n.log.String(), "The execution chain was reorganised.")
}

func TestClockThatIsSetIsAReason(t *testing.T) {
	w := newWorld(t, 1)
	n := w.start(0, nil)
	n.until("is ready", ready)
	w.clock.set(time.Hour)
	n.until("says that the clock was set", hasReason(ClockJumped))
	w.clock.set(-time.Hour)
	refSlot := w.schedule.RefSlot(0)
	w.untilNode(n, refSlot, "reports all the same", reported(refSlot))
	n.until("is ready again", ready)
}

func TestRetiredJournalIsRefused(t *testing.T) {
	w := newWorld(t, 1)
	identity, err := journal.NewIdentity(w.manifest.Domain(), consensus.Key(localnet.NewKey(0).PublicKey().Bytes()))
	require.NoError(t, err)
	j, err := journal.Open(journal.Options{Path: filepath.Join(w.homes[0], JournalFile), Identity: identity})
	require.NoError(t, err)
	require.NoError(t, j.Retire())
	require.NoError(t, j.Close())
	require.ErrorIs(t, Run(t.Context(), w.config(0, &lines{})), journal.ErrRetired)

	require.NoError(t, os.Remove(filepath.Join(w.homes[0], KeystoreFile)))
	err = Run(t.Context(), w.config(0, &lines{}))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.True(t, strings.Contains(err.Error(), "oraclenode keys new") && strings.Contains(err.Error(), "observe"), "%v", err)
}
