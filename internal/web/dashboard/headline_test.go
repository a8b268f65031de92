package dashboard_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// changed is a step of the sample with something else in it. What a step shares with others is not changed.
func changed(step int, change func(*status.Status, *status.Round)) status.Status {
	s := sample.Status(step)
	change(&s, &s.Rounds[0])
	return s
}

func TestTheVerdictTellsWhatAnOperatorMustKnow(t *testing.T) {
	other := common.HexToHash("0x01")
	cases := map[string]struct {
		shown status.Status
		word  string
		says  []string
	}{
		"all is well": {changed(8, func(_ *status.Status, r *status.Round) { r.Seats[4].Differs, r.Seats[4].Observed = nil, r.Digest }), "In order",
			[]string{"Reported and final", "5 of 7 members signed one report"}},
		"work goes on": {sample.Status(1), "At work", []string{"Computing the report", "41 % of 308 MB"}},
		"one differs":  {sample.Status(3), "Attention", []string{"Member 4 differs in consensus layer, commitment."}},
		"a quorum is out of reach": {changed(3, func(_ *status.Status, r *status.Round) {
			for _, i := range []int{0, 1} {
				r.Seats[i].Observed = &other
			}
		}), "Failure", []string{"The members disagree", "3 of 7 told this node's report; 5 are needed", "Member 0 differs; Member 1 differs; Member 4 differs"}},
		"many differ": {changed(3, func(_ *status.Status, r *status.Round) {
			for i := range 5 {
				r.Seats[i].Observed = &other
			}
		}), "Failure", []string{"2 more differ."}},
		"too few are connected": {changed(0, func(_ *status.Status, r *status.Round) {
			for i := range 4 {
				r.Seats[i].Connected = false
			}
		}), "Failure", []string{"Too few members are connected", "2 of 7 are connected with this node; 5 votes are needed."}},
		"few are connected after the certificate": {changed(6, func(_ *status.Status, r *status.Round) {
			for i := range 4 {
				r.Seats[i].Connected = false
			}
		}), "Attention", []string{"Agreed and sent"}},
		"the frame passed": {changed(3, func(_ *status.Status, r *status.Round) { r.Stage, r.Why = status.Unreported, "Only 4 voted." }), "Failure",
			[]string{"The frame passed without a report", "Only 4 voted. Nothing is lost"}},
		"another report was taken": {changed(8, func(_ *status.Status, r *status.Round) { r.Accepted = &other }), "Failure",
			[]string{"The contract took another report"}},
		"the node is not ready": {changed(0, func(s *status.Status, _ *status.Round) {
			s.Ready, s.Reasons = false, []status.Reason{{Code: "no-beacon", Text: "No beacon node answers."}}
		}), "Attention", []string{"This node is not ready: No beacon node answers.", "Not ready", "no-beacon"}},
		"nothing is known": {status.Status{}, "Attention", []string{"No round yet", "This node is not ready.", "The token's values have not been read yet",
			"The contract has not seen a report yet", "No peer is connected", "None has been asked yet", "Nothing to look at"}},
	}
	for name, c := range cases {
		shown := text(t, servePage(t, c.shown))
		_, after, _ := strings.Cut(shown, "Not live")
		require.Contains(t, after[:200], c.word, name)
		for _, said := range c.says {
			require.Contains(t, shown, said, name)
		}
	}
}

func TestEachSeatSaysWhatTheMemberDid(t *testing.T) {
	other := common.HexToHash("0x01")
	s := changed(3, func(_ *status.Status, r *status.Round) {
		r.Seats[0].Equivocal = true
		r.Seats[1].Voted = &other
		r.Seats[3].Differs, r.Seats[3].Observed = nil, &other
	})
	s.Members[6].Seen = sample.Status(0).StartedAt.AddDate(0, 0, 5)
	shown := text(t, servePage(t, s))
	for _, said := range []string{"voted twice see evidence", "for another report", "differs section not known yet", "away heard"} {
		require.Contains(t, shown, said)
	}
	s = changed(2, func(s *status.Status, r *status.Round) { r.Digest, s.Self.Member, s.Self.Observe = nil, -1, true })
	require.Contains(t, text(t, servePage(t, s)), "told own report not computed")
	require.Contains(t, text(t, servePage(t, s)), "north · observer")
}

func TestLongListsAreCutAndSayso(t *testing.T) {
	s := sample.Status(4)
	for range 150 {
		s.Peers = append([]status.Peer{{Member: -1, PeerID: "observer", Address: "/ip4/203.0.113.1"}}, s.Peers...)
		s.Alarms, s.Evidence = append(s.Alarms, s.Alarms[0]), append(s.Evidence, s.Evidence[0])
	}
	for len(s.Rounds[0].Seats) < 600 {
		s.Rounds[0].Seats = append(s.Rounds[0].Seats, status.Seat{Member: len(s.Rounds[0].Seats)})
	}
	shown := text(t, servePage(t, s))
	for _, said := range []string{"56 more are not shown", "52 older alarms are not shown", "51 more proofs are not shown", "88 more members are not shown", "member 5"} {
		require.Contains(t, shown, said)
	}
}

// FuzzAnyDescriptionIsShown feeds descriptions that no node would make.
func FuzzAnyDescriptionIsShown(f *testing.F) {
	for _, step := range []int{0, 3, 8} {
		encoded, err := json.Marshal(sample.Status(step))
		require.NoError(f, err)
		f.Add(encoded)
	}
	f.Add([]byte(`{"rounds":[{"quorum":-1,"members":-5,"seats":[{"member":-3}]}],"reports":[{"outcome":"accepted","shareRateRay":"0"},{"outcome":"accepted","shareRateRay":"-1"}],"token":{"shareRateRay":"x"}}`))
	f.Fuzz(func(t *testing.T, encoded []byte) {
		var s status.Status
		if json.Unmarshal(encoded, &s) != nil {
			return
		}
		page := servePage(t, s)
		require.Equal(t, 1, strings.Count(page, "<script"))
		require.NotContains(t, page, "ZgotmplZ", "a template put a text where it could do harm")
	})
}
