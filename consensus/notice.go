package consensus

import (
	"fmt"
	"strconv"
	"strings"
)

// maxTextBytes bounds texts that come from outside the core.
const maxTextBytes = 200

func (c *Core) send(to PeerID, m Message) { c.out.Send = append(c.out.Send, Outgoing{to, m}) }

// alarm tells the operator, once a round and member.
func (c *Core) alarm(r *round, kind AlarmKind, member int, text string) {
	key := alarmed{kind, member}
	if r.alarmed[key] {
		return
	}
	r.alarmed[key] = true
	c.out.Alarms = append(c.out.Alarms, Alarm{kind, r.id, member, text})
}

// drop says that a message was not used.
func (c *Core) drop(e Received, reason Reason, detail string) {
	c.out.Dropped = append(c.out.Dropped, Drop{e.From, messageName(e.Message), e.Message.InRound(), reason, shorten(detail)})
}

// dropOwn says that an event of the own runner was not used.
func (c *Core) dropOwn(what string, id Round, reason Reason) {
	c.out.Dropped = append(c.out.Dropped, Drop{What: what, Round: id, Reason: reason})
}

// messageName is the message's type in words, as drops and metrics name it.
func messageName(m Message) string {
	switch m.(type) {
	case *Observation:
		return "observation"
	case *Vote:
		return "vote"
	case *Certificate:
		return "certificate"
	case *Status:
		return "status"
	case *RoundRequest:
		return "round request"
	case *RoundAnswer:
		return "round answer"
	}
	return fmt.Sprintf("%T", m)
}

func number(n int) string { return strconv.Itoa(n) }

func shorten(text string) string {
	if len(text) > maxTextBytes {
		text = strings.ToValidUTF8(text[:maxTextBytes], "") + "…"
	}
	return text
}
