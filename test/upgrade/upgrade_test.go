//go:build upgrade

package upgrade

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

const members = 7

// slotTime leaves members of a busy machine twice the time that they need; UPGRADE_SLOT_TIME gives a slow one more.
func slotTime(t *testing.T) time.Duration {
	text := cmp.Or(os.Getenv("UPGRADE_SLOT_TIME"), "600ms")
	d, err := time.ParseDuration(text)
	require.NoError(t, err, "UPGRADE_SLOT_TIME")
	return d
}

// play runs a committee whose first members run an older program. It fails when watch says so, and when a member ends by itself that must not.
func play(t *testing.T, older string, olderMembers int, mayEnd bool, watch func(context.Context, *devnet.View) error) {
	var out bytes.Buffer
	err := devnet.Watch(t.Context(), devnet.Options{
		Dir: filepath.Join(t.TempDir(), "net"), Members: members, Seed: 1, SlotTime: slotTime(t), Member: []string{thisProgram(t), "member"},
		OlderProgram: older, OlderMembers: olderMembers, OlderMayEnd: mayEnd, Out: &out, Now: time.Now,
	}, watch)
	t.Log(out.String())
	require.NoError(t, err)
}

// awaitNames waits until every one of some members knows the programs of the others: below olderMembers that of a release, the rest that of this tree.
func awaitNames(ctx context.Context, v *devnet.View, running []int, olderMembers int) error {
	for deadline := v.Chain.Slot() + v.Schedule.FrameSlots(); ; {
		err := checkNames(ctx, v, running, olderMembers)
		if err == nil || v.Chain.Slot() > deadline {
			return err
		}
		if err := v.AwaitSlot(ctx, v.Chain.Slot()+1); err != nil {
			return err
		}
	}
}

func checkNames(ctx context.Context, v *devnet.View, running []int, olderMembers int) error {
	var (
		own          = make(map[int]string)            // what each member calls its own program
		heard        = make(map[int]map[string]string) // what it calls the program of each peer
		older, newer []string
	)
	for _, i := range running {
		s, err := v.Status(ctx, i)
		if err != nil {
			return err
		}
		own[i], heard[i] = s.Software, make(map[string]string)
		for _, peer := range s.Peers {
			heard[i][peer.PeerID] = peer.Software
		}
		if i < olderMembers {
			older = append(older, s.Software)
		} else {
			newer = append(newer, s.Software)
		}
	}
	older, newer = slices.Compact(older), slices.Compact(newer)
	if len(older) > 1 || len(newer) != 1 || slices.Equal(older, newer) {
		return fmt.Errorf("members call their programs %v and %v: want one name of the release and another one of this tree", older, newer)
	}
	for _, i := range running {
		for _, other := range running {
			if got := heard[i][v.Members[other].PeerID]; other != i && got != own[other] {
				return fmt.Errorf("member %d, which runs %s, calls the program of member %d %q and not %q", i, own[i], other, got, own[other])
			}
		}
	}
	return nil
}

// running are the members that have not ended; why the others have is logged.
func running(t *testing.T, v *devnet.View) (found []int) {
	for i := range members {
		p, err := v.Process(i)
		if err == nil {
			err = p.Err()
		}
		if err == nil {
			found = append(found, i)
			continue
		}
		text, _ := os.ReadFile(filepath.Join(v.Members[i].Home, "member.log"))
		t.Logf("Member %d has ended: %v\n%s", i, err, text[max(0, len(text)-1_000):])
	}
	return found
}

func TestTheLastReleaseAndThisTreeReportTogether(t *testing.T) {
	const olderMembers, frames = 3, 10 // neither three nor four of seven are a quorum
	last := release(t, "LAST_RELEASE")
	require.NotEmpty(t, last, "LAST_RELEASE names no release")
	play(t, releaseProgram(t, last), olderMembers, false, func(ctx context.Context, v *devnet.View) error {
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
		return awaitNames(ctx, v, running(t, v), olderMembers)
	})
}

// TestAnIncompatibleReleaseDoesNotHaltThisTree is for a release whose reports, contracts or storage are not this tree's: it signs nothing and does
// no harm. It may find so itself and end.
func TestAnIncompatibleReleaseDoesNotHaltThisTree(t *testing.T) {
	const olderMembers, frames = 2, 3 // five of seven are a quorum
	before := release(t, "INCOMPATIBLE_RELEASE")
	if before == "" {
		t.Skip("no file INCOMPATIBLE_RELEASE: the release before the last one was compatible, or there was none")
	}
	play(t, releaseProgram(t, before), olderMembers, true, func(ctx context.Context, v *devnet.View) error {
		for frame := range uint64(frames) {
			submission, err := v.AwaitFrame(ctx, frame)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(submission.Signers, func(signer int) bool { return signer < olderMembers }) {
				return fmt.Errorf("frame %d was signed by members %v: those below %d run an incompatible release", frame+1, submission.Signers, olderMembers)
			}
		}
		return awaitNames(ctx, v, running(t, v), olderMembers)
	})
}
