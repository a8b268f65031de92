//go:build testnet && linux

package story

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet/faults"
)

// trouble is something that goes wrong during one frame.
type trouble struct {
	name    string
	begin   func()
	during  func(refSlot uint64) // after the reference slot, long before it is final; may be nil
	expect  func(t *testing.T, report *submission)
	end     func()
	maySkip bool // the frame may pass without a report, and the next one must have it
}

// troubles are those of each frame. Never more than two members are in the way at once: five of seven are a quorum.
func (s *story) troubles() map[uint64][]trouble {
	return map[uint64][]trouble{
		1: {
			s.lie("a beacon node serves a tampered state", 4, s.beacons[4], faults.FlipBalance(7), "hash-tree root differs"),
			s.lie("a beacon node names a wrong fork", 5, s.beacons[5], faults.WrongFork("deneb"), "deneb"),
		},
		2: {
			s.lie("a beacon node cuts off the state", 4, s.beacons[4], faults.Truncate(), "truncated"),
			s.lie("a beacon node gives an old finalized root", 6, s.second[6], s.oldFinality(), "endpoints disagree"),
		},
		3: {
			s.lie("an execution node lies about a balance", 4, s.geths[4], faults.FalseBalance(s.manifest.Contracts.WithdrawalVault), "not proven"),
			s.lie("an execution node lies about a proof", 5, s.geths[5], faults.FalseProof(), "not proven"),
		},
		4: {s.stoppedBeacon(), s.wrongClock()},
		5: {s.restartedExecution(), s.arrival()},
		6: {s.split()},
		7: {s.ejection()},
	}
}

// oldFinality gives the root that is final now, and will be old when the frame's slot is final.
func (s *story) oldFinality() faults.Fault {
	now, err := s.network.Status(s.ctx)
	require.NoError(s, err)
	return faults.OldFinality(now.Finalized.Root)
}

const told = 40 * time.Second // in which a member must have said what is wrong

// lie has the proxy before one member's node lie. The member must name the node and the reason, and must not have signed; the others report.
func (s *story) lie(name string, who int, proxy *faults.Proxy, fault faults.Fault, why string) trouble {
	m := s.members[who]
	var mark int64
	return trouble{
		name: fmt.Sprintf("%s (%s)", name, m.name),
		begin: func() {
			mark = m.mark()
			s.witness.forget(m.name)
			proxy.Set(fault)
		},
		expect: func(t *testing.T, report *submission) {
			require.Eventually(t, func() bool {
				return m.logged(mark, proxy.Name, why) || s.witness.told(m.name, proxy.Name, why)
			}, told, time.Second, "%s does not say that %s lies (%s); it says:\n%s", m.name, proxy.Name, why, lastLines(m.log(), 15))
			require.Positive(t, proxy.Told(), "the lie was never told")
			require.False(t, report.signed(m.ID), "%s signed what it could not verify", m.name)
		},
		end: func() { proxy.Set(nil) },
	}
}

// stoppedBeacon stops the second beacon node in mid-frame: the member that asks only it cannot compute, and those that ask both go on.
func (s *story) stoppedBeacon() trouble {
	m, name := s.members[apart-1], hostOf(s.network.SecondBeaconURL)
	return trouble{
		name:   fmt.Sprintf("a beacon node stops in mid-frame (%s)", m.name),
		begin:  func() { s.witness.forget(m.name) },
		during: func(uint64) { require.NoError(s, s.network.StopClient("beacon-1")) },
		expect: func(t *testing.T, report *submission) {
			require.Eventually(t, func() bool { return s.witness.told(m.name, "beacon-down", name) }, told, time.Second, "%s does not say that %s is down", m.name, name)
			require.False(t, report.signed(m.ID))
			for _, other := range s.members[:apart-1] {
				require.True(t, s.witness.told(other.name, name), "%s asks it too", other.name)
			}
		},
		end: func() { require.NoError(s, s.network.StartClient(s.ctx, "beacon-1")) },
	}
}

// wrongClock runs a member on a machine whose clock is a minute and a half ahead.
func (s *story) wrongClock() trouble {
	m := s.members[2]
	return trouble{
		name: fmt.Sprintf("a member's clock is wrong (%s)", m.name),
		begin: func() {
			s.witness.forget(m.name)
			m.hooked = true
			require.NoError(s, m.restart("--clock-offset", "90s"))
		},
		expect: func(t *testing.T, _ *submission) {
			require.Eventually(t, func() bool { return s.witness.told(m.name, "clock-skewed", "check the time synchronisation") }, told, time.Second, "%s does not notice", m.name)
		},
		end: func() {
			m.hooked = false
			require.NoError(s, m.restart())
		},
	}
}

// restartedExecution restarts the only execution node in mid-frame: everyone must find it again.
func (s *story) restartedExecution() trouble {
	name := hostOf(s.network.ExecutionURL)
	marks := make(map[string]int64)
	return trouble{
		name: "the execution node is restarted",
		begin: func() {
			for _, m := range s.members[:apart] {
				marks[m.name] = m.mark()
			}
		},
		during: func(uint64) {
			require.NoError(s, s.network.StopClient("geth"))
			// Long enough for everyone to have asked in vain.
			require.NoError(s, pause(s.ctx, 6*time.Second))
			require.NoError(s, s.network.StartClient(s.ctx, "geth"))
		},
		expect: func(t *testing.T, _ *submission) {
			for _, m := range s.members[:apart] {
				require.True(t, m.logged(marks[m.name], name) || s.witness.told(m.name, name), "%s does not say that %s was away", m.name, name)
			}
		},
		end: func() {},
	}
}

// split cuts the last three members off: neither side is a quorum, so nothing is reported until the line is mended.
func (s *story) split() trouble {
	return trouble{
		name:    "members are split in two groups",
		maySkip: true, // Mending may take until the frame is over.
		begin:   func() {},
		during: func(refSlot uint64) {
			// The line fails before the slot is final: the two groups must compute and vote apart.
			require.NoError(s, s.network.WaitSlot(s.ctx, refSlot+8))
			require.NoError(s, s.cut())
			_, err := s.network.WaitFinalizedEpoch(s.ctx, refSlot/s.network.SlotsPerEpoch+1)
			require.NoError(s, err)
			require.NoError(s, s.network.WaitSlot(s.ctx, s.headSlot()+2))
			s.requireNoCertificate(refSlot)
			require.NoError(s, s.heal())
			s.say(s.headSlot(), "the split is mended; nothing was reported meanwhile")
		},
		expect: func(t *testing.T, _ *submission) {
			require.Eventually(t, func() bool { return s.allConnected() }, 2*time.Minute, time.Second, "the groups do not find each other again")
		},
		end: func() {},
	}
}

// arrival has a new member join while the committee works: it answers from the next reference slot on.
func (s *story) arrival() trouble {
	return trouble{
		name:  "a new member joins",
		begin: func() {},
		during: func(uint64) {
			s.newcomer.arrive(s)
			s.welcome()
			s.say(s.headSlot(), "%s has joined by the commands of docs/joining.md", s.newcomer.name)
		},
		expect: func(t *testing.T, report *submission) {
			require.NotContains(t, report.members, s.newcomer.ID, "the open round is the others'")
			require.Eventually(t, func() bool {
				status, ok := s.witness.last(s.newcomer.name)
				return ok && len(status.Peers) >= committeeSize-1
			}, told, time.Second, "it does not find the others:\n%s", lastLines(s.newcomer.log(), 15))
		},
		end: func() {},
	}
}

// ejection takes an old member out while the round is open: the others agree anew.
func (s *story) ejection() trouble {
	m := s.members[2]
	return trouble{
		name:   fmt.Sprintf("an old member is ejected (%s)", m.name),
		begin:  func() { s.witness.forget(m.name) },
		during: func(uint64) { require.NoError(s, s.admin(s.chain, "eject", m.ID.Hex())) },
		expect: func(t *testing.T, report *submission) {
			report.ejected = true
			require.NotContains(t, report.members, m.ID)
			require.Contains(t, report.members, s.newcomer.ID)
			// Its signature may come too late for a certificate that five have made.
			require.Eventually(t, func() bool { return s.newcomer.logged(0, "The report is computed.", report.digest.Hex()) }, told, time.Second, "the newcomer takes no part")
			require.Eventually(t, func() bool { return s.witness.told(m.name, "not-member") }, told, time.Second, "%s does not notice", m.name)
		},
		end: func() {},
	}
}
