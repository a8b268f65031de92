package loopsim

// measure is what a world is judged by.
type measure struct {
	homeGwei      uint64 // ever brought home because it was asked for
	potGwei       uint64 // of it, what is in the buffer
	needlessGwei  uint64 // of homeGwei, what was there when nothing waited, and would have been had nobody brought ether since it was asked for
	overtakenGwei uint64 // of homeGwei, what was there when nothing waited because people had brought ether since
	idleEther     uint64 // in the buffer while nothing waits: sum of the samples
	idleOfEther   uint64 // of the pool at those times

	underWay    []asked
	broughtGwei uint64 // ever, by people
	sinceGwei   uint64 // broughtGwei when what came home last was asked for
}

// asked is a call whose ether is under way.
type asked struct{ gwei, broughtGwei uint64 }

// ask takes note of a call, and of what people had brought until then.
func (m *measure) ask(gwei, broughtGwei uint64) {
	m.underWay = append(m.underWay, asked{gwei, broughtGwei})
}

// home takes note of what reports have pulled ever of what was asked for.
func (m *measure) home(everGwei uint64) {
	came := everGwei - m.homeGwei
	m.potGwei += came
	m.homeGwei = everGwei
	for came > 0 && len(m.underWay) > 0 {
		first := &m.underWay[0]
		m.sinceGwei = first.broughtGwei
		part := min(came, first.gwei)
		first.gwei -= part
		came -= part
		if first.gwei == 0 {
			m.underWay = m.underWay[1:]
		}
	}
}

// finalized takes note of a payment. Other ether is spent first: what is left of that which was asked for, when nothing waits, was not needed.
func (m *measure) finalized(lockGwei uint64, p *pool) {
	other := p.bufferGwei + lockGwei - min(m.potGwei, p.bufferGwei+lockGwei)
	m.potGwei -= min(m.potGwei, lockGwei-min(lockGwei, other))
	if p.waitingGwei == 0 {
		overtaken := min(m.potGwei, m.broughtGwei-m.sinceGwei)
		m.overtakenGwei += overtaken
		m.needlessGwei += m.potGwei - overtaken
		m.potGwei = 0
	}
}

// idle takes a sample of the buffer while nothing waits.
func (m *measure) idle(p *pool, poolGwei uint64) {
	if p.waitingGwei == 0 {
		m.idleEther += p.bufferGwei / ether
		m.idleOfEther += poolGwei / ether
	}
}
