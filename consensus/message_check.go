package consensus

import "fmt"

// Validate: see Message.
func (o *Observation) Validate() error {
	switch {
	case o.Member >= MaxMembers:
		return fmt.Errorf("%w: observation of member %d", ErrMessage, o.Member)
	case o.Attempt == 0:
		return fmt.Errorf("%w: observation without an attempt", ErrMessage)
	case len(o.Software) > MaxSoftwareBytes:
		return fmt.Errorf("%w: observation with %d bytes of software name", ErrMessage, len(o.Software))
	}
	return nil
}

// Validate: see Message.
func (v *Vote) Validate() error {
	if v.Member >= MaxMembers {
		return fmt.Errorf("%w: vote of member %d", ErrMessage, v.Member)
	}
	return nil
}

// Validate: see Message.
func (c *Certificate) Validate() error {
	switch {
	case c.Report.Committee != c.Round.Committee || c.Report.RefSlot != c.Round.RefSlot:
		return fmt.Errorf("%w: certificate with the report of another round", ErrMessage)
	case len(c.Signers) == 0 || len(c.Signers) > MaxMembers/8:
		return fmt.Errorf("%w: certificate with %d bytes of signers", ErrMessage, len(c.Signers))
	}
	if err := c.Report.Validate(); err != nil {
		return fmt.Errorf("%w: certificate: %w", ErrMessage, err)
	}
	return nil
}

// Validate: see Message.
func (s *Status) Validate() error {
	if len(s.Votes) > MaxMembers/8 {
		return fmt.Errorf("%w: status with %d bytes of voters", ErrMessage, len(s.Votes))
	}
	return nil
}

// Validate: see Message.
func (r *RoundRequest) Validate() error { return nil }

// Validate: see Message.
func (a *RoundAnswer) Validate() error {
	switch {
	case !a.Open && (a.Observation != nil || a.Report != nil || len(a.Votes) > 0 || a.Certificate != nil):
		return fmt.Errorf("%w: answer of a round that is not held", ErrMessage)
	case a.Report != nil && a.Observation == nil:
		return fmt.Errorf("%w: answer with a report that nobody observed", ErrMessage)
	case len(a.Votes) > MaxAnswerVotes:
		return fmt.Errorf("%w: answer with %d votes", ErrMessage, len(a.Votes))
	}
	parts := make([]Message, 0, len(a.Votes)+2)
	if a.Observation != nil {
		parts = append(parts, a.Observation)
	}
	if a.Certificate != nil {
		parts = append(parts, a.Certificate)
	}
	for i := range a.Votes {
		parts = append(parts, &a.Votes[i])
	}
	for _, part := range parts {
		if part.InRound() != a.Round {
			return fmt.Errorf("%w: answer with a part of another round", ErrMessage)
		}
		if err := part.Validate(); err != nil {
			return err
		}
	}
	return nil
}
