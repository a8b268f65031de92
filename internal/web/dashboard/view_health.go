package dashboard

import (
	"fmt"
	"sort"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// healthView is how the node or audit itself fares.
type healthView struct {
	Title       string
	State       *cell // nil: there is nothing to say
	Reasons     []status.Reason
	Facts       []fact
	Endpoints   []endpointView
	NoEndpoints string       // while there are none
	Network     *networkView // nil: it connects with nobody
}

// networkView is what only a node has: its peers, the account that submits, and how others reach it.
type networkView struct {
	Peers       []peerView
	MorePeers   int
	Submitter   *submitterView
	Listen      []string
	Key, PeerID string
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

// reasonsOf are why it is not ready.
func reasonsOf(o status.Overview) (all []status.Reason) {
	reasons, _ := upTo(o.Reasons, maxRows)
	for _, reason := range reasons {
		all = append(all, status.Reason{Code: word(reason.Code), Text: sentence(reason.Text)})
	}
	return all
}

func endpointsOf(o status.Overview) (all []endpointView) {
	endpoints, _ := upTo(o.Endpoints, maxRows)
	for _, e := range endpoints {
		all = append(all, endpointOf(o, e))
	}
	return all
}

func endpointOf(o status.Overview, e status.Endpoint) endpointView {
	v := endpointView{
		Kind: word(e.Kind), Name: word(e.Name), Why: sentence(e.Why), State: cell{Sign: "bad", Text: "not usable"},
		Height: count(e.Height), Latency: fmt.Sprintf("%d ms", e.LatencyMs), Checked: at(e.Checked, o.Time),
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

// runningFacts are since when it runs, and what.
func runningFacts(o status.Overview) []fact {
	return []fact{
		{Name: "Running since", Value: agoOrUnknown(o.StartedAt, o.Time), When: at(o.StartedAt, o.Time)},
		{Name: "Software", Value: word(o.Software)},
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

func alarmsOf(o status.Overview, proofs []status.Evidence) alarmsView {
	var v alarmsView
	evidence, more := upTo(proofs, maxRows)
	v.MoreEvidence = more
	for _, e := range evidence {
		v.Evidence = append(v.Evidence, evidenceView{
			Member: fmt.Sprint(e.Member), Key: short(e.Key), RefSlot: count(e.RefSlot), DigestA: short(e.DigestA.Hex()), DigestB: short(e.DigestB.Hex()),
		})
	}
	alarms, more := upTo(o.Alarms, maxRows)
	v.MoreAlarms = more
	for _, a := range alarms {
		view := alarmView{Kind: word(a.Kind), Text: sentence(a.Text), When: at(a.Time, o.Time)}
		if a.RefSlot != 0 {
			view.RefSlot = count(a.RefSlot)
		}
		v.Alarms = append(v.Alarms, view)
	}
	return v
}
