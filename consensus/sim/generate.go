package sim

import "github.com/tidemark-oracle/tidemark/report"

// Times of a run, in milliseconds.
const (
	frameMillis   = 120_000 // but for the last frame
	faultsInLast  = 80_000  // of the last frame until all is calm
	livenessBound = 120_000 // after that every honest node must hold the certificate
	afterBound    = 60_000  // of the last frame
	gracePeriod   = 6_000   // restarts and recomputations may take so long after the calm
	hourMillis    = 3_600_000
)

// spare is how many nodes wait outside the first committee.
const spare = 1

// Generate draws the script of a seed.
func Generate(seed uint64) *Script {
	g := &generator{random: random{state: mix(seed, 0x5ea)}}
	s := &Script{Seed: seed, Size: g.size(), Rounds: 1 + g.below(3)}
	if s.Size > 12 {
		s.Rounds = 1 + g.below(2)
	}
	g.script = s
	s.calmAt = int64(s.Rounds-1)*frameMillis + faultsInLast
	for k := range g.wanted {
		g.wanted[k] = g.chance(40)
	}
	g.changes()
	g.arbitrary()
	g.faults()
	if g.chance(15) {
		g.secondThoughts()
	}
	s.Kept = make([]bool, len(s.Items))
	for i := range s.Kept {
		s.Kept[i] = true
	}
	return s
}

type generator struct {
	random
	script *Script
	wanted [kindCount]bool // kinds of this run: few at a time find more than all at once
	ejects int
}

// size is 1 to 31, small ones more often: they are quick, and there every member counts.
func (g *generator) size() int {
	switch c := g.below(100); {
	case c < 60:
		return 1 + g.below(7)
	case c < 88:
		return 4 + g.below(10)
	case c < 96:
		return 10 + g.below(10)
	default:
		return 16 + g.below(16)
	}
}

func (g *generator) add(i Item) { g.script.Items = append(g.script.Items, i) }

func (g *generator) node() int { return g.below(g.script.Size) }

// moment is some time before the calm, most of them when something happens: in the first seconds of a frame.
func (g *generator) moment() int64 {
	start := int64(g.below(g.script.Rounds)) * frameMillis
	if g.chance(70) {
		return start + g.between(0, 30_000)
	}
	return start + g.between(0, faultsInLast)
}

// span is a time before the calm, and its end.
func (g *generator) span(longest int64) (from, until int64) {
	from = g.moment()
	return from, min(from+g.between(100, longest), g.script.calmAt)
}

// some is a set of nodes, neither none nor all of them where that is possible.
func (g *generator) some() uint64 {
	n := g.script.Size
	set := g.next() & (1<<n - 1)
	set |= 1 << g.below(n)
	if n > 1 && set == 1<<n-1 {
		set &^= 1 << g.below(n)
	}
	return set
}

// arbitrary chooses the Byzantine members: at most as many as every committee of the run bears.
func (g *generator) arbitrary() {
	budget := report.MaxFaulty(g.script.Size - g.ejects)
	if budget == 0 || !g.chance(75) {
		return
	}
	order := make([]int, g.script.Size)
	for i := range order {
		order[i] = i
		j := g.below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	count := budget
	if g.chance(30) {
		count = 1 + g.below(budget)
	}
	shared, variant := Strategy(g.below(int(strategyCount))), g.between(1, 2)
	for _, node := range order[:count] {
		strategies := 1 + g.below(3)
		for i := range strategies {
			s := shared
			if i > 0 || g.chance(40) {
				s = Strategy(g.below(int(strategyCount)))
			}
			g.add(Item{Kind: Byzantine, Node: node, Strategy: s, At: g.moment(), Value: variant, Set: g.some()})
		}
	}
}

// faults draws the rest: more in greater committees.
func (g *generator) faults() {
	count := g.below(6 + g.script.Size/2)
	kinds := make([]Kind, 0, kindCount)
	for k := Crash; k < Change; k++ {
		if g.wanted[k] {
			kinds = append(kinds, k)
		}
	}
	if g.wanted[Reorg] {
		g.add(Item{Kind: Reorg, Round: g.below(g.script.Rounds), Value: g.between(500, 20_000)})
	}
	if len(kinds) == 0 {
		return
	}
	for range count {
		g.fault(kinds[g.below(len(kinds))])
	}
	if g.wanted[Wrong] && g.chance(50) {
		g.split()
	}
}

// split lets a good part of the committee compute one wrong variant.
func (g *generator) split() {
	round, until := g.below(g.script.Rounds), int64(0)
	if g.chance(70) {
		until = int64(round)*frameMillis + g.between(5_000, faultsInLast)
	}
	for node := range g.script.Size {
		if g.chance(45) {
			g.add(Item{Kind: Wrong, Node: node, Round: round, Value: 1, Until: until})
		}
	}
}

// secondThoughts is the danger that the journal is for: most compute one wrong variant and some vote for it, but too few are heard to certify it;
// processes end around the vote; then all compute the right report.
func (g *generator) secondThoughts() {
	s, round := g.script, g.below(g.script.Rounds)
	start := int64(round) * frameMillis
	until := start + g.between(15_000, 45_000)
	deaf := Item{Kind: Deaf, At: start, Until: until, Set: 1<<s.Size - 1}
	for range 1 + g.below(2) {
		deaf.Set &^= 1 << g.node()
	}
	for node := range s.Size {
		hears := deaf.Set>>node&1 == 0
		if hears || g.chance(90) {
			g.add(Item{Kind: Wrong, Node: node, Round: round, Value: 1, Until: until})
		}
		if hears || g.chance(20) {
			g.add(Item{Kind: Crash, Node: node, At: start, Point: AfterPersist + Point(g.below(4)), Value: 1 + int64(g.below(2)),
				Until: start + g.between(1, 30_000)})
		}
		if g.chance(20) {
			g.add(Item{Kind: Signer, Node: node, At: start, Until: until, Value: g.between(-20_000, 20_000)})
		}
	}
	if g.chance(30) {
		deaf = Item{Kind: Mute, At: start + g.between(2_000, 9_000), Until: until, Set: g.some()}
	}
	g.add(deaf)
}

func (g *generator) fault(kind Kind) {
	s := g.script
	from, until := g.span(40_000)
	i := Item{Kind: kind, At: from, Until: until, Node: g.node(), Round: g.below(s.Rounds)}
	switch kind {
	case Crash:
		i.Point, i.Value = Point(g.below(int(pointCount))), 1+int64(g.below(3))
		i.Until = from + g.between(1, 20_000)
	case Forget, Rollback:
		i.Until = from + g.between(1, 10_000)
	case Jump:
		i.Value = g.between(hourMillis, 48*hourMillis)
	case DiskFails:
		i.Value = int64(g.below(2))
	case Loss:
		i.Value, i.Set = g.between(5, 95), g.some()
	case Double:
		i.Value, i.Set = g.between(10, 90), g.some()
	case Delay:
		i.Value, i.Set = g.between(100, 30_000), g.some()
	case Split, Mute, Deaf:
		i.Set = g.some()
	case Skew:
		i.Value = g.between(-2_000, 2_000)
		if g.chance(30) {
			i.Value, i.At = g.between(-30_000, 30_000), 0
		}
	case Wrong:
		i.Value = g.between(1, 2)
		if i.Until = 0; g.chance(60) {
			i.Until = int64(i.Round)*frameMillis + g.between(3_000, faultsInLast)
		}
	case Slow:
		i.Value = g.between(1_000, 50_000)
	case LateOpen:
		i.Value = g.between(1_000, 60_000)
	case Signer:
		i.Value = g.between(-1_000, 9_000)
	}
	g.add(i)
}
