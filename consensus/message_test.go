package consensus_test

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func TestMessagesThatNoMemberSendsAreRefused(t *testing.T) {
	id, other := consensus.Round{Committee: common.Hash{1}, RefSlot: 95}, consensus.Round{Committee: common.Hash{1}, RefSlot: 127}
	good := reportFor(id, 1)
	invalid := good
	invalid.Version = 9
	observation := &consensus.Observation{Round: id, Attempt: 1}
	for name, m := range map[string]consensus.Message{
		"observation beyond any committee":   &consensus.Observation{Round: id, Attempt: 1, Member: consensus.MaxMembers},
		"observation without attempt":        &consensus.Observation{Round: id},
		"observation with a long name":       &consensus.Observation{Round: id, Attempt: 1, Software: strings.Repeat("x", consensus.MaxSoftwareBytes+1)},
		"vote beyond any committee":          &consensus.Vote{Round: id, Member: consensus.MaxMembers},
		"certificate of another round":       &consensus.Certificate{Round: other, Report: good, Signers: consensus.NewBitmap(4)},
		"certificate of an invalid report":   &consensus.Certificate{Round: id, Report: invalid, Signers: consensus.NewBitmap(4)},
		"certificate without signers":        &consensus.Certificate{Round: id, Report: good},
		"certificate with too many signers":  &consensus.Certificate{Round: id, Report: good, Signers: consensus.NewBitmap(consensus.MaxMembers + 1)},
		"status with too many voters":        &consensus.Status{Round: id, Votes: consensus.NewBitmap(consensus.MaxMembers + 1)},
		"answer with too many votes":         &consensus.RoundAnswer{Round: id, Open: true, Votes: make([]consensus.Vote, consensus.MaxAnswerVotes+1)},
		"answer that holds nothing but some": &consensus.RoundAnswer{Round: id, Observation: observation},
		"answer with a report of nobody":     &consensus.RoundAnswer{Round: id, Open: true, Report: &good},
		"answer with another round's vote":   &consensus.RoundAnswer{Round: id, Open: true, Votes: []consensus.Vote{{Round: other}}},
		"answer with a malformed part":       &consensus.RoundAnswer{Round: id, Open: true, Certificate: &consensus.Certificate{Round: id, Report: good}},
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, m.Validate(), consensus.ErrMessage)
			core, _ := opened(t, 4, cheapVerifier{})
			ready := core.Step(1, consensus.Received{From: peerOf(1), Message: m})
			require.Len(t, ready.Dropped, 1)
			require.Equal(t, consensus.ReasonMalformed, ready.Dropped[0].Reason)
			require.True(t, ready.Dropped[0].Reason.IsFault())
		})
	}
	require.NoError(t, (&consensus.RoundAnswer{Round: id, Open: true, Observation: observation, Report: &good}).Validate())
	require.NoError(t, (&consensus.Certificate{Round: id, Report: good, Signers: consensus.NewBitmap(4)}).Validate())
}

func TestBitmapCountsEachMemberOnce(t *testing.T) {
	b := consensus.NewBitmap(9)
	require.Len(t, b, 2)
	for _, m := range []int{8, 0, 3, 3} {
		b.Set(m)
	}
	require.Equal(t, 3, b.Count())
	require.Equal(t, []int{0, 3, 8}, b.Members())
	require.False(t, b.Has(1))
	require.False(t, b.Has(-1))
	require.False(t, b.Has(99))
}

// The order is told in docs/protocol.md, so that anybody can recompute it.
func TestSubmissionOrderFollowsTheHashes(t *testing.T) {
	digest := common.Hash{7}
	order := consensus.SubmissionOrder(digest, 100)
	seen := map[int]bool{}
	var last common.Hash
	for _, m := range order {
		hash := crypto.Keccak256Hash(digest[:], []byte{0, 0, 0, 0, 0, 0, 0, byte(m)})
		require.Negative(t, last.Cmp(hash))
		last, seen[m] = hash, true
	}
	require.Len(t, seen, 100)
	require.NotEqual(t, order, consensus.SubmissionOrder(common.Hash{8}, 100))
}

func TestConfigurationThatCannotWorkIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*consensus.Config){
		"no chain":           func(c *consensus.Config) { c.Domain.ChainID = nil },
		"no verifier":        func(c *consensus.Config) { c.Verifier = nil },
		"long software name": func(c *consensus.Config) { c.Software = strings.Repeat("x", consensus.MaxSoftwareBytes+1) },
		"no resend interval": func(c *consensus.Config) { c.Timing.ResendInterval = 0 },
		"negative stagger":   func(c *consensus.Config) { c.Timing.SubmitStagger = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			config := configOf(0, cheapVerifier{})
			spoil(&config)
			_, err := consensus.New(config, nil)
			require.ErrorIs(t, err, consensus.ErrConfig)
		})
	}
}

func TestImpossibleCommitteesAreRefusedWithAnAlarm(t *testing.T) {
	twice, noPeer, noKey := committeeOf(4), committeeOf(4), committeeOf(4)
	twice.Members[3].Key = twice.Members[0].Key
	noPeer.Members[1].Peer = ""
	noKey.Members[2].Key = consensus.Key{}
	for name, committee := range map[string]consensus.Committee{
		"nobody": {}, "one key twice": twice, "no peer id": noPeer, "malformed key": noKey, "too many": committeeOf(consensus.MaxMembers + 1),
	} {
		t.Run(name, func(t *testing.T) {
			core, err := consensus.New(configOf(0, cheapVerifier{}), nil)
			require.NoError(t, err)
			ready := core.Step(1, consensus.RoundOpened{Committee: committee, RefSlot: 95, Deadline: 1000})
			require.Len(t, ready.Alarms, 1)
			require.Equal(t, consensus.AlarmCommittee, ready.Alarms[0].Kind)
			require.Empty(t, core.Rounds())
		})
	}
}
