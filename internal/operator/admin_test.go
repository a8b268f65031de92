package operator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestAnEjectionActsAtOnceAlsoOnTheOpenRound(t *testing.T) {
	w := newWorld(t, nil)
	_, err := w.OpenFrame()
	require.NoError(t, err)
	open, err := w.network.CommitteeAt(t.Context(), w.Chain.Slot())
	require.NoError(t, err)
	require.Len(t, open, 4)
	id := w.Members[2].ID
	from, _, err := w.network.AnswersFrom(t.Context(), id)
	require.NoError(t, err)
	require.Less(t, from, w.Chain.Slot(), "it answers already")

	eject, err := w.network.Eject(t.Context(), id)
	require.NoError(t, err)
	_, err = w.act(w.Accounts.Guardian, eject, operator.Routing{})
	require.ErrorContains(t, err, "3 members would be left, and with fewer than 4 none may fail; say with --small-committee that this is meant")
	_, err = w.act(w.Accounts.User, eject, operator.Routing{Meant: []string{operator.FlagSmallCommittee}})
	require.ErrorIs(t, err, operator.ErrRole)
	require.Equal(t, operator.Member, w.registration(id).State)
	w.mustAct(w.Accounts.Guardian, eject, nil, operator.FlagSmallCommittee)
	open, err = w.network.CommitteeAt(t.Context(), w.Chain.Slot())
	require.NoError(t, err)
	require.Len(t, open, 3)
	require.NotContains(t, open, id)
	_, err = w.network.Eject(t.Context(), id)
	require.ErrorIs(t, err, operator.ErrState)
}

func TestARemovalActsFromTheNextFrameOn(t *testing.T) {
	w := newWorld(t, nil)
	f, err := w.OpenFrame()
	require.NoError(t, err)
	id := w.Members[0].ID
	remove, err := w.network.Remove(t.Context(), []common.Hash{id})
	w.mustAct(w.Accounts.Owner, remove, err, operator.FlagSmallCommittee)
	open, err := w.network.CommitteeAt(t.Context(), f.RefSlot)
	require.NoError(t, err)
	require.Contains(t, open, id)
	upcoming, err := w.network.Upcoming(t.Context())
	require.NoError(t, err)
	require.NotContains(t, upcoming, id)
}

func TestAdmissionIsRefusedForWhoIsNoCandidate(t *testing.T) {
	w := newWorld(t, nil)
	_, j := w.newcomer("newcomer")
	_, err := j.Run(t.Context(), false)
	require.NoError(t, err)
	_, twin := w.newcomer("twin")
	_, err = twin.Run(t.Context(), false)
	require.NoError(t, err)
	_, same := w.newcomer("same peer")
	same.PeerID = j.PeerID
	_, err = same.Run(t.Context(), false)
	require.NoError(t, err, "only members' peer ids are known when a candidate registers")

	for want, ids := range map[string][]common.Hash{
		"not registered":    {{1}},
		"is a member":       {w.Members[0].ID},
		"named twice":       {j.ID(), j.ID()},
		"0 members":         nil,
		"129 members":       make([]common.Hash, 129),
		"has the peer id":   {j.ID(), same.ID()},
		"taken for one nod": {same.ID(), j.ID()},
	} {
		_, err := w.network.Admit(t.Context(), ids)
		require.ErrorContains(t, err, want)
	}
	admit, err := w.network.Admit(t.Context(), []common.Hash{j.ID(), twin.ID()})
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(admit.What), "The committee has 4 members now, and 6 then: 4 must sign.")
	w.mustAct(w.Accounts.Owner, admit, nil)
	_, err = w.network.Admit(t.Context(), []common.Hash{same.ID()})
	require.ErrorIs(t, err, operator.ErrKeyTaken)
}

func TestPausersStopAndResumersRestartEachPart(t *testing.T) {
	w := newWorld(t, nil)
	for _, name := range operator.Features() {
		f := operator.Feature(name)
		_, err := w.network.Unpause(t.Context(), f)
		require.ErrorIs(t, err, operator.ErrState)
		pause, err := w.network.Pause(t.Context(), f)
		require.NoError(t, err)
		_, err = w.act(w.Accounts.Resumer, pause, operator.Routing{})
		require.ErrorIs(t, err, operator.ErrRole, "the resumer cannot pause")
		w.mustAct(w.Accounts.Pauser, pause, nil)
		_, err = w.network.Pause(t.Context(), f)
		require.ErrorIs(t, err, operator.ErrState)
		unpause, err := w.network.Unpause(t.Context(), f)
		w.mustAct(w.Accounts.Resumer, unpause, err)
	}
	_, err := w.network.Pause(t.Context(), "claims")
	require.ErrorIs(t, err, operator.ErrArgument)
}

// TestTakingAnActionBackNeverDoesIt: an account that could act by itself and says --cancel wants the timelock's announcement gone.
func TestTakingAnActionBackNeverDoesIt(t *testing.T) {
	w := newWorld(t, nil)
	pause, err := w.network.Pause(t.Context(), operator.Reports)
	require.NoError(t, err)
	_, err = w.act(w.Accounts.Pauser, pause, operator.Routing{Cancel: true})
	require.ErrorIs(t, err, operator.ErrState)
	require.ErrorContains(t, err, "nothing to cancel")
	_, err = w.network.Unpause(t.Context(), operator.Reports)
	require.ErrorIs(t, err, operator.ErrState, "reports go on")

	eject, err := w.network.Eject(t.Context(), w.Members[2].ID)
	require.NoError(t, err)
	_, err = w.act(w.Accounts.Guardian, eject, operator.Routing{Cancel: true}) // nor without the flags of its dangers
	require.ErrorIs(t, err, operator.ErrState)
	require.Equal(t, operator.Member, w.registration(w.Members[2].ID).State)
}

// quarantined submits a report that gains too much, and gives the action that accepts it.
func (w *world) quarantined() operator.Action {
	w.Helper()
	f, err := w.OpenFrame()
	require.NoError(w, err)
	quiet, err := w.QuietReport(f)
	require.NoError(w, err)
	r := quiet
	r.CLValidatorsGwei, r.Validators = 5_000e9, 1
	_, err = w.Network.Submit(r, f)
	require.NoError(w, err)
	_, err = w.network.AcceptQuarantined(w.Context(), quiet)
	require.ErrorIs(w, err, operator.ErrArgument)
	accept, err := w.network.AcceptQuarantined(w.Context(), r)
	require.NoError(w, err)
	_, err = w.act(w.Accounts.Guardian, accept, operator.Routing{})
	require.ErrorContains(w, err, "the report breaks CL_GAIN_TOO_HIGH; say with --beyond-limits that this is meant")
	return accept
}

func TestGuardiansJudgeTheReportInQuarantine(t *testing.T) {
	w := newWorld(t, nil)
	_, err := w.network.RejectQuarantined(t.Context())
	require.ErrorContains(t, err, "no report is in quarantine")
	w.mustAct(w.Accounts.Guardian, w.quarantined(), nil, operator.FlagBeyondLimits)
	pool := bindings.NewStakingPool()
	last, err := localnet.Query(w.Network, w.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	require.NoError(t, err)
	require.EqualValues(t, 5_000e9, last.ClValidatorsGwei)
	_, err = w.network.RejectQuarantined(t.Context())
	require.ErrorContains(t, err, "was judged already")
}

func TestARejectedReportChangesNothing(t *testing.T) {
	w := newWorld(t, nil)
	accept := w.quarantined()
	reject, err := w.network.RejectQuarantined(t.Context())
	w.mustAct(w.Accounts.Guardian, reject, err)
	_, err = w.act(w.Accounts.Guardian, accept, operator.Routing{Meant: []string{operator.FlagBeyondLimits}})
	require.ErrorContains(t, err, "NotInQuarantine")
}

func TestAReportStaysInQuarantineForItsTimeOnly(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.QuarantineSeconds = 3600 })
	w.quarantined()
	w.pass(301)
	_, err := w.network.RejectQuarantined(t.Context())
	require.ErrorContains(t, err, "could be judged until")
}

func TestAcceptanceEndsWhenSubmissionsOfTheFrameClose(t *testing.T) {
	w := newWorld(t, nil)
	f, err := w.OpenFrame()
	require.NoError(t, err)
	r, err := w.QuietReport(f)
	require.NoError(t, err)
	r.CLValidatorsGwei, r.Validators = 5_000e9, 1
	_, err = w.Network.Submit(r, f)
	require.NoError(t, err)
	accept, err := w.network.AcceptQuarantined(t.Context(), r)
	require.NoError(t, err)
	s := report.Schedule(w.Schedule)
	require.Contains(t, accept.What[0], "It can be accepted until "+time.Unix(int64(s.TimeOf(s.CloseSlot(r.RefSlot))-1), 0).UTC().Format(time.RFC3339))
	w.pass(s.CloseSlot(r.RefSlot) - w.Chain.Slot())
	_, err = w.network.AcceptQuarantined(t.Context(), r)
	require.ErrorIs(t, err, operator.ErrState)
	require.ErrorContains(t, err, "when submissions of its frame closed: judge the next frame's report")
	_, err = w.network.RejectQuarantined(t.Context())
	require.NoError(t, err, "it can still be dropped")
}

func TestTermsStayBelowTheirBoundsAndLooserOnesAreMeant(t *testing.T) {
	w := newWorld(t, nil)
	terms, err := w.network.Terms(t.Context())
	require.NoError(t, err)
	for name, change := range map[string]func(*operator.Terms){
		"fee":           func(t *operator.Terms) { t.FeeBps = w.Bounds.MaxFeeBps + 1 },
		"operators":     func(t *operator.Terms) { t.OperatorsBps = 10_001 },
		"normal reward": func(t *operator.Terms) { t.NormalRewardBps = w.Bounds.MaxNormalRewardBps + 1 },
		"noise":         func(t *operator.Terms) { t.NoisePcm = w.Bounds.MaxNoisePcm + 1 },
	} {
		to := terms
		change(&to)
		to.Treasury = common.Address{1} // another change does not hide it
		_, err = w.network.SetTerms(t.Context(), to)
		require.ErrorIs(t, err, operator.ErrArgument, name)
		require.ErrorContains(t, err, "above its ceiling", name)
	}
	for flag, change := range map[string]func(*operator.Terms){
		operator.FlagLoosen:   func(t *operator.Terms) { t.NoisePcm++ },
		operator.FlagMoveFees: func(t *operator.Terms) { t.NormalRewardBps++ },
	} {
		to := terms
		change(&to)
		a, err := w.network.SetTerms(t.Context(), to)
		require.NoError(t, err)
		require.Len(t, a.Dangers, 1)
		require.Equal(t, flag, a.Dangers[0].Flag)
	}
}

// The contract counts a change for a reference slot at least closeSlots away.
func TestWhoIsAdmittedAfterTheCloseAnswersFromTheRoundAfterTheNext(t *testing.T) {
	w := newWorld(t, nil)
	s := report.Schedule(w.Schedule)
	next := s.NextRefSlot(w.Chain.Slot())
	_, j := w.newcomer("late")
	_, err := j.Run(t.Context(), false)
	require.NoError(t, err)
	w.pass(next - s.CloseSlots + 1 - w.Chain.Slot())
	admit, err := w.network.Admit(t.Context(), []common.Hash{j.ID()})
	w.mustAct(w.Accounts.Owner, admit, err)
	require.Greater(t, w.Chain.Slot(), next-s.CloseSlots)
	require.Less(t, w.Chain.Slot(), next)
	from, at, err := w.network.AnswersFrom(t.Context(), j.ID())
	require.NoError(t, err)
	require.Equal(t, [2]uint64{next + s.FrameSlots(), s.TimeOf(next + s.FrameSlots())}, [2]uint64{from, at})
	_, leaving, err := w.network.RefSlotOfChange(t.Context())
	require.NoError(t, err)
	require.Equal(t, at, leaving, "who leaves now is out at the same time")
}

func TestAPauseSaysWhenItEndsByItself(t *testing.T) {
	w := newWorld(t, nil)
	for f, says := range map[operator.Feature]bool{operator.Deposits: false, operator.Withdrawals: true, operator.Reports: true} {
		pause, err := w.network.Pause(t.Context(), f)
		require.NoError(t, err)
		require.Equal(t, says, strings.Contains(strings.Join(pause.What, " "), "ends by itself after 336h0m0s"), f)
	}
}

func TestWhatTheTimelockHoldsIsAnnouncedAndLaterExecuted(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 1200 })
	terms, err := w.network.Terms(t.Context())
	require.NoError(t, err)
	cheaper := terms
	cheaper.FeeBps = 500
	action := func() operator.Action {
		a, err := w.network.SetTerms(t.Context(), cheaper)
		require.NoError(t, err)
		return a
	}
	_, err = w.act(w.Accounts.User, action(), operator.Routing{})
	require.ErrorIs(t, err, operator.ErrRole)
	_, err = w.act(w.Accounts.Owner, action(), operator.Routing{Cancel: true})
	require.ErrorContains(t, err, "nothing to cancel")
	via := func(want operator.Via, r operator.Routing) operator.Routed {
		t.Helper()
		routed, err := w.act(w.Accounts.Owner, action(), r)
		require.NoError(t, err)
		require.Equal(t, want, routed.Via)
		return routed
	}
	announced := via(operator.Schedule, operator.Routing{})
	waits := via(operator.Waits, operator.Routing{})
	require.Equal(t, announced.Operation, waits.Operation)
	require.WithinDuration(t, announced.Ready, waits.Ready, 15*time.Second)
	via(operator.Cancel, operator.Routing{Cancel: true})
	via(operator.Schedule, operator.Routing{})
	w.pass(101)
	_, err = w.act(w.Accounts.Guardian, action(), operator.Routing{})
	require.ErrorContains(t, err, "EXECUTOR_ROLE")
	via(operator.Execute, operator.Routing{})
	now, err := w.network.Terms(t.Context())
	require.NoError(t, err)
	require.Equal(t, cheaper, now)

	_, err = w.network.SetTerms(t.Context(), cheaper)
	require.ErrorContains(t, err, "nothing would change")
	back, err := w.network.SetTerms(t.Context(), terms)
	require.NoError(t, err)
	require.Equal(t, operator.FlagMoveFees, back.Dangers[0].Flag)
	w.mustAct(w.Accounts.Owner, back, nil, operator.FlagMoveFees)
	w.pass(101)
	w.mustAct(w.Accounts.Owner, back, nil, operator.FlagMoveFees)
	via(operator.Happened, operator.Routing{})
	require.NotEqual(t, announced.Operation, via(operator.Schedule, operator.Routing{Salt: common.Hash{1}}).Operation)
}

func TestLimitsAreLoosenedOnPurposeAndNeverBeyondTheirCeilings(t *testing.T) {
	w := newWorld(t, nil)
	soft, ceilings, err := w.network.Limits(t.Context())
	require.NoError(t, err)
	tighter, looser, beyond, younger := soft, soft, soft, soft
	tighter.LossWindowPcm--
	looser.AnnualGainBps++
	beyond.AnnualGainBps = ceilings.AnnualGainBps + 1
	younger.RequestMarginSeconds--
	a, err := w.network.SetLimits(t.Context(), tighter)
	require.NoError(t, err)
	require.Empty(t, a.Dangers)
	for _, to := range []operator.Action{must(w.network.SetLimits(t.Context(), looser)), must(w.network.SetLimits(t.Context(), younger))} {
		_, err = w.act(w.Accounts.Owner, to, operator.Routing{})
		require.ErrorContains(t, err, "--loosen")
	}
	_, err = w.network.SetLimits(t.Context(), beyond)
	require.ErrorContains(t, err, "above its ceiling")
	_, err = w.network.SetLimits(t.Context(), soft)
	require.ErrorContains(t, err, "nothing would change")
}

func must(a operator.Action, err error) operator.Action {
	if err != nil {
		panic(err)
	}
	return a
}

func TestRolesAreGrantedAndRevoked(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 12 })
	for _, contract := range []string{"StakingPool", "WithdrawalQueue", "ReportOracle", "OracleCommittee", "SanityChecker", "OperatorRegistry", "WithdrawalVault", "TimelockController"} {
		role, err := w.network.RoleNamed(contract, "DEFAULT_ADMIN_ROLE")
		require.NoError(t, err)
		held, err := w.network.Holds(t.Context(), w.Contracts.Timelock, role)
		require.NoError(t, err)
		require.True(t, held, contract)
	}
	_, err := w.network.RoleNamed("ReportOracle", "KING_ROLE")
	require.ErrorContains(t, err, "ReportOracle GUARDIAN_ROLE")
	role, err := w.network.RoleNamed("ReportOracle", "GUARDIAN_ROLE")
	require.NoError(t, err)
	account := common.Address{0x42}
	_, err = w.network.Revoke(t.Context(), role, account)
	require.ErrorIs(t, err, operator.ErrState)
	grant, err := w.network.Grant(t.Context(), role, account)
	w.mustAct(w.Accounts.Owner, grant, err)
	w.pass(2)
	w.mustAct(w.Accounts.Owner, grant, nil)
	held, err := w.network.Holds(t.Context(), account, role)
	require.NoError(t, err)
	require.True(t, held)
	_, err = w.network.Grant(t.Context(), role, account)
	require.ErrorIs(t, err, operator.ErrState)
	admin, err := w.network.RoleNamed("ReportOracle", "DEFAULT_ADMIN_ROLE")
	require.NoError(t, err)
	revoke, err := w.network.Revoke(t.Context(), admin, w.Contracts.Timelock)
	require.NoError(t, err)
	_, err = w.act(w.Accounts.Owner, revoke, operator.Routing{})
	require.ErrorContains(t, err, "--hand-over")
}
