package main

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// node is a room in its layer, or a place where an arrow passes a layer.
type node struct {
	room      string // empty where an arrow passes
	layer     int    // 0 is the lowest
	up, down  []*node
	x         float64 // of its middle
	halfWidth float64
}

// layout has the nodes of each layer from left to right.
type layout struct {
	layers [][]*node
	arrows [][]*node // each from the room that imports to the imported one, by way of passes
}

const (
	roomWidth = 158.0
	passWidth = 18.0
	gap       = 26.0
)

// heights gives each room a layer: above all that it imports, and as near as possible below whoever imports it.
func heights(r rooms) map[string]int {
	height := make(map[string]int)
	var lift func(string) int
	lift = func(name string) int {
		if h, known := height[name]; known {
			return h
		}
		h := 0
		for _, to := range r[name] {
			h = max(h, lift(to)+1)
		}
		height[name] = h
		return h
	}
	for _, name := range r.names() {
		lift(name)
	}
	return raised(r, height)
}

// raised moves each room up to the layer below the lowest room that imports it; those that nobody imports to the top.
func raised(r rooms, height map[string]int) map[string]int {
	names, top := r.names(), 0
	for _, h := range height {
		top = max(top, h)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(height[b], height[a]) })
	for _, name := range names {
		lowest := top + 1
		for other, imports := range r {
			if slices.Contains(imports, name) {
				lowest = min(lowest, height[other])
			}
		}
		height[name] = lowest - 1
	}
	return height
}

// newLayout makes the nodes. An arrow over several layers passes those between.
func newLayout(r rooms) *layout {
	height, nodes := heights(r), make(map[string]*node)
	l := &layout{}
	add := func(n *node) *node {
		for len(l.layers) <= n.layer {
			l.layers = append(l.layers, nil)
		}
		l.layers[n.layer] = append(l.layers[n.layer], n)
		return n
	}
	for _, name := range r.names() {
		nodes[name] = add(&node{room: name, layer: height[name], halfWidth: roomWidth / 2})
	}
	for _, name := range r.names() {
		for _, to := range r[name] {
			arrow := []*node{nodes[name]}
			for layer := height[name] - 1; layer > height[to]; layer-- {
				arrow = append(arrow, add(&node{layer: layer, halfWidth: passWidth / 2}))
			}
			arrow = append(arrow, nodes[to])
			for i := range arrow[1:] {
				arrow[i].down = append(arrow[i].down, arrow[i+1])
				arrow[i+1].up = append(arrow[i+1].up, arrow[i])
			}
			l.arrows = append(l.arrows, arrow)
		}
	}
	return l
}

// ranks are the places of nodes in their layers.
func (l *layout) ranks() map[*node]int {
	rank := make(map[*node]int)
	for _, layer := range l.layers {
		for i, n := range layer {
			rank[n] = i
		}
	}
	return rank
}

// crossings counts the arrows that cross.
func (l *layout) crossings() int {
	rank, count := l.ranks(), 0
	for _, layer := range l.layers {
		for i, left := range layer {
			for _, right := range layer[i+1:] {
				for _, a := range left.down {
					for _, b := range right.down {
						if rank[a] > rank[b] {
							count++
						}
					}
				}
			}
		}
	}
	return count
}

// sweep orders each layer by the middle of its neighbours, downwards and then upwards.
func (l *layout) sweep() {
	sorted := func(i int, next func(*node) []*node) {
		rank := l.ranks()
		middle := func(n *node) float64 {
			if len(next(n)) == 0 {
				return float64(rank[n])
			}
			sum := 0
			for _, other := range next(n) {
				sum += rank[other]
			}
			return float64(sum) / float64(len(next(n)))
		}
		slices.SortStableFunc(l.layers[i], func(a, b *node) int { return cmp.Compare(middle(a), middle(b)) })
	}
	for i := len(l.layers) - 2; i >= 0; i-- {
		sorted(i, func(n *node) []*node { return n.up })
	}
	for i := 1; i < len(l.layers); i++ {
		sorted(i, func(n *node) []*node { return n.down })
	}
}

// exchange swaps neighbours in a layer as long as that leaves fewer crossings.
func (l *layout) exchange() {
	for best, better := l.crossings(), true; better; {
		better = false
		for _, layer := range l.layers {
			for i := range len(layer) - 1 {
				layer[i], layer[i+1] = layer[i+1], layer[i]
				if now := l.crossings(); now < best {
					best, better = now, true
					continue
				}
				layer[i], layer[i+1] = layer[i+1], layer[i]
			}
		}
	}
}

const attempts = 300

// order finds an order of each layer with few crossings and short arrows. It begins many times from an order by lot; the lots are the same in each run.
func (l *layout) order() {
	lots := rand.New(rand.NewPCG(1, 2))
	var best [][]*node
	bestCrossings, bestLength := 0, 0.0
	for range attempts {
		for _, layer := range l.layers {
			lots.Shuffle(len(layer), func(i, j int) { layer[i], layer[j] = layer[j], layer[i] })
		}
		for range 4 {
			l.sweep()
		}
		l.exchange()
		l.spread()
		crossings, length := l.crossings(), l.length()
		if best == nil || crossings < bestCrossings || crossings == bestCrossings && length < bestLength-0.5 {
			best, bestCrossings, bestLength = copied(l.layers), crossings, length
		}
	}
	l.layers = best
}

func copied(layers [][]*node) (copies [][]*node) {
	for _, layer := range layers {
		copies = append(copies, slices.Clone(layer))
	}
	return copies
}
