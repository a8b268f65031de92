//go:build upgrade

package upgrade

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

const members = 7

// play runs a committee whose first members run an older program. It fails when watch says so, and when a member ends by itself.
func play(t *testing.T, older string, olderMembers int, watch func(context.Context, *devnet.View) error) {
	ctx, cancel := context.WithTimeout(t.Context(), 12*time.Minute)
	defer cancel()
	var out bytes.Buffer
	err := devnet.Watch(ctx, devnet.Options{
		Dir: filepath.Join(t.TempDir(), "net"), Members: members, Seed: 1, SlotTime: devnet.DefaultSlotTime, Member: []string{thisProgram(t), "member"},
		OlderProgram: older, OlderMembers: olderMembers, Out: &out, Now: time.Now,
	}, watch)
	t.Log(out.String())
	require.NoError(t, err)
}

// awaitNames waits until every member knows the program of every other one: of older members that of a release, of the others that of this tree.
func awaitNames(ctx context.Context, v *devnet.View, olderMembers int) error {
	for deadline := v.Chain.Slot() + v.Schedule.FrameSlots(); ; {
		err := checkNames(ctx, v, olderMembers)
		if err == nil || v.Chain.Slot() > deadline {
			return err
		}
		if err := v.AwaitSlot(ctx, v.Chain.Slot()+1); err != nil {
			return err
		}
	}
}

func checkNames(ctx context.Context, v *devnet.View, olderMembers int) error {
	own := make([]string, members)              // what each member calls its own program
	heard := make([]map[string]string, members) // what it calls the program of each peer
	for i := range members {
		s, err := v.Status(ctx, i)
		if err != nil {
			return err
		}
		own[i], heard[i] = s.Software, map[string]string{}
		for _, peer := range s.Peers {
			heard[i][peer.PeerID] = peer.Software
		}
	}
	older, newer := slices.Compact(slices.Clone(own[:olderMembers])), slices.Compact(slices.Clone(own[olderMembers:]))
	if len(older) != 1 || len(newer) != 1 || older[0] == newer[0] {
		return fmt.Errorf("members call their programs %v: want one name of the release and another one of this tree", own)
	}
	for i := range members {
		for other := range members {
			if got := heard[i][v.Members[other].PeerID]; other != i && got != own[other] {
				return fmt.Errorf("member %d, which runs %s, calls the program of member %d %q and not %q", i, own[i], other, got, own[other])
			}
		}
	}
	return nil
}

func TestTheLastReleaseAndThisTreeReportTogether(t *testing.T) {
	const olderMembers, frames = 3, 10 // neither three nor four of seven are a quorum
	last := release(t, "LAST_RELEASE")
	require.NotEmpty(t, last, "LAST_RELEASE names no release")
	play(t, releaseProgram(t, last), olderMembers, func(ctx context.Context, v *devnet.View) error {
		for frame := range uint64(frames) {
			submission, err := v.AwaitFrame(ctx, frame)
			if err != nil {
				return err
			}
			isOlder := func(signer int) bool { return signer < olderMembers }
			isNewer := func(signer int) bool { return signer >= olderMembers }
			if !slices.ContainsFunc(submission.Signers, isOlder) || !slices.ContainsFunc(submission.Signers, isNewer) {
				return fmt.Errorf("frame %d was signed by members %v: want some of the release, below %d, and some of this tree", frame+1, submission.Signers, olderMembers)
			}
		}
		return awaitNames(ctx, v, olderMembers)
	})
}

// TestAnIncompatibleReleaseDoesNotHaltThisTree is for a release whose reports, contracts or storage are not this tree's: it signs nothing and does no harm.
func TestAnIncompatibleReleaseDoesNotHaltThisTree(t *testing.T) {
	const olderMembers, frames = 2, 3 // five of seven are a quorum
	before := release(t, "INCOMPATIBLE_RELEASE")
	if before == "" {
		t.Skip("no file INCOMPATIBLE_RELEASE: the release before the last one was compatible, or there was none")
	}
	play(t, releaseProgram(t, before), olderMembers, func(ctx context.Context, v *devnet.View) error {
		for frame := range uint64(frames) {
			submission, err := v.AwaitFrame(ctx, frame)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(submission.Signers, func(signer int) bool { return signer < olderMembers }) {
				return fmt.Errorf("frame %d was signed by members %v: those below %d run an incompatible release", frame+1, submission.Signers, olderMembers)
			}
		}
		return awaitNames(ctx, v, olderMembers)
	})
}
