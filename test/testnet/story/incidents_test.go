//go:build testnet && linux

package story

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet/faults"
)

// incident is something that goes wrong during one frame.
type incident struct {
	name    string
	begin   func()
	during  func(refSlot uint64) // after the reference slot, long before it is final; may be nil
	expect  func(t *testing.T, report *submission)
	end     func()
	maySkip bool // the frame may pass without a report, and the next one must have it
}

// incidents are those of each frame. Never more than two members are in the way at once: five of seven are a quorum.
func (s *story) incidents() map[uint64][]incident {
	return map[uint64][]incident{
		1: {
			s.falseAnswer("a beacon node serves a tampered state", 4, s.beacons[4], faults.FlipBalance(7), "hash-tree root differs"),
			s.falseAnswer("a beacon node names a wrong fork", 5, s.beacons[5], faults.WrongFork("deneb"), "deneb"),
		},
		2: {
			s.falseAnswer("a beacon node cuts off the state", 4, s.beacons[4], faults.Truncate(), "truncated"),
			s.falseAnswer("a beacon node gives an old finalized root", 6, s.second[6], s.oldFinality(), "endpoints disagree"),
		},
		3: {
			s.falseAnswer("an execution node lies about a balance", 4, s.geths[4], faults.FalseBalance(s.manifest.Contracts.WithdrawalVault), "not proven"),
			s.falseAnswer("an execution node lies about a proof", 5, s.geths[5], faults.FalseProof(), "not proven"),
		},
		4: {s.stoppedBeacon(), s.wrongClock()},
		5: {s.restartedExecution(), s.memberJoins()},
		6: {s.partition()},
		7: {s.memberEjected()},
	}
}

// oldFinality gives the root that is final now, and will be old when the frame's slot is final.
func (s *story) oldFinality() faults.Fault {
	now, err := s.network.Status(s.ctx)
	require.NoError(s, err)
	return faults.OldFinality(now.Finalized.Root)
}

// reasonTimeout is how long a member may take to say what is wrong. It has room for a slow machine.
const reasonTimeout = 3 * time.Minute

// falseAnswer has the proxy before one member's node give false answers. The member must name the node and the reason, and must not have signed; the others report.
func (s *story) falseAnswer(name string, who int, proxy *faults.Proxy, fault faults.Fault, why string) incident {
	m := s.members[who]
	var mark int64
	return incident{
		name: fmt.Sprintf("%s (%s)", name, m.name),
		begin: func() {
			mark = m.mark()
			s.recorder.forgetReasons(m.name)
			proxy.Set(fault)
		},
		expect: func(t *testing.T, report *submission) {
			require.Eventually(t, func() bool {
				return m.logged(mark, proxy.Name, why) || s.recorder.hasReason(m.name, proxy.Name, why)
			}, reasonTimeout, time.Second, "%s does not say that %s lies (%s); it says:\n%s", m.name, proxy.Name, why, lastLines(m.log(), 15))
			require.Positive(t, proxy.Applied(), "the false answer was never given")
			require.False(t, report.signed(m.ID), "%s signed what it could not verify", m.name)
		},
		end: func() { proxy.Set(nil) },
	}
}

// stoppedBeacon stops the second beacon node in mid-frame: the member that asks only it cannot compute, and those that ask both go on.
func (s *story) stoppedBeacon() incident {
	m, name := s.members[apart-1], hostOf(s.network.SecondBeaconURL)
	return incident{
		name:   fmt.Sprintf("a beacon node stops in mid-frame (%s)", m.name),
		begin:  func() { s.recorder.forgetReasons(m.name) },
		during: func(uint64) { require.NoError(s, s.network.StopClient("beacon-1")) },
		expect: func(t *testing.T, report *submission) {
			require.Eventually(t, func() bool { return s.recorder.hasReason(m.name, "beacon-down", name) }, reasonTimeout, time.Second, "%s does not say that %s is down", m.name, name)
			require.False(t, report.signed(m.ID))
			for _, other := range s.members[:apart-1] {
				require.True(t, s.recorder.hasReason(other.name, name), "%s asks it too", other.name)
			}
		},
		end: func() { require.NoError(s, s.network.StartClient(s.ctx, "beacon-1")) },
	}
}

// wrongClock runs a member on a machine whose clock is a minute and a half ahead.
func (s *story) wrongClock() incident {
	m := s.members[2]
	return incident{
		name: fmt.Sprintf("a member's clock is wrong (%s)", m.name),
		begin: func() {
			s.recorder.forgetReasons(m.name)
			m.hooked = true
			require.NoError(s, m.restart("--clock-offset", "90s"))
		},
		expect: func(t *testing.T, _ *submission) {
			require.Eventually(t, func() bool { return s.recorder.hasReason(m.name, "clock-skewed", "check the time synchronisation") }, reasonTimeout, time.Second, "%s does not notice", m.name)
		},
		end: func() {
			m.hooked = false
			require.NoError(s, m.restart())
		},
	}
}

// restartedExecution restarts the only execution node in mid-frame: everyone must find it again.
func (s *story) restartedExecution() incident {
	name := hostOf(s.network.ExecutionURL)
	marks := make(map[string]int64)
	saysAway := func(m *member) bool { return m.logged(marks[m.name], name) || s.recorder.hasReason(m.name, name) }
	return incident{
		name: "the execution node is restarted",
		begin: func() {
			for _, m := range s.members[:apart] {
				marks[m.name] = m.mark()
				s.recorder.forgetReasons(m.name)
			}
		},
		during: func(uint64) {
			require.NoError(s, s.network.StopClient("geth"))
			// Everyone asks in vain before the node is there again. What nobody says here is required below.
			s.waitUntil(30*time.Second, func() bool {
				return !slices.ContainsFunc(s.members[:apart], func(m *member) bool { return !saysAway(m) })
			})
			require.NoError(s, s.network.StartClient(s.ctx, "geth"))
		},
		expect: func(t *testing.T, _ *submission) {
			for _, m := range s.members[:apart] {
				require.True(t, saysAway(m), "%s does not say that %s was away", m.name, name)
			}
		},
		end: func() {},
	}
}

// partition cuts the last three members off: neither side is a quorum, so nothing is reported until the line is mended.
func (s *story) partition() incident {
	return incident{
		name:    "members are split in two groups",
		maySkip: true, // Mending may take until the frame is over.
		begin:   func() {},
		during: func(refSlot uint64) {
			// The line fails before the slot is final: the two groups must compute and vote apart.
			require.NoError(s, s.network.WaitSlot(s.ctx, refSlot+8))
			require.NoError(s, s.partitionMembers())
			_, err := s.network.WaitFinalizedEpoch(s.ctx, refSlot/s.network.SlotsPerEpoch+1)
			require.NoError(s, err)
			require.NoError(s, s.network.WaitSlot(s.ctx, s.headSlot()+2))
			s.waitUntil(reasonTimeout, func() bool { return s.computedOnBothSides(refSlot) })
			s.requireNoCertificate(refSlot)
			require.NoError(s, s.reconnectMembers())
			s.addNote(s.headSlot(), "the split is mended; nothing was reported meanwhile")
		},
		expect: func(t *testing.T, _ *submission) {
			require.Eventually(t, func() bool { return s.allConnected() }, 5*time.Minute, time.Second, "the groups do not find each other again")
		},
		end: func() {},
	}
}

// memberJoins has a new member join while the committee works: it answers from the next reference slot on.
func (s *story) memberJoins() incident {
	return incident{
		name:  "a new member joins",
		begin: func() {},
		during: func(uint64) {
			s.newcomer.joinCommittee(s)
			s.countNewcomer()
			s.addNote(s.headSlot(), "%s has joined by the commands of docs/joining.md", s.newcomer.name)
		},
		expect: func(t *testing.T, report *submission) {
			require.NotContains(t, report.members, s.newcomer.ID, "the open round is the others'")
			require.Eventually(t, func() bool {
				status, ok := s.recorder.latest(s.newcomer.name)
				return ok && len(status.Peers) >= committeeSize-1
			}, reasonTimeout, time.Second, "it does not find the others:\n%s", lastLines(s.newcomer.log(), 15))
		},
		end: func() {},
	}
}

// memberEjected takes an old member out while the round is open: the others agree anew.
func (s *story) memberEjected() incident {
	m := s.members[2]
	return incident{
		name:   fmt.Sprintf("an old member is ejected (%s)", m.name),
		begin:  func() { s.recorder.forgetReasons(m.name) },
		during: func(uint64) { require.NoError(s, s.admin(s.chain, "eject", m.ID.Hex())) },
		expect: func(t *testing.T, report *submission) {
			report.ejected = true
			require.NotContains(t, report.members, m.ID)
			require.Contains(t, report.members, s.newcomer.ID)
			// Its signature may come too late for a certificate that five have made.
			require.Eventually(t, func() bool { return s.newcomer.logged(0, "The report is computed.", report.digest.Hex()) }, reasonTimeout, time.Second, "the newcomer takes no part")
			require.Eventually(t, func() bool { return s.recorder.hasReason(m.name, "not-member") }, reasonTimeout, time.Second, "%s does not notice", m.name)
		},
		end: func() {},
	}
}
