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
		story: "One member computes another report: the others name it with section and values, and report without it. Then too many differ for a quorum: " +
			"when they compute again without the fault, the report comes within the frame.",
		frames: 2,
		terms:  func(t *network.Terms) { t.Deploy.Schedule.EpochsPerFrame = 14 }, // members compute again after 32 slots, and then all may have to take their turn
		play:   playDivergence,
	}
}

func playDivergence(ctx context.Context, s *stage) error {
	const odd, witness, extraGwei = 2, 0, 1_000_000
	if err := s.fleet.tell(odd, fault.PlantDifference(extraGwei)); err != nil {
		return err
	}
	s.teller.say("Member %d computes %d gwei too many.", odd, extraGwei)
	f, err := s.reported(ctx, 0)
	if err != nil {
		return err
	}
	taken, _ := f.accepted()
	if slices.Contains(taken.Signers, odd) {
		return fmt.Errorf("%w: member %d signed a report that it did not compute", ErrOutcome, odd)
	}
	var found status.Difference
	if err := s.await(ctx, fmt.Sprintf("member %d names member %d's difference", witness, odd), s.deadline(0)-2, func() bool {
		found, err = s.difference(ctx, witness, odd, f.refSlot)
		return err == nil && found.Field != ""
	}); err != nil {
		return err
	}
	s.teller.say("Member %d says of member %d: section %s, %s is %s and not %s.", witness, odd, found.Section, found.Field, found.Theirs, found.Own)
	if found.Section != report.ConsensusSection.String() || found.Field != "clValidatorsGwei" {
		return fmt.Errorf("%w: the difference is said to be in %s, %s", ErrOutcome, found.Section, found.Field)
	}
	return s.healDivergence(ctx, extraGwei)
}

// healDivergence lets more members differ than a quorum can miss, then takes the fault away.
func (s *stage) healDivergence(ctx context.Context, extraGwei uint64) error {
	n := s.options.Members
	different := n - report.Quorum(n) + 1
	for i := range different {
		if err := s.fleet.tell(i, fault.PlantDifference(extraGwei)); err != nil {
			return err
		}
	}
	for i := different; i < n; i++ {
		if err := s.fleet.tell(i, fault.Heal()); err != nil {
			return err
		}
	}
	s.teller.say("Now members 0 to %d compute too many: nobody has a quorum.", different-1)
	// Long after finality, when a whole committee would have reported.
	if err := s.awaitSlot(ctx, s.Schedule.RefSlot(1)+16); err != nil {
		return err
	}
	if f := s.frame(1); len(f.submissions) > 0 {
		return fmt.Errorf("%w: frame 2 was submitted without a quorum", ErrOutcome)
	}
	for i := range different {
		if err := s.fleet.tell(i, fault.Heal()); err != nil {
			return err
		}
	}
	s.teller.say("The fault is mended. The members compute again.")
	_, err := s.reported(ctx, 1)
	return err
}

// difference is what a member says of another's report.
func (s *stage) difference(ctx context.Context, witness, odd int, refSlot uint64) (status.Difference, error) {
	told, err := s.fleet.status(ctx, witness)
	if err != nil {
		return status.Difference{}, err
	}
	for _, round := range told.Rounds {
		if round.RefSlot == refSlot && odd < len(round.Seats) && len(round.Seats[odd].Differs) > 0 {
			return round.Seats[odd].Differs[0], nil
		}
	}
	return status.Difference{}, nil
}

// partition cuts the committee into two groups without a quorum.
func partition() scenario {
	return scenario{
		name:   "partition",
		story:  "The committee is cut in two groups, neither of which is a quorum: nothing is reported. When they meet again, the report comes in time.",
		frames: 2,
		terms:  func(t *network.Terms) { t.Deploy.Schedule.EpochsPerFrame = 9 },
		play: func(ctx context.Context, s *stage) error {
			n := s.options.Members
			half := n / 2
			if err := s.cut(half); err != nil {
				return err
			}
			s.teller.say("Members 0 to %d and %d to %d do not hear each other; %d are a quorum.", half-1, half, n-1, report.Quorum(n))
			// Long after finality, when a whole committee would have reported.
			if err := s.awaitSlot(ctx, s.Schedule.RefSlot(0)+18); err != nil {
				return err
			}
			if f := s.frame(0); len(f.submissions) > 0 {
				return fmt.Errorf("%w: frame 1 was submitted without a quorum", ErrOutcome)
			}
			for i := range n {
				if err := s.fleet.tell(i, fault.CutOff()); err != nil {
					return err
				}
			}
			s.teller.say("The groups hear each other again.")
			if _, err := s.tookEffect(ctx, 0); err != nil {
				return err
			}
			_, err := s.reported(ctx, 1)
			return err
		},
	}
}

// cut lets members below first hear each other only, and the others likewise.
func (s *stage) cut(first int) error {
	for i := range s.options.Members {
		var others []consensus.PeerID
		for j, m := range s.Members[:s.options.Members] {
			if (i < first) == (j < first) {
				continue
			}
			id, err := p2p.ParsePeerID(m.PeerID)
			if err != nil {
				return fmt.Errorf("cut member %d off: %w", i, err)
			}
			others = append(others, id)
		}
		if err := s.fleet.tell(i, fault.CutOff(others...)); err != nil {
			return err
		}
	}
	return nil
}

const crashFrames = 4

// crashLoop kills members at random moments, as many at once as the committee bears.
func crashLoop() scenario {
	return scenario{
		name:     "crash-loop",
		story:    "Members are killed at random moments, as many at once as the committee bears, and started again. Each frame is reported, and nobody signs twice.",
		usual:    crashFrames,
		observed: true,
		after:    nothingLost,
		play: func(ctx context.Context, s *stage) error {
			frames := uint64(s.options.Frames)
			if err := s.awaitSlot(ctx, s.Schedule.RefSlot(0)-1); err != nil {
				return err
			}
			kills, err := s.crash(ctx, s.Schedule.RefSlot(frames))
			if err != nil {
				return err
			}
			s.teller.say("%d times a member was killed.", kills)
			for k := range frames {
				if _, err := s.tookEffect(ctx, k); err != nil {
					return err
				}
			}
			return s.nothingSignedTwice()
		},
	}
}

// crash kills and restarts members until a slot. A member is down for up to a quarter of a frame, and then until it says that it is ready.
func (s *stage) crash(ctx context.Context, until uint64) (kills int, err error) {
	random := rand.New(rand.NewPCG(s.options.Seed, 0x6372617368))
	back := make(map[int]uint64) // dead members, and when they come back
	most := (s.options.Members - 1) / 3
	for slot := s.Chain.Slot(); slot < until; slot++ {
		if err := s.awaitSlot(ctx, slot); err != nil {
			return kills, err
		}
		for i, at := range back {
			if at > slot {
				continue
			}
			if err := s.fleet.start(i); err != nil {
				return kills, err
			}
			delete(back, i)
		}
		victim := random.IntN(s.options.Members)
		if _, dead := back[victim]; dead || random.IntN(3) > 0 || s.unready(ctx) >= most {
			continue
		}
		if err := s.fleet.kill(victim); err != nil {
			return kills, err
		}
		back[victim] = slot + 1 + random.Uint64N(s.Schedule.FrameSlots()/4)
		kills++
	}
	for i := range back {
		if err := s.fleet.start(i); err != nil {
			return kills, err
		}
	}
	return kills, nil
}

// unready counts the members that cannot do their part now.
func (s *stage) unready(ctx context.Context) (count int) {
	for i := range s.options.Members {
		if ready, _, err := s.fleet.ready(ctx, i); err != nil || !ready {
			count++
		}
	}
	return count
}

// committeeChange lets a member join and ejects another from an open round.
func committeeChange() scenario {
	return scenario{
		name:     "committee-change",
		story:    "A member joins and answers from the next frame on; another one is ejected from an open round. Both rounds are reported by the committee of that moment.",
		frames:   3,
		reserves: 1,
		play:     playCommitteeChange,
	}
}

func playCommitteeChange(ctx context.Context, s *stage) error {
	first, err := s.reported(ctx, 0)
	if err != nil {
		return err
	}
	newcomer := s.Members[s.options.Members]
	if err := s.join(ctx, newcomer); err != nil {
		return err
	}
	if _, err := s.reported(ctx, 1); err != nil {
		return err
	}
	if err := s.wantCommittee(ctx, 1, s.options.Members+1); err != nil {
		return err
	}
	second := committeeOf(s.frame(1))
	if second == committeeOf(first) {
		return fmt.Errorf("%w: the committee did not change with the newcomer", ErrOutcome)
	}

	// As soon as the frame is open, and before its reference slot is final.
	if err := s.awaitSlot(ctx, s.Schedule.RefSlot(2)+2); err != nil {
		return err
	}
	if _, err := s.Send(ctx, s.EjectCall(s.Members[1].ID)); err != nil {
		return err
	}
	s.teller.say("Member 1 is ejected from the open round.")
	third, err := s.reported(ctx, 2)
	if err != nil {
		return err
	}
	if committeeOf(third) == second {
		return fmt.Errorf("%w: the ejected member still counted", ErrOutcome)
	}
	return s.wantCommittee(ctx, 2, s.options.Members)
}

// join registers a reserve, admits it and starts its node.
func (s *stage) join(ctx context.Context, m *network.Member) error {
	if _, err := s.Send(ctx, s.RegisterCall(m)); err != nil {
		return err
	}
	by := s.deadline(0)
	if err := s.await(ctx, "the newcomer is registered", by, func() bool { return s.membershipOf(m.ID, "registered") }); err != nil {
		return err
	}
	if _, err := s.Send(ctx, s.AdmitCall(m.ID)); err != nil {
		return err
	}
	if err := s.fleet.start(m.Index); err != nil {
		return err
	}
	s.teller.say("Member %d registers and is admitted from the next frame on.", m.Index)
	return s.await(ctx, "the newcomer is admitted", by, func() bool { return s.membershipOf(m.ID, "admitted") })
}

func committeeOf(f frame) common.Hash {
	taken, _ := f.accepted()
	return taken.Report.Committee
}
