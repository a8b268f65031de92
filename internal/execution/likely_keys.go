package execution

import (
	"context"
	"slices"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// LikelyKeys are keys that the contracts are likely to name at a block of late: a beacon state is read before it tells at which block the contracts are read, and
// with these it is read only once. A Reader knows the unproven keys of now, and nothing when no endpoint names them. Nobody vouches for any.
func (r *Reader) LikelyKeys(ctx context.Context) (keys []report.PublicKey) {
	_, err := r.client.Ask(ctx, "likely keys", func(ctx context.Context, ask Asker) error {
		book := bindings.NewValidators()
		named, err := viewAt(ctx, ask, "latest", r.manifest.Contracts.Validators, book.PackUnprovenKeys(), book.UnpackUnprovenKeys)
		if err != nil {
			return err
		}
		keys = splitKeys(named.Pubkeys)
		return nil
	})
	if err != nil {
		return nil
	}
	return keys
}

// splitKeys takes keys that follow each other apart: as many as the set holds at most.
func splitKeys(pubkeys []byte) (keys []report.PublicKey) {
	for key := range slices.Chunk(pubkeys, len(report.PublicKey{})) {
		if len(key) < len(report.PublicKey{}) || len(keys) == unprovenPlaces {
			break
		}
		keys = append(keys, report.PublicKey(key))
	}
	return keys
}

// LikelyKeys are the keys that captured blocks name: unproven ones, and those of which a withdrawal was asked (EIP-7002).
func (c *Capture) LikelyKeys(context.Context) (keys []report.PublicKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := make(map[report.PublicKey]bool)
	for _, hash := range c.order {
		for _, key := range c.pools[hash].namedKeys() {
			if !known[key] {
				known[key], keys = true, append(keys, key)
			}
		}
	}
	return keys
}

// namedKeys are the keys that have been read.
func (p *Pool) namedKeys() []report.PublicKey {
	p.mu.Lock()
	defer p.mu.Unlock()
	keys := slices.Clone(p.unproven.found)
	for _, request := range p.exits.found {
		keys = append(keys, request.PublicKey)
	}
	return keys
}
