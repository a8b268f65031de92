package sim

import (
	"fmt"
	"strings"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// describe is an event in one line.
func describe(event consensus.Event) string {
	switch e := event.(type) {
	case consensus.Received:
		return fmt.Sprintf("%s from %s", message(e.Message), e.From)
	case consensus.RoundOpened:
		return fmt.Sprintf("round opened %d/%x of %d members", e.RefSlot, e.Committee.Digest[:4], len(e.Committee.Members))
	case consensus.CommitteeChanged:
		return fmt.Sprintf("committee changed to %x of %d members", e.Committee.Digest[:4], len(e.Committee.Members))
	case consensus.Computed:
		d := oracle().Digest(e.Report)
		return fmt.Sprintf("computed %x (variant %d) in %d/%x", d[:4], e.Report.BalancesRoot[1], e.Report.RefSlot, e.Report.Committee[:4])
	case consensus.Signed:
		return fmt.Sprintf("signed %x in %s", e.Digest[:4], e.Round)
	case consensus.Accepted:
		return fmt.Sprintf("accepted %x for %d, finalized %v", e.Digest[:4], e.RefSlot, e.Finalized)
	}
	return fmt.Sprintf("%T%+v", event, event)
}

func message(m consensus.Message) string {
	switch m := m.(type) {
	case *consensus.Observation:
		return fmt.Sprintf("observation %d of member %d for %x in %s", m.Attempt, m.Member, m.Digest[:4], m.Round)
	case *consensus.Vote:
		return fmt.Sprintf("vote of member %d for %x in %s", m.Member, m.Digest[:4], m.Round)
	case *consensus.Certificate:
		return fmt.Sprintf("certificate for %x by %v in %s", m.Digest[:4], m.Signers.Members(), m.Round)
	case *consensus.Status:
		return fmt.Sprintf("status attempt %d, votes %v, certified %v in %s", m.Attempt, m.Votes.Members(), m.Certified, m.Round)
	case *consensus.RoundRequest:
		return fmt.Sprintf("request of %s", m.Round)
	case *consensus.RoundAnswer:
		return fmt.Sprintf("answer of %s: open %v, observation %v, %d votes, certificate %v", m.Round, m.Open, m.Observation != nil, len(m.Votes), m.Certificate != nil)
	}
	return fmt.Sprintf("%T", m)
}

// noteReady traces what a core wants done.
func (n *node) noteReady(r *consensus.Ready) {
	for _, record := range r.Persist {
		switch e := record.(type) {
		case consensus.VoteRecord:
			n.w.note(n.id, "   persist vote for %x in %s", e.Digest[:4], e.Round)
		case consensus.CertificateRecord:
			n.w.note(n.id, "   persist %s", message(&e.Certificate))
		case consensus.EvidenceRecord:
			n.w.note(n.id, "   persist evidence against member %d in %s", e.Evidence.Member, e.Evidence.Round)
		default:
			n.w.note(n.id, "   persist %T%+v", record, record)
		}
	}
	for _, s := range r.Sign {
		n.w.note(n.id, "   sign %x in %s", s.Digest[:4], s.Round)
	}
	for _, out := range r.Send {
		to := string(out.To)
		if to == "" {
			to = "all"
		}
		n.w.note(n.id, "   send to %s: %s", to, message(out.Message))
	}
	if r.Submit != nil {
		n.w.note(n.id, "   submit %x, turn %d, again %v", r.Submit.Certificate.Digest[:4], r.Submit.Turn, r.Submit.Again)
	}
	for _, a := range r.Alarms {
		n.w.note(n.id, "   alarm %s", a)
	}
	for _, o := range r.Closed {
		n.w.note(n.id, "   closed %s", o)
	}
	for _, d := range r.Dropped {
		n.w.note(n.id, "   dropped %s: %s %s", strings.ReplaceAll(d.What, "_", " "), d.Reason.Text(), d.Detail)
	}
}
