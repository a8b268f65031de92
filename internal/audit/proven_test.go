package audit

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

func TestWhatAChallengeProvedIsSaid(t *testing.T) {
	who := common.Address{19: 1}
	const by = ": proven by 0x0000000000000000000000000000000000000001"
	for _, c := range []struct {
		event events.Body
		text  string
	}{
		{&events.FalseBalanceProven{RefSlot: 7, ValidatorIndex: 5, ClaimedGwei: 2, ActualGwei: 1, Challenger: who}, "the report commits to 2 gwei of validator 5, the beacon state has 1"},
		{&events.FalseFlagsProven{RefSlot: 7, ValidatorIndex: 5, Claimed: 0, Actual: 3, Challenger: who},
			"the report says that validator 5 is neither exited nor slashed, the beacon state says exited and slashed"},
		{&events.FalseFlagsProven{RefSlot: 7, ValidatorIndex: 5, Claimed: 0x82, Actual: 2, Challenger: who},
			"the report says that validator 5 is something that there is not (flags 130), the beacon state says slashed"},
		{&events.OmissionProven{RefSlot: 7, ValidatorIndex: 5, Challenger: who}, "the report left out validator 5, which is the pool's"},
		{&events.FalseCommitmentProven{RefSlot: 7, Fault: 2, Challenger: who}, "the report contradicts its own commitment (validators out of order, or one twice)"},
		{&events.FalseCommitmentProven{RefSlot: 7, Fault: 4, Challenger: who}, "the report contradicts its own commitment (a leaf that is none)"},
		{&events.FalseCommitmentProven{RefSlot: 7, Fault: 5, Challenger: who}, "the report contradicts its own commitment (fault 5)"},
	} {
		refSlot, text, ok := provenFalse(c.event)
		require.True(t, ok)
		require.EqualValues(t, 7, refSlot)
		require.Equal(t, c.text+by, text)
	}
	_, _, ok := provenFalse(&events.RateFalse{})
	require.False(t, ok)
}
