package sim

import "github.com/tidemark-oracle/tidemark/consensus"

// Delays of a message, in milliseconds, when nothing is wrong.
const (
	quickest = 20
	slowest  = 250
)

// peerNames are the peer ids, by node.
var peerNames = func() (names [64]consensus.PeerID) {
	for i := range names {
		names[i] = consensus.PeerID([]byte{'p', byte('0' + i/10), byte('0' + i%10)})
	}
	return names
}()

func peerOf(node int) consensus.PeerID { return peerNames[node] }

// nodeOf is the node of a peer id, -1 for none.
func nodeOf(peer consensus.PeerID) int {
	if len(peer) != 3 || peer[0] != 'p' {
		return -1
	}
	return int(peer[1]-'0')*10 + int(peer[2]-'0')
}

// broadcast sends to all other nodes.
func (w *world) broadcast(from *node, m consensus.Message) {
	for _, to := range w.nodes[:w.real] {
		if to.number != from.number {
			w.post(from, from.number, to.number, m)
		}
	}
}

// post sends a message as author's over the link between two nodes. A second process hears what its node hears.
func (w *world) post(from *node, author, to int, m consensus.Message) {
	for _, receiver := range w.nodes {
		if receiver.number == to && from.reaches(receiver) {
			w.carry(from.id, author, receiver.id, m)
		}
	}
}

func (w *world) carry(from, author, to int, m consensus.Message) {
	link := from*len(w.nodes) + to
	w.links[link]++
	r := random{state: mix(w.script.Seed, 3, uint64(link), uint64(w.links[link]))}
	copies, delay := 1, r.between(quickest, slowest)
	for _, item := range w.active {
		touches := (item.Set>>w.nodes[from].number|item.Set>>w.nodes[to].number)&1 == 1
		luck := r.below(100)
		switch {
		case item.Kind == Loss && touches && int64(luck) < item.Value:
			copies = 0
		case item.Kind == Double && touches && int64(luck) < item.Value:
			copies *= 2
		case item.Kind == Delay && touches:
			delay += r.between(0, item.Value)
		}
		if w.cuts(item, from, to) {
			copies = 0
		}
	}
	for range min(copies, 2) {
		w.queue.push(happening{at: w.now + delay, kind: deliver, node: to, from: author, arg: from, msg: m})
		delay += r.between(1, 5_000)
	}
}

// cuts reports whether the item keeps the one from hearing the other.
func (w *world) cuts(item *Item, from, to int) bool {
	out, in := item.Set>>w.nodes[from].number&1, item.Set>>w.nodes[to].number&1
	return item.Kind == Split && out != in || item.Kind == Mute && out == 1 && in == 0 || item.Kind == Deaf && in == 1
}

// cut reports whether a message on its way is lost now.
func (w *world) cut(from, to int) bool {
	for _, item := range w.active {
		if w.cuts(item, from, to) {
			return true
		}
	}
	return false
}
