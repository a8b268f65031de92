package dashboard

import (
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// nodeDescription shows a node.
type nodeDescription struct{ status status.Status }

func (d nodeDescription) overview() status.Overview { return d.status.Overview }
func (d nodeDescription) document() any             { return d.status }

func (d nodeDescription) view() view {
	s := d.status
	v := view{
		Network: word(s.Network.Name), Name: nodeName(s.Self), Noun: "node",
		Now:     nowView{Headline: headlineOf(s), Facts: nodeFacts(s), Time: at(s.Time, s.Time)},
		NoRound: emptyView{"The round", "The first reference slot that this node meets opens a round. Nothing has to be done until then."},
		Token:   tokenOf(s.Overview), Queue: queueOf(s), History: historyOf(s.Overview, "not what this node computed"), NoHistory: "The contract has not seen a report yet.",
		Health: nodeHealth(s), Alarms: alarmsOf(s.Overview, s.Evidence),
		Data: []linkView{{"status", "status"}, {"reports", "reports"}, {"rounds", "rounds"}, {"openapi.yaml", "description"}},
	}
	if len(s.Rounds) > 0 {
		v.Round = roundOf(s, s.Rounds[0])
	}
	v.Title = v.Now.Headline.Title
	return v
}

func nodeName(self status.Self) string {
	name := word(self.Name)
	switch {
	case self.Observe:
		return join(name, "observer")
	case self.Member >= 0:
		return join(name, fmt.Sprintf("member %d", self.Member))
	}
	return join(name, "not in the committee")
}

// nodeFacts are the figures under the headline.
func nodeFacts(s status.Status) []fact {
	connected, quorum := 0, ""
	for _, m := range s.Members {
		if m.Connected || m.Self {
			connected++
		}
	}
	if len(s.Rounds) > 0 {
		quorum = fmt.Sprintf("%d votes are needed", s.Rounds[0].Quorum)
	}
	members := fact{Name: "Members connected", Value: fmt.Sprintf("%d of %d", connected, len(s.Members)), Note: quorum}
	return append([]fact{lastReportFact(s.Overview), members}, tokenFacts(s.Overview)...)
}

func nodeHealth(s status.Status) healthView {
	v := healthView{
		Title: "This node", State: &cell{Sign: "bad", Text: "Not ready"}, Reasons: reasonsOf(s.Overview), Facts: append(runningFacts(s.Overview), workFacts(s)...),
		Endpoints: endpointsOf(s.Overview), NoEndpoints: "None has been asked yet.", Network: &networkView{Key: word(s.Self.Key), PeerID: word(s.Self.PeerID)},
	}
	if s.Ready {
		v.State, v.Reasons = &cell{Sign: "yes", Text: "Ready", Note: "it can do its part in a round"}, nil
	}
	n := v.Network
	n.Peers, n.MorePeers = peersOf(s)
	n.Listen, _ = views(s.Self.Listen, maxRows, func(address string) string { return format.Printable(address, 2*maxWord) })
	if s.Keeper != nil {
		n.Keeper = keeperOf(*s.Keeper, s.Time)
	}
	if s.Submitter != nil {
		n.Submitter = &submitterView{Address: s.Submitter.Address.Hex(), Balance: ether(s.Submitter.BalanceWei, 4) + " ETH", Why: sentence(s.Submitter.Why)}
		if s.Submitter.Pending != nil {
			n.Submitter.Pending = s.Submitter.Pending.Hex()
		}
	}
	return v
}

func workFacts(s status.Status) []fact {
	c := s.Counters
	return []fact{
		{Name: "Slot", Value: count(s.Frame.Slot), Note: "head " + count(s.Frame.HeadSlot) + ", finalized " + count(s.Frame.FinalizedSlot)},
		{Name: "Reports computed", Value: count(c.Computations), Note: fmt.Sprintf("last in %s, %s of state; %s failed and were repeated",
			format.Span(time.Duration(c.ComputeMs)*time.Millisecond), bytesOf(c.StateBytes), count(c.ComputeErrors))},
		{Name: "Votes signed", Value: count(c.VotesSigned), Note: count(c.JournalErrors) + " writes that the journal refused"},
		{Name: "Fees paid", Value: ether(c.SpentWei, 6) + " ETH"},
		{Name: "Memory", Value: bytesOf(c.MemoryBytes)},
	}
}
