package execution

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrUnprovenKeys: pool and book of validators count unproven keys differently. No contract that the manifest names does.
var ErrUnprovenKeys = errors.New("pool and book of validators contradict each other: if the registry was replaced, get the network's new manifest")

// How contracts/src/lib/UnprovenSet.sol writes a key: its Keccak-256 hash with a state in place of the last byte.
const (
	unprovenPlaces = 128
	placeFree      = 1
	placeTaken     = 2
)

// unprovenKeys is what a Pool has read of the set; a block's state can be gone later.
type unprovenKeys struct {
	read  bool
	found []report.PublicKey
}

// UnprovenKeys proves which keys have had their first ether and are not proven, in the order of their places. The set holds hashes: an endpoint names the keys, and
// each must have the hash that stands at its place. Errors: ErrUnprovenKeys, ErrProof, and those of the endpoints; ErrPruned when the block was not captured in time.
func (p *Pool) UnprovenKeys(ctx context.Context) ([]report.PublicKey, error) {
	p.mu.Lock()
	kept := p.unproven
	p.mu.Unlock()
	if kept.read || p.UnprovenCount == 0 {
		return kept.found, nil
	}
	book := contract{"Validators", p.reader.manifest.Contracts.Validators}
	account, err := p.prove(ctx, book, unprovenSlots())
	if err != nil {
		return nil, err
	}
	taken, err := takenPlaces(account.Words)
	if err == nil && len(taken) != int(p.UnprovenCount) {
		err = fmt.Errorf("%w: the pool has %d keys, the set %d", ErrUnprovenKeys, p.UnprovenCount, len(taken))
	}
	if err != nil {
		return nil, fmt.Errorf("unproven keys at block %d: %w", p.Block.Number, err)
	}
	found, err := p.nameKeys(ctx, book, taken)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unproven = unprovenKeys{true, found}
	return found, nil
}

func unprovenSlots() []common.Hash {
	slots := make([]common.Hash, unprovenPlaces)
	for i := range slots {
		slots[i] = slotAt(layout.ValidatorsSetWordsSlot + uint64(i))
	}
	return slots
}

// takenPlaces are the words of the places that hold a key, in order.
func takenPlaces(w words) (taken []common.Hash, err error) {
	for place, slot := range unprovenSlots() {
		value := w[slot]
		switch value[common.HashLength-1] {
		case placeTaken:
			taken = append(taken, value)
		case placeFree:
		default:
			return nil, fmt.Errorf("%w: place %d of the set holds %s", ErrUnprovenKeys, place, value)
		}
	}
	return taken, nil
}

// nameKeys has an endpoint name the keys of the set. One that names others is asked no more.
func (p *Pool) nameKeys(ctx context.Context, book contract, taken []common.Hash) (found []report.PublicKey, err error) {
	validators := bindings.NewValidators()
	_, err = p.reader.client.Ask(ctx, "unproven keys", func(ctx context.Context, ask Asker) error {
		named, err := View(ctx, ask, p.Block.Hash, book.address, validators.PackUnprovenKeys(), validators.UnpackUnprovenKeys)
		if err != nil {
			return err
		}
		found, err = matchKeys(taken, named.Pubkeys)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("name the unproven keys at block %d: %w", p.Block.Number, err)
	}
	return found, nil
}

// matchKeys holds keys, one after the other, against the words of the set. Errors: ErrProof.
func matchKeys(taken []common.Hash, pubkeys []byte) ([]report.PublicKey, error) {
	const size = len(report.PublicKey{})
	if len(pubkeys) != len(taken)*size {
		return nil, fmt.Errorf("%w: %d bytes of keys for %d places", ErrProof, len(pubkeys), len(taken))
	}
	found := make([]report.PublicKey, len(taken))
	for i, word := range taken {
		found[i] = report.PublicKey(pubkeys[i*size:])
		hash := crypto.Keccak256(found[i][:])
		if last := common.HashLength - 1; !bytes.Equal(hash[:last], word[:last]) {
			return nil, fmt.Errorf("%w: key %d of the set is not the one that was named", ErrProof, i)
		}
	}
	return found, nil
}
