//go:build testnet && linux

package story

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	devnetprocess "github.com/tidemark-oracle/tidemark/test/devnet/process"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	// binariesVariable names the folder with the clients, forkVariable the network's newest fork, programVariable the oraclenode that is tested, beside which
	// stands the devnet program; make test-story sets them.
	binariesVariable = "TESTNET_BINARIES"
	forkVariable     = "TESTNET_FORK"
	programVariable  = "ORACLENODE"
	// transitionVariable names the folder with the beacon node of a network of Gloas.
	transitionVariable = "TESTNET_TRANSITION"
	frames             = 10
	// extraFrames is how many more may pass until everything was seen: a validator's life takes longer on a slow machine, whose members miss duties and whose
	// blocks are reorganised away.
	extraFrames = 6
	// exits, double and second are what becomes of the operator's first keys. The second one votes twice when the block with the slashing of the first was
	// reorganised away: Prysm takes no evidence again against a validator that was in a block once.
	exits, double, second = 0, 1, 2
	// exitAfterEpochs is how long a validator must have been active: SHARD_COMMITTEE_PERIOD of the network, and the epoch of the request.
	exitAfterEpochs = 3
)

func TestLifeOfAnOracleSet(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 140*time.Minute)
	defer cancel()
	begin(ctx, t).run()
}

// One frame of the same life, without incidents: what runs at each fork that a client speaks.
func TestOneFrameIsJoinedReportedAndRecomputed(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Minute)
	defer cancel()
	s := begin(ctx, t)
	s.form(s.chain)
	stop := s.record()
	s.stake()
	accepted := s.awaitFirstReport(s.schedule.NextRefSlot(s.headSlot() + 8))
	s.accepted = append(s.accepted, accepted)
	s.checkReport(accepted)
	s.waitUntil(5*time.Minute, func() bool { s.noteKeepers(); return s.opened == firstKeys })
	require.Equal(t, firstKeys, s.opened, "the members' keepers have not sent the keys' first ether")
	stop()
	s.print()
	s.stopMembers()
	s.recompute(t)
	s.checkSignatures(t)
}

// awaitFirstReport waits for the committee's first report. On a slow machine members that have just started miss frames: slots do not wait for them.
func (s *story) awaitFirstReport(first uint64) *submission {
	const tries = 3
	for try := range uint64(tries) {
		refSlot := first + try*s.schedule.FrameSlots()
		require.NoError(s, s.network.WaitSlot(s.ctx, refSlot+1))
		if accepted := s.awaitReport(refSlot); accepted != nil {
			return accepted
		}
		s.addNote(s.headSlot(), "no report of reference slot %d came in time", refSlot)
	}
	require.FailNow(s, "no report was accepted", "%d frames from reference slot %d on", tries, first)
	return nil
}

// begin starts the network, deploys Tidemark on it, and makes the members' folders.
func begin(ctx context.Context, t *testing.T) *story {
	binaries, program := os.Getenv(binariesVariable), os.Getenv(programVariable)
	require.NotEmpty(t, binaries, "%s does not name the folder with the clients: run make test-story", binariesVariable)
	require.NotEmpty(t, program, "%s does not name the program: run make test-story", programVariable)
	members := newCommittee(ctx, t, program)
	network := start(ctx, t, binaries)
	t.Cleanup(func() { require.NoError(t, network.Stop()) })
	members.connect(t, network)
	c := newChain(ctx, t, network, members.bootstrap())
	return newStory(c, members)
}

// story is what happens, and what was seen of it.
type story struct {
	*timeline
	*committee
	recorder *statusRecorder
	gatherer *snapshot.Builder

	exitAsked, exitSeen, slashedSeen, addedFourth bool
	keysFrom                                      uint64 // execution block up to which the keepers' work was seen
	opened                                        int    // keys that have had their first ether
	toppedUp                                      map[uint64]bool
	doubleVoted                                   []uint32 // keys that voted twice
	requested, claimed                            int64
	accepted                                      []*submission
	seen                                          struct{ missed, pending, swept, rewards, exited, slashed, finalized, paidOut bool }
}

func newStory(c *chain, members *committee) *story {
	gatherer, closeNodes, err := snapshot.Open(snapshot.Endpoints{Manifest: c.manifest, Beacon: []string{c.network.BeaconURL}, Execution: []string{c.network.ExecutionURL}})
	require.NoError(c, err)
	c.Cleanup(closeNodes)
	return &story{timeline: &timeline{chain: c, holder: c.sender.Address}, committee: members, recorder: newStatusRecorder(), gatherer: gatherer, toppedUp: make(map[uint64]bool)}
}

func (s *story) run() {
	s.form(s.chain)
	stop := s.record()
	s.stake()
	// On a slow machine the first reference slots pass before there is a committee.
	first := s.schedule.NextRefSlot(s.headSlot() + 1)
	for frame := range uint64(frames + extraFrames) {
		if frame >= frames {
			unseen := s.unseen()
			if len(unseen) == 0 {
				break
			}
			s.addNote(s.headSlot(), "one more frame: %s", strings.Join(unseen, ", "))
		}
		s.runFrame(frame, first+frame*s.schedule.FrameSlots())
	}
	stop()
	s.print()
	s.logMemory()
	require.Empty(s, s.unseen(), "a part of the life was not seen")
	s.Run("the newcomer leaves by the page", func(t *testing.T) { s.newcomer.leaveCommittee(t, s) })
	s.stopMembers()
	s.Run("every accepted report is computed again from the archive, byte for byte", s.recompute)
	s.Run("nothing wrong was ever signed", s.checkSignatures)
}

// record begins to keep what the members say of themselves, until stop.
func (s *story) record() (stop func()) {
	ctx, cancel := context.WithCancel(s.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.recorder.run(ctx, s.running)
	}()
	return func() {
		cancel()
		<-done
	}
}

// logMemory tells what each member that runs oraclenode itself holds while it waits for the next frame.
func (s *story) logMemory() {
	for _, m := range s.members {
		if m.process == nil || m.hooked || m.space != nil {
			continue
		}
		resident, err := devnetprocess.ResidentBytes(m.process.command.Process.Pid)
		if err != nil {
			s.Logf("%s: %v", m.name, err)
			continue
		}
		s.Logf("%s is resident with %.1f MiB", m.name, float64(resident)/(1<<20))
	}
}

// runFrame lives through one frame, counted from the committee's first one, with its incidents.
func (s *story) runFrame(frame, refSlot uint64) {
	incidents := s.incidents()[frame]
	for _, incident := range incidents { // first of all: what a member has proven when the slot is there it will not ask again
		s.addNote(s.headSlot(), "incident: %s", incident.name)
		incident.begin()
	}
	s.actBeforeFrame(frame, refSlot)
	require.NoError(s, s.network.WaitSlot(s.ctx, refSlot+1))
	s.slashWhenPossible()
	for _, incident := range incidents {
		if incident.during != nil {
			incident.during(refSlot)
		}
	}
	report := s.awaitReport(refSlot)
	for _, incident := range incidents {
		s.Run(incident.name, func(t *testing.T) {
			require.True(t, report != nil || incident.maySkip, "reference slot %d was not reported", refSlot)
			incident.expect(t, report)
		})
		incident.end()
	}
	if report == nil {
		s.addNote(s.headSlot(), "no report of reference slot %d came in time", refSlot)
		result, err := s.gatherer.Compute(s.ctx, refSlot)
		require.NoError(s, err)
		s.compare(result) // what would have been reported is right all the same
		return
	}
	s.accepted = append(s.accepted, report)
	s.checkReport(report)
}

// actBeforeFrame is what holders, operators and block builders do before a frame's reference slot.
func (s *story) actBeforeFrame(frame, refSlot uint64) {
	switch frame {
	case 1:
		s.send(s.manifest.Contracts.ELRewardsVault, localnet.Ether(1), nil) // as a block builder pays
		s.requestWithdrawal(3)
	case 4:
		s.requestWithdrawal(20)
	}
	if frame >= 3 && !s.addedFourth {
		s.addedFourth = true
		s.addTransaction(s.addKeys(firstKeys, 1), "the operator adds a fourth key")
	}
	if frame == 1 || frame == 3 || frame >= frames && !s.seen.missed {
		require.NoError(s, s.network.WaitSlot(s.ctx, refSlot-4))
		if slot, err := s.network.MissSlot(s.ctx); err == nil {
			s.addNote(slot, "the slot is missed")
			s.seen.missed = true
		}
	}
}

// runPending does what waits for something else to happen first.
func (s *story) runPending() {
	s.noteKeepers()
	s.exitWhenPossible()
	s.noteSlashing()
	s.claimWhenPossible()
}

// exitWhenPossible asks for the exit of a validator through registry and vault.
func (s *story) exitWhenPossible() {
	if s.exitAsked && s.exitSeen {
		return
	}
	v, ok := s.validatorOf(exits)
	epoch := s.headSlot() / s.network.SlotsPerEpoch
	switch {
	case !ok:
	case !s.exitAsked && v.Validator.ActivationEpoch <= epoch && epoch-v.Validator.ActivationEpoch >= exitAfterEpochs:
		s.addNote(v.Validator.ActivationEpoch*s.network.SlotsPerEpoch, "validator %d is active", v.Index)
		s.addTransaction(s.requestExit(exits), "the exit of validator %d is requested (EIP-7002)", v.Index)
		s.exitAsked = true
	case s.exitAsked && v.Validator.ExitEpoch <= epoch:
		s.addNote(v.Validator.ExitEpoch*s.network.SlotsPerEpoch, "validator %d has exited", v.Index)
		s.exitSeen = true
	}
}

// slashWhenPossible has another validator vote twice at the beginning of a frame, once the first one is out: the fewer earn, the plainer is the loss.
func (s *story) slashWhenPossible() {
	keys := []uint32{double, second}
	if !s.exitSeen || s.slashedSeen || len(s.doubleVoted) == len(keys) {
		return
	}
	key := keys[len(s.doubleVoted)]
	v, ok := s.validatorOf(key)
	require.True(s, ok)
	require.NoError(s, s.network.DoubleVote(s.ctx, v.Index, s.validatorKey(key)))
	s.addNote(s.headSlot(), "validator %d votes twice for one target", v.Index)
	s.doubleVoted = append(s.doubleVoted, key)
}

func (s *story) noteSlashing() {
	if s.slashedSeen {
		return
	}
	for _, key := range s.doubleVoted {
		if v, ok := s.validatorOf(key); ok && v.Validator.Slashed {
			s.addNote(s.headSlot(), "validator %d is slashed", v.Index)
			s.slashedSeen = true
		}
	}
}

// awaitReport waits until the report of the slot is accepted, and does what is pending meanwhile; nil when submissions close without it.
func (s *story) awaitReport(refSlot uint64) *submission {
	pool, closes := bindings.NewStakingPool(), s.schedule.CloseSlot(refSlot)
	for s.headSlot() <= closes { // The report may be in the last block before it.
		last, err := pool.UnpackLastReport(s.call(s.manifest.Contracts.StakingPool, pool.PackLastReport(), nil))
		require.NoError(s, err)
		if last.RefSlot == refSlot {
			return s.findSubmission(refSlot)
		}
		s.runPending()
		require.NoError(s, pause(s.ctx, time.Second))
	}
	return nil
}

// checkReport compares an accepted report with independent calculations, and records what holders saw of it.
func (s *story) checkReport(x *submission) {
	result, err := s.gatherer.Compute(s.ctx, x.Report.RefSlot)
	require.NoError(s, err)
	x.requireComputed(s.T, result.Report)
	s.compare(result)
	before, after := s.at(x.receipt.BlockNumber.Uint64()-1), s.at(x.receipt.BlockNumber.Uint64())
	s.addTransaction(x.receipt, "%s", describe(x.Report))
	s.checkRates(x.Report, before, after)
}

func describe(r report.Report) string {
	text := fmt.Sprintf("report of slot %d: %d keys, %d exited, %d slashed, vault %s ether", r.RefSlot, r.Validators, r.Exited, r.Slashed,
		decimal(r.WithdrawalVaultWei.ToBig(), 18, 3))
	if r.FinalizeUpTo > 0 {
		text += fmt.Sprintf(", requests to %d", r.FinalizeUpTo)
	}
	if r.Bunker {
		text += ", bunker"
	}
	return text
}

// checkRates records what a report has shown, and checks that rate and balances follow.
func (s *story) checkRates(r report.Report, before, after *holding) {
	up, moved := after.ShareRateRay.Cmp(before.ShareRateRay), new(big.Int).Sub(after.ShareRateRay, before.ShareRateRay)
	// What payouts are rounded by lifts the rate by less than a wei of a wrapped token, and of the holder's balance.
	visible := moved.CmpAbs(big.NewInt(1e9)) >= 0
	follows := func(change int, what string) {
		require.True(s, change == up || change == 0 && !visible, "%s goes where the share rate goes: %d, %d by %s", what, change, up, moved)
	}
	follows(after.WrappedWei.Cmp(before.WrappedWei), "the wrapped token's rate")
	follows(after.balanceWei.Cmp(before.balanceWei), "the holder's balance")
	if r.Slashed > 0 && !s.seen.slashed {
		// What was due to the holders may make the penalty good in their rate: the report tells the loss all the same.
		require.True(s, r.Bunker, "the penalty is a loss of the consensus layer")
	}
	s.seen.pending = s.seen.pending || r.CLPendingGwei > 0
	s.seen.swept = s.seen.swept || !r.WithdrawalVaultWei.IsZero()
	s.seen.rewards = s.seen.rewards || up > 0 && r.Validators > 0
	s.seen.exited = s.seen.exited || r.Exited > 0
	s.seen.slashed = s.seen.slashed || r.Slashed > 0
	s.seen.finalized = s.seen.finalized || r.FinalizeUpTo > 0
	s.seen.paidOut = s.seen.paidOut || r.WithdrawalVaultWei.ToBig().Cmp(localnet.Ether(31)) > 0
}

// unseen is what has not happened yet in this life, or was in no report.
func (s *story) unseen() (missing []string) {
	s.claimWhenPossible()
	for _, part := range []struct {
		seen bool
		what string
	}{
		{s.seen.missed, "no slot was missed"},
		{s.opened > firstKeys, "the fourth key has not got its first ether"}, // In bunker, which slashing brings, it gets no more.
		{len(s.toppedUp) >= firstKeys, "the first keys have not got their ether"},
		{s.seen.pending, "no report had pending deposits"},
		{s.seen.swept, "nothing was swept into the vault"},
		{s.seen.rewards, "no rewards reached the holders"},
		{s.seen.exited, "no report had the exited validator"},
		{s.seen.paidOut, "the exited validator's ether did not reach the vault in a report"},
		{s.seen.slashed, "no report had the slashed validator"},
		{s.seen.finalized, "no report finalized a withdrawal request"},
		{s.claimed > 0, "no withdrawal request was paid"},
	} {
		if !part.seen {
			missing = append(missing, part.what)
		}
	}
	return missing
}

// stopMembers ends all nodes, in order.
func (s *story) stopMembers() {
	for _, m := range s.running() {
		if m.runs() {
			require.NoError(s, m.stop(), "%s:\n%s", m.name, lastLines(m.log(), 40))
		}
	}
}
