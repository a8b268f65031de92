package dashboard

import (
	"fmt"
	"sort"
	"time"

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
	Keeper      *keeperView
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

// keeperView is what the node does for the pool that anybody may do.
type keeperView struct {
	Unproven, Turn, Spent, Problem string
	Done                           []fact
	Next                           *instant
}

func keeperOf(k status.Keeper, now time.Time) *keeperView {
	v := &keeperView{Unproven: count(uint64(max(0, k.Unproven))), Spent: ether(k.SpentWei, 6) + " ETH", Problem: sentence(k.Problem), Turn: "after the next report"}
	if k.Turn >= 0 {
		v.Turn = fmt.Sprintf("number %d after the last report", k.Turn+1)
	}
	if k.NextTurn != nil {
		v.Next = at(*k.NextTurn, now)
	}
	for kind, n := range k.Done {
		v.Done = append(v.Done, fact{Name: word(kind), Value: count(n)})
	}
	sort.Slice(v.Done, func(i, j int) bool { return v.Done[i].Name < v.Done[j].Name })
	return v
}

// reasonsOf are why it is not ready.
func reasonsOf(o status.Overview) []status.Reason {
	all, _ := views(o.Reasons, maxRows, func(r status.Reason) status.Reason { return status.Reason{Code: word(r.Code), Text: sentence(r.Text)} })
	return all
}

func endpointsOf(o status.Overview) []endpointView {
	all, _ := views(o.Endpoints, maxRows, func(e status.Endpoint) endpointView { return endpointOf(o, e) })
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
	return views(sorted, maxRows, func(p status.Peer) peerView {
		v := peerView{
			Role: "observer", PeerID: short(p.PeerID), FullPeerID: word(p.PeerID), Address: word(p.Address), Software: word(p.Software),
			RoundTrip: fmt.Sprintf("%.1f ms", p.RoundTripMs), Clock: fmt.Sprintf("%+d ms", p.ClockOffsetMs), Score: fmt.Sprintf("%.1f", p.Score),
		}
		if p.Member >= 0 {
			v.Role = fmt.Sprintf("member %d", p.Member)
		}
		return v
	})
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
	v.Evidence, v.MoreEvidence = views(proofs, maxRows, func(e status.Evidence) evidenceView {
		return evidenceView{
			Member: fmt.Sprint(e.Member), Key: short(e.Key), RefSlot: count(e.RefSlot), DigestA: short(e.DigestA.Hex()), DigestB: short(e.DigestB.Hex()),
		}
	})
	v.Alarms, v.MoreAlarms = views(o.Alarms, maxRows, func(a status.Alarm) alarmView {
		view := alarmView{Kind: word(a.Kind), Text: sentence(a.Text), When: at(a.Time, o.Time)}
		if a.RefSlot != 0 {
			view.RefSlot = count(a.RefSlot)
		}
		return view
	})
	return v
}
