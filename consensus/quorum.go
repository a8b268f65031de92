package consensus

import (
	"github.com/tidemark-oracle/tidemark/report"
)

// quorum is how many of a committee it takes. Quorums of one committee share an honest member.
type quorum struct {
	members int
	faulty  int // that may be arbitrary: f
	needed  int // for a certificate: q
}

func quorumOf(n int) quorum {
	return quorum{members: n, faulty: report.MaxFaulty(n), needed: report.Quorum(n)}
}

// reached tells whether so many members certify, or may be voted with.
func (q quorum) reached(count int) bool { return count >= q.needed }

// oneHonest tells whether an honest member is among so many.
func (q quorum) oneHonest(count int) bool { return count > q.faulty }

// othersReached tells whether so many others, with the own member, are a quorum.
func (q quorum) othersReached(count int) bool { return count >= q.needed-1 }
