package devnet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// divergence plants a difference in one member's program, then in so many that nothing can be certified.
func divergence() scenario {
	return scenario{
		name: "divergence",
		summary: "One member computes another report: the others name it with section and values, and report without it. Then too many differ for a quorum: " +
			"when they compute again without the fault, the report comes within the frame.",
		frames: 2,
		terms:  func(t *network.Terms) { t.Deploy.Schedule.EpochsPerFrame = 14 }, // members compute again after 32 slots, and then all may have to take their turn
		run:    runDivergence,
	}
}

func runDivergence(ctx context.Context, env *environment) error {
	const odd, honest, extraGwei = 2, 0, 1_000_000
	if err := env.fleet.sendFault(odd, fault.PlantDifference(extraGwei)); err != nil {
		return err
	}
	env.printer.printStep("Member %d computes %d gwei too many.", odd, extraGwei)
	f, err := env.awaitReport(ctx, 0)
	if err != nil {
		return err
	}
	taken, _ := f.accepted()
	if slices.Contains(taken.Signers, odd) {
		return fmt.Errorf("%w: member %d signed a report that it did not compute", ErrOutcome, odd)
	}
	var found status.Difference
	if err := env.await(ctx, fmt.Sprintf("member %d names member %d's difference", honest, odd), env.deadline(0)-2, func() bool {
		found, err = env.difference(ctx, honest, odd, f.refSlot)
		return err == nil && found.Field != ""
	}); err != nil {
		return err
	}
	env.printer.printStep("Member %d says of member %d: section %s, %s is %s and not %s.", honest, odd, found.Section, found.Field, found.Theirs, found.Own)
	if found.Section != report.ConsensusSection.String() || found.Field != "clValidatorsGwei" {
		return fmt.Errorf("%w: the difference is said to be in %s, %s", ErrOutcome, found.Section, found.Field)
	}
	return env.healDivergence(ctx, extraGwei)
}

// healDivergence lets more members differ than a quorum can miss, then takes the fault away.
func (env *environment) healDivergence(ctx context.Context, extraGwei uint64) error {
	n := env.options.Members
	different := n - report.Quorum(n) + 1
	for i := range different {
		if err := env.fleet.sendFault(i, fault.PlantDifference(extraGwei)); err != nil {
			return err
		}
	}
	for i := different; i < n; i++ {
		if err := env.fleet.sendFault(i, fault.Heal()); err != nil {
			return err
		}
	}
	env.printer.printStep("Now members 0 to %d compute too many: nobody has a quorum.", different-1)
	// Long after finality, when a whole committee would have reported.
	if err := env.awaitSlot(ctx, env.RefSlot(1)+16); err != nil {
		return err
	}
	if f := env.frame(1); len(f.submissions) > 0 {
		return fmt.Errorf("%w: frame 2 was submitted without a quorum", ErrOutcome)
	}
	for i := range different {
		if err := env.fleet.sendFault(i, fault.Heal()); err != nil {
			return err
		}
	}
	env.printer.printStep("The fault is over. The members compute again.")
	_, err := env.awaitReport(ctx, 1)
	return err
}

// difference is what a member says of another's report.
func (env *environment) difference(ctx context.Context, honest, odd int, refSlot uint64) (status.Difference, error) {
	st, err := env.fleet.status(ctx, honest)
	if err != nil {
		return status.Difference{}, err
	}
	for _, round := range st.Rounds {
		if round.RefSlot == refSlot && odd < len(round.Seats) && len(round.Seats[odd].Differs) > 0 {
			return round.Seats[odd].Differs[0], nil
		}
	}
	return status.Difference{}, nil
}

// partition cuts the committee into two groups without a quorum.
func partition() scenario {
	return scenario{
		name:    "partition",
		summary: "The committee is cut in two groups, neither of which is a quorum: nothing is reported. When they meet again, the report comes in time.",
		frames:  2,
		terms:   func(t *network.Terms) { t.Deploy.Schedule.EpochsPerFrame = 9 },
		run: func(ctx context.Context, env *environment) error {
			n := env.options.Members
			half := n / 2
			if err := env.partitionMembers(half); err != nil {
				return err
			}
			env.printer.printStep("Members 0 to %d and %d to %d do not hear each other; %d are a quorum.", half-1, half, n-1, report.Quorum(n))
			// Long after finality, when a whole committee would have reported.
			if err := env.awaitSlot(ctx, env.RefSlot(0)+18); err != nil {
				return err
			}
			if f := env.frame(0); len(f.submissions) > 0 {
				return fmt.Errorf("%w: frame 1 was submitted without a quorum", ErrOutcome)
			}
			for i := range n {
				if err := env.fleet.sendFault(i, fault.CutOff()); err != nil {
					return err
				}
			}
			env.printer.printStep("The groups hear each other again.")
			if _, err := env.awaitRebase(ctx, 0); err != nil {
				return err
			}
			_, err := env.awaitReport(ctx, 1)
			return err
		},
	}
}

// partitionMembers lets members below first hear each other only, and the others likewise.
func (env *environment) partitionMembers(first int) error {
	for i := range env.options.Members {
		var others []consensus.PeerID
		for j, m := range env.Members[:env.options.Members] {
			if (i < first) == (j < first) {
				continue
			}
			id, err := p2p.ParsePeerID(m.PeerID)
			if err != nil {
				return fmt.Errorf("cut member %d off: %w", i, err)
			}
			others = append(others, id)
		}
		if err := env.fleet.sendFault(i, fault.CutOff(others...)); err != nil {
			return err
		}
	}
	return nil
}

// cutAllOff cuts each member off from all others.
func (env *environment) cutAllOff() error {
	members := env.Members[:env.options.Members]
	for i := range members {
		var others []consensus.PeerID
		for j, m := range members {
			if i == j {
				continue
			}
			id, err := p2p.ParsePeerID(m.PeerID)
			if err != nil {
				return fmt.Errorf("cut member %d off: %w", i, err)
			}
			others = append(others, id)
		}
		if err := env.fleet.sendFault(i, fault.CutOff(others...)); err != nil {
			return err
		}
	}
	return nil
}

// meetAgain lets members hear each other.
func (env *environment) meetAgain() error {
	for i := range env.options.Members {
		if err := env.fleet.sendFault(i, fault.CutOff()); err != nil {
			return err
		}
	}
	return nil
}

const crashFrames = 4

// crashLoop kills members at random moments, as many at once as the committee bears.
func crashLoop() scenario {
	return scenario{
		name:          "crash-loop",
		summary:       "Members are killed at random moments, as many at once as the committee bears, and started again. Each frame is reported, and nobody signs twice.",
		defaultFrames: crashFrames,
		observed:      true,
		verify:        checkJournals,
		run: func(ctx context.Context, env *environment) error {
			frames := uint64(env.options.Frames)
			if err := env.awaitSlot(ctx, env.RefSlot(0)-1); err != nil {
				return err
			}
			kills, err := env.crashMembers(ctx, env.RefSlot(frames))
			if err != nil {
				return err
			}
			env.printer.printStep("%d times a member was killed.", kills)
			for k := range frames {
				if _, err := env.awaitRebase(ctx, k); err != nil {
					return err
				}
			}
			return env.checkNoDoubleVotes()
		},
	}
}

// crashMembers kills and restarts members until a slot. A member is down for up to a quarter of a frame, and then until it says that it is ready.
func (env *environment) crashMembers(ctx context.Context, until uint64) (kills int, err error) {
	random := rand.New(rand.NewPCG(env.options.Seed, 0x6372617368))
	back := make(map[int]uint64) // dead members, and when they come back
	most := (env.options.Members - 1) / 3
	for slot := env.Chain.Slot(); slot < until; slot++ {
		if err := env.awaitSlot(ctx, slot); err != nil {
			return kills, err
		}
		for i, at := range back {
			if at > slot {
				continue
			}
			if err := env.fleet.start(i); err != nil {
				return kills, err
			}
			delete(back, i)
		}
		victim := random.IntN(env.options.Members)
		if _, dead := back[victim]; dead || random.IntN(3) > 0 || env.countUnready(ctx) >= most {
			continue
		}
		if err := env.fleet.kill(victim); err != nil {
			return kills, err
		}
		back[victim] = slot + 1 + random.Uint64N(env.Schedule.FrameSlots()/4)
		kills++
	}
	for i := range back {
		if err := env.fleet.start(i); err != nil {
			return kills, err
		}
	}
	return kills, nil
}

// countUnready counts the members that cannot do their part now.
func (env *environment) countUnready(ctx context.Context) (count int) {
	for i := range env.options.Members {
		if ready, _, err := env.fleet.ready(ctx, i); err != nil || !ready {
			count++
		}
	}
	return count
}

// committeeChange lets a member join and ejects another from an open round.
func committeeChange() scenario {
	return scenario{
		name:     "committee-change",
		summary:  "A member joins and answers from the next frame on; another one is ejected from an open round. Both rounds are reported by the committee of that moment.",
		frames:   3,
		reserves: 1,
		run:      runCommitteeChange,
	}
}

func runCommitteeChange(ctx context.Context, env *environment) error {
	first, err := env.awaitReport(ctx, 0)
	if err != nil {
		return err
	}
	newcomer := env.Members[env.options.Members]
	if err := env.joinMember(ctx, newcomer); err != nil {
		return err
	}
	if _, err := env.awaitReport(ctx, 1); err != nil {
		return err
	}
	if err := env.checkCommittee(ctx, 1, env.options.Members+1); err != nil {
		return err
	}
	second := committeeOf(env.frame(1))
	if second == committeeOf(first) {
		return fmt.Errorf("%w: the committee did not change with the newcomer", ErrOutcome)
	}

	// As soon as the frame is open, and before its reference slot is final.
	if err := env.awaitSlot(ctx, env.RefSlot(2)+2); err != nil {
		return err
	}
	if _, err := env.Send(ctx, env.EjectCall(env.Members[1].ID)); err != nil {
		return err
	}
	env.printer.printStep("Member 1 is ejected from the open round.")
	third, err := env.awaitReport(ctx, 2)
	if err != nil {
		return err
	}
	if committeeOf(third) == second {
		return fmt.Errorf("%w: the ejected member still counted", ErrOutcome)
	}
	return env.checkCommittee(ctx, 2, env.options.Members)
}

// joinMember registers a reserve, admits it and starts its node.
func (env *environment) joinMember(ctx context.Context, m *network.Member) error {
	if _, err := env.Send(ctx, env.RegisterCall(m)); err != nil {
		return err
	}
	by := env.deadline(0)
	if err := env.await(ctx, "the newcomer is registered", by, func() bool { return env.hasMembershipEvent(m.ID, "registered") }); err != nil {
		return err
	}
	if _, err := env.Send(ctx, env.AdmitCall(m.ID)); err != nil {
		return err
	}
	if err := env.fleet.start(m.Index); err != nil {
		return err
	}
	env.printer.printStep("Member %d registers and is admitted from the next frame on.", m.Index)
	return env.await(ctx, "the newcomer is admitted", by, func() bool { return env.hasMembershipEvent(m.ID, "admitted") })
}

func committeeOf(f frame) common.Hash {
	taken, _ := f.accepted()
	return taken.Report.Committee
}
