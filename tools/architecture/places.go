package main

import "math"

// place finds the layers, the order in them, and where each room stands.
func place(r rooms) *layout {
	l := newLayout(r)
	l.order()
	l.spread()
	return l
}

const sweeps = 40

// spread gives each node a place near those that it is joined with, without changing the order or letting rooms touch.
func (l *layout) spread() {
	for _, layer := range l.layers {
		at := 0.0
		for i, n := range layer {
			if i > 0 {
				at += distance(layer[i-1], n)
			}
			n.x = at
		}
		for _, n := range layer {
			n.x -= at / 2
		}
	}
	for range sweeps {
		for i := len(l.layers) - 1; i >= 0; i-- {
			settle(l.layers[i])
		}
		for i := range l.layers {
			settle(l.layers[i])
		}
	}
}

func distance(left, right *node) float64 {
	space := gap
	if left.room == "" && right.room == "" {
		space = 4
	}
	return left.halfWidth + space + right.halfWidth
}

// wish is where a node would stand if it were alone, and how much that matters: a long arrow should be straight.
func wish(n *node) (x, weight float64) {
	sum := 0.0
	for _, next := range [][]*node{n.up, n.down} {
		for _, other := range next {
			w := 1.0
			if n.room == "" && other.room == "" {
				w = 4
			}
			sum += w * other.x
			weight += w
		}
	}
	if weight == 0 {
		return n.x, 1
	}
	return sum / weight, weight
}

// settle moves the nodes of a layer to where they wish to be, as far as the distances allow: the least sum of squares, by pooling neighbours
// that would come too near.
func settle(layer []*node) {
	type block struct{ sum, weight, count float64 }
	var blocks []block
	offsets, at := make([]float64, len(layer)), 0.0
	for i, n := range layer {
		if i > 0 {
			at += distance(layer[i-1], n)
		}
		offsets[i] = at
		x, weight := wish(n)
		blocks = append(blocks, block{sum: (x - at) * weight, weight: weight, count: 1})
		for len(blocks) > 1 {
			last, before := blocks[len(blocks)-1], blocks[len(blocks)-2]
			if before.sum/before.weight <= last.sum/last.weight {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{before.sum + last.sum, before.weight + last.weight, before.count + last.count})
		}
	}
	i := 0
	for _, b := range blocks {
		for range int(b.count) {
			layer[i].x = b.sum/b.weight + offsets[i]
			i++
		}
	}
}

// length is how far arrows go sideways, and how wide the picture is.
func (l *layout) length() float64 {
	sum := 0.0
	for _, arrow := range l.arrows {
		for i := range arrow[1:] {
			sum += math.Abs(arrow[i].x - arrow[i+1].x)
		}
	}
	left, right := l.edges()
	return sum + 2*(right-left)
}

// edges are the outermost places that are taken.
func (l *layout) edges() (left, right float64) {
	for _, layer := range l.layers {
		for _, n := range layer {
			left, right = min(left, n.x-n.halfWidth), max(right, n.x+n.halfWidth)
		}
	}
	return left, right
}
