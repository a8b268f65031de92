package consensus

import "bytes"

// equivocated keeps two valid votes of one member for two digests.
func (c *Core) equivocated(r *round, a, b *Vote) {
	if bytes.Compare(a.Digest[:], b.Digest[:]) > 0 {
		a, b = b, a
	}
	member := int(a.Member)
	evidence := Evidence{
		Round: r.id, Member: a.Member, Key: r.committee.Members[member].Key,
		DigestA: a.Digest, SignatureA: a.Signature, DigestB: b.Digest, SignatureB: b.Signature,
	}
	r.evidence[member] = evidence
	text := "it signed " + short(a.Digest) + " and " + short(b.Digest) + " in this round: both votes are kept as evidence"
	if !c.owe(EvidenceRecord{evidence}) {
		text = "it signed " + short(a.Digest) + " and " + short(b.Digest) + " in this round, but the journal takes nothing and too much waits for it"
	}
	c.alarm(r, AlarmEquivocation, member, text)
}

// votes are both, for whoever asks.
func (e Evidence) votes() []Vote {
	return []Vote{
		{Round: e.Round, Member: e.Member, Digest: e.DigestA, Signature: e.SignatureA},
		{Round: e.Round, Member: e.Member, Digest: e.DigestB, Signature: e.SignatureB},
	}
}
