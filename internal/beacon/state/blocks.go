package state

import "sync"

// blockHeight is the height of the subtree that is hashed at once: it fits into a processor's second-level cache with its buffers.
const (
	chunkBlockHeight   = 12 // 128 KiB of chunks
	elementBlockHeight = 11 // 2,048 elements
)

// block is a run of a field's elements, whose count fills one subtree, but for the last.
type block struct {
	field field
	data  []byte
	first uint64 // index of its first element
	depth int
	root  [chunkSize]byte // of its subtree of height depth

	keep             bool   // something in it is proven: elements and leaves stay
	elements, leaves []byte // copies
}

// crew hashes and scans blocks in several goroutines.
type crew struct {
	scanner *scanner
	work    chan *block
	free    chan []byte // buffers: as many as may be in work
	done    sync.WaitGroup
	open    sync.WaitGroup // blocks in work

	mu  sync.Mutex
	err error
}

func newCrew(workers int, zero *zeroHashes, s *scanner) *crew {
	c := &crew{scanner: s, work: make(chan *block), free: make(chan []byte, workers+1)}
	for range workers + 1 {
		c.free <- nil
	}
	for range workers {
		c.done.Go(func() { c.run(zero) })
	}
	return c
}

func (c *crew) run(zero *zeroHashes) {
	h, registry := &hasher{zero: zero}, newRegistryHasher()
	for b := range c.work {
		if err := c.handle(h, registry, b); err != nil {
			c.mu.Lock()
			if c.err == nil {
				c.err = err
			}
			c.mu.Unlock()
		}
		c.free <- b.data[:0]
		b.data = nil
		c.open.Done()
	}
}

func (c *crew) handle(h *hasher, registry *registryHasher, b *block) error {
	if b.field.scan != nil {
		if err := b.field.scan(c.scanner, b.data, b.first); err != nil {
			return err
		}
	}
	if b.field.hasKeys() && !b.keep {
		b.keep = c.scanner.proves(b.field.name, b.first, uint64(len(b.data))/b.field.width)
	}
	b.root = b.hash(h, registry)
	return nil
}

// hash is the root of the block's subtree.
func (b *block) hash(h *hasher, registry *registryHasher) [chunkSize]byte {
	switch b.field.kind {
	case validators:
		leaves := registry.roots(h, b.data)
		b.keepElements(leaves)
		return h.merkleize(leaves, 0, b.depth)
	case elementList, elementVector:
		leaves := b.field.roots(h, b.data)
		b.keepElements(leaves)
		return h.merkleize(leaves, 0, b.depth)
	}
	if isZero(b.data) && !b.keep {
		return h.zero[b.depth]
	}
	for len(b.data)%chunkSize != 0 {
		b.data = append(b.data, 0)
	}
	b.keepElements(b.data)
	return h.merkleize(b.data, 0, b.depth)
}

// buffer waits for a free buffer of size bytes.
func (c *crew) buffer(size uint64) []byte {
	buf := <-c.free
	if uint64(cap(buf)) < size {
		buf = make([]byte, size, size+chunkSize)
	}
	return buf[:size]
}

// start hands a block to the workers.
func (c *crew) start(b *block) {
	c.open.Add(1)
	c.work <- b
}

// wait returns when every block that was started is finished. Errors: the first one of a block.
func (c *crew) wait() error {
	c.open.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// stop ends the workers.
func (c *crew) stop() {
	close(c.work)
	c.done.Wait()
}

func isZero(data []byte) bool {
	for ; len(data) >= 32; data = data[32:] {
		if uint64At(data, 0)|uint64At(data, 8)|uint64At(data, 16)|uint64At(data, 24) != 0 {
			return false
		}
	}
	for _, b := range data {
		if b != 0 {
			return false
		}
	}
	return true
}
