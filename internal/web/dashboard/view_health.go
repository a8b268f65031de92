package dashboard

import (
	"fmt"
	"sort"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// healthView is how the node itself fares.
type healthView struct {
	Ready     bool
	Reasons   []status.Reason
	Endpoints []endpointView
	Peers     []peerView
	MorePeers int
	Submitter *submitterView
	Facts     []fact
	Listen    []string
	Key       string
	PeerID    string
}

type endpointView struct {
	Kind, Name, Why string
	State           cell
	Height, Latency string
	Checked         *instant
}

type peerView struct {
	Role, PeerID, FullPeerID, Address, Software string
	RoundTrip, Clock, Score                     string
}

type submitterView struct {
	Address, Balance, Why, Pending string
}

func healthOf(s status.Status) healthView {
	v := healthView{Ready: s.Ready, Key: word(s.Self.Key), PeerID: word(s.Self.PeerID), Facts: workFacts(s)}
	reasons, _ := upTo(s.Reasons, maxRows)
	for _, reason := range reasons {
		v.Reasons = append(v.Reasons, status.Reason{Code: word(reason.Code), Text: sentence(reason.Text)})
	}
	endpoints, _ := upTo(s.Endpoints, maxRows)
	for _, e := range endpoints {
		v.Endpoints = append(v.Endpoints, endpointOf(s, e))
	}
	v.Peers, v.MorePeers = peersOf(s)
	listen, _ := upTo(s.Self.Listen, maxRows)
	for _, address := range listen {
		v.Listen = append(v.Listen, format.Printable(address, 2*maxWord))
	}
	if s.Submitter != nil {
		v.Submitter = &submitterView{Address: s.Submitter.Address.Hex(), Balance: ether(s.Submitter.BalanceWei, 4) + " ETH", Why: sentence(s.Submitter.Why)}
		if s.Submitter.Pending != nil {
			v.Submitter.Pending = s.Submitter.Pending.Hex()
		}
	}
	return v
}

func endpointOf(s status.Status, e status.Endpoint) endpointView {
	v := endpointView{
		Kind: word(e.Kind), Name: word(e.Name), Why: sentence(e.Why), State: cell{Sign: "bad", Text: "not usable"},
		Height: count(e.Height), Latency: fmt.Sprintf("%d ms", e.LatencyMs), Checked: at(e.Checked, s.Time),
	}
	if e.Usable {
		v.State = cell{Sign: "yes", Text: "usable"}
	}
	return v
}

func peersOf(s status.Status) ([]peerView, int) {
	sorted := append([]status.Peer(nil), s.Peers...)
	sort.SliceStable(sorted, func(i, j int) bool { // Members first: observers cannot push them off the page.
		return sorted[i].Member >= 0 && (sorted[j].Member < 0 || sorted[i].Member < sorted[j].Member)
	})
	shown, more := upTo(sorted, maxRows)
	var all []peerView
	for _, p := range shown {
		v := peerView{
			Role: "observer", PeerID: short(p.PeerID), FullPeerID: word(p.PeerID), Address: word(p.Address), Software: word(p.Software),
			RoundTrip: fmt.Sprintf("%.1f ms", p.RoundTripMs), Clock: fmt.Sprintf("%+d ms", p.ClockOffsetMs), Score: fmt.Sprintf("%.1f", p.Score),
		}
		if p.Member >= 0 {
			v.Role = fmt.Sprintf("member %d", p.Member)
		}
		all = append(all, v)
	}
	return all, more
}

func workFacts(s status.Status) []fact {
	c := s.Counters
	if s.Audit != nil {
		return []fact{
			{Name: "Running since", Value: agoOrUnknown(s.StartedAt, s.Time), When: at(s.StartedAt, s.Time)},
			{Name: "Software", Value: word(s.Software)},
			{Name: "Blocks", Value: count(s.Audit.FirstBlock), Note: "to " + count(s.Audit.LastBlock)},
			{Name: "Checks not made", Value: fmt.Sprint(s.Audit.Unchecked), Note: fmt.Sprintf("%d more that the named nodes do not allow", s.Audit.Skipped)},
		}
	}
	return []fact{
		{Name: "Running since", Value: agoOrUnknown(s.StartedAt, s.Time), When: at(s.StartedAt, s.Time)},
		{Name: "Software", Value: word(s.Software)},
		{Name: "Slot", Value: count(s.Frame.Slot), Note: "head " + count(s.Frame.HeadSlot) + ", finalized " + count(s.Frame.FinalizedSlot)},
		{Name: "Reports computed", Value: count(c.Computations), Note: fmt.Sprintf("last in %s, %s of state; %s failed and were repeated", format.Span(time.Duration(c.ComputeMs)*time.Millisecond), bytesOf(c.StateBytes), count(c.ComputeErrors))},
		{Name: "Votes signed", Value: count(c.VotesSigned), Note: count(c.JournalErrors) + " writes that the journal refused"},
		{Name: "Fees paid", Value: ether(c.SpentWei, 6) + " ETH"},
		{Name: "Memory", Value: bytesOf(c.MemoryBytes)},
	}
}

// bytesOf writes a size in thousands or millions of bytes.
func bytesOf(n uint64) string {
	if n < 1e6 {
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// alarmsView is what an operator must look at.
type alarmsView struct {
	Evidence     []evidenceView
	Alarms       []alarmView
	MoreEvidence int
	MoreAlarms   int
}

type evidenceView struct {
	Member, Key, RefSlot, DigestA, DigestB string
}

type alarmView struct {
	Kind, Text, RefSlot string
	When                *instant
}

func alarmsOf(s status.Status) alarmsView {
	var v alarmsView
	evidence, more := upTo(s.Evidence, maxRows)
	v.MoreEvidence = more
	for _, e := range evidence {
		v.Evidence = append(v.Evidence, evidenceView{
			Member: fmt.Sprint(e.Member), Key: short(e.Key), RefSlot: count(e.RefSlot), DigestA: short(e.DigestA.Hex()), DigestB: short(e.DigestB.Hex()),
		})
	}
	alarms, more := upTo(s.Alarms, maxRows)
	v.MoreAlarms = more
	for _, a := range alarms {
		view := alarmView{Kind: word(a.Kind), Text: sentence(a.Text), When: at(a.Time, s.Time)}
		if a.RefSlot != 0 {
			view.RefSlot = count(a.RefSlot)
		}
		v.Alarms = append(v.Alarms, view)
	}
	return v
}
