package report

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func mainnetLike() Schedule {
	return Schedule{GenesisTime: 1_606_824_023, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 10, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8}
}

func TestFramesFollowEachOther(t *testing.T) {
	s := mainnetLike()
	require.NoError(t, s.Validate())
	for k := range uint64(5) {
		refSlot := s.RefSlot(k)
		require.Equal(t, (10+k*225)*32-1, refSlot)
		current, err := s.CurrentRefSlot(refSlot + 1)
		require.NoError(t, err)
		require.Equal(t, refSlot, current, "the frame opens in the slot after its reference slot")
		current, err = s.CurrentRefSlot(s.RefSlot(k + 1))
		require.NoError(t, err)
		require.Equal(t, refSlot, current, "and ends when the next one opens")
		require.Equal(t, refSlot, s.NextRefSlot(refSlot))
		require.Equal(t, s.RefSlot(k+1), s.NextRefSlot(refSlot+1))
		require.Equal(t, s.RefSlot(k+1)-8, s.CloseSlot(refSlot))
		require.Equal(t, refSlot, s.RefSlotOfChange(refSlot-8))
		require.Equal(t, s.RefSlot(k+1), s.RefSlotOfChange(refSlot-7))
	}
	_, err := s.CurrentRefSlot(s.RefSlot(0))
	require.ErrorIs(t, err, ErrBeforeFirstFrame)
	require.Equal(t, s.RefSlot(0), s.NextRefSlot(0))
	require.Equal(t, uint64(100), s.SlotAt(s.TimeOf(100)+11))
	require.Zero(t, s.SlotAt(0))
}

func TestSchedulesThatCouldNeverReportAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Schedule){
		"no slots":                   func(s *Schedule) { s.SecondsPerSlot = 0 },
		"no epochs":                  func(s *Schedule) { s.SlotsPerEpoch = 0 },
		"initial epoch":              func(s *Schedule) { s.InitialEpoch = 0 },
		"initial epoch too large":    func(s *Schedule) { s.InitialEpoch = 1 << 33 },
		"shorter than finality":      func(s *Schedule) { s.EpochsPerFrame = 3 },
		"longer than EIP-4788":       func(s *Schedule) { s.EpochsPerFrame = 254 },
		"overflow":                   func(s *Schedule) { s.EpochsPerFrame, s.SlotsPerEpoch = 1<<63, 2 },
		"margin below two epochs":    func(s *Schedule) { s.FinalityMarginSlots = 63 },
		"margin beyond the frame":    func(s *Schedule) { s.FinalityMarginSlots = 225 * 32 },
		"close too near the end":     func(s *Schedule) { s.CloseSlots = 1 },
		"close before the frame":     func(s *Schedule) { s.CloseSlots = 225 * 32 },
		"close beyond any number":    func(s *Schedule) { s.CloseSlots = 1<<64 - 1 },
		"too little before close":    func(s *Schedule) { s.CloseSlots = 225*32 - 64 - 3 },
		"slots share one root entry": func(s *Schedule) { s.SecondsPerSlot = 8191 },
	} {
		t.Run(name, func(t *testing.T) {
			s := mainnetLike()
			spoil(&s)
			require.ErrorIs(t, s.Validate(), ErrImpossibleSchedule)
		})
	}
}

func TestAFrameIsOpenForFourSlotsAtLeast(t *testing.T) {
	s := mainnetLike()
	s.CloseSlots = 225*32 - 64 - 4
	require.NoError(t, s.Validate())
}

func TestQuorumsShareAnHonestMember(t *testing.T) {
	for n := 1; n <= 1000; n++ {
		f, q := MaxFaulty(n), Quorum(n)
		require.Greater(t, 2*q-n, f)
		require.LessOrEqual(t, q, n-f)
	}
	require.Zero(t, Quorum(0)+MaxFaulty(0)+Quorum(-1))
}

func TestEveryCodeHasItsName(t *testing.T) {
	require.Equal(t, "OK", Sane.String())
	require.Equal(t, "CL_LOSS_TOO_HIGH", CLLossTooHigh.String())
	require.Equal(t, "LAST_REPORT_FALSE", LastReportFalse.String())
	require.Equal(t, "UNKNOWN", (LastReportFalse + 1).String())
	require.True(t, FinalizationTooYoung.Structural())
	require.False(t, PendingAboveExpected.Structural())
	require.False(t, LastReportFalse.Structural())
	require.False(t, Sane.Structural())
}

func TestEveryReasonToSkipHasItsName(t *testing.T) {
	require.Equal(t, []string{"None", "Paused", "Loss", "Empty", "SpansFall", "Mixed", "Buffer", "Unknown"}, []string{
		SkipNone.String(), SkipPaused.String(), SkipLoss.String(), SkipEmpty.String(), SkipSpansFall.String(), SkipMixed.String(), SkipBuffer.String(), (SkipBuffer + 1).String(),
	})
}
