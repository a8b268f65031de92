package sim

import "github.com/tidemark-oracle/tidemark/consensus"

// happening is something that is due at a node or in the world.
type happening struct {
	at    int64 // milliseconds of simulated time
	order uint64
	kind  happeningKind
	node  int // instance; -1 for the world
	life  int // the process for which it is meant; 0 for whichever runs
	from  int // instance, of a delivery
	arg   int
	event consensus.Event
	msg   consensus.Message
}

type happeningKind uint8

const (
	deliver happeningKind = iota
	tick
	tell // event to a core
	openFrame
	setClock
	reopenDisk
	compute
	learnChange
	restart
	beginItem
	endItem
	act      // Byzantine
	include  // a transaction
	finalize // an acceptance
	revert   // an acceptance
	calm
	checkLiveness
)

// queue is a binary heap, earliest first; what is due at the same time comes in the order in which it was pushed.
type queue struct {
	heap  []happening
	count uint64
}

func (h *happening) before(other *happening) bool {
	return h.at < other.at || h.at == other.at && h.order < other.order
}

func (q *queue) push(h happening) {
	q.count++
	h.order = q.count
	q.heap = append(q.heap, h)
	i := len(q.heap) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if q.heap[parent].before(&h) {
			break
		}
		q.heap[i] = q.heap[parent]
		i = parent
	}
	q.heap[i] = h
}

func (q *queue) pop() (happening, bool) {
	if len(q.heap) == 0 {
		return happening{}, false
	}
	top := q.heap[0]
	last := len(q.heap) - 1
	moved := q.heap[last]
	q.heap[last] = happening{}
	q.heap = q.heap[:last]
	if last > 0 {
		q.sink(moved)
	}
	return top, true
}

// sink puts h where the root was, and further down as far as it belongs.
func (q *queue) sink(h happening) {
	i := 0
	for {
		child := 2*i + 1
		if child >= len(q.heap) {
			break
		}
		if right := child + 1; right < len(q.heap) && q.heap[right].before(&q.heap[child]) {
			child = right
		}
		if h.before(&q.heap[child]) {
			break
		}
		q.heap[i] = q.heap[child]
		i = child
	}
	q.heap[i] = h
}
