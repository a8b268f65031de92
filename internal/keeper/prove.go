package keeper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// mostUnproven is how many places the set has: UnprovenSet.PLACES.
const mostUnproven = 128

// errBook: what an endpoint says of the book of validators cannot be.
var errBook = errors.New("the endpoint's answer about the book of validators cannot be: use another one")

// unprovenKey is a key that has had its first ether only.
type unprovenKey struct {
	id        uint64
	publicKey report.PublicKey
}

// unproven are the keys that wait for their proof.
func (k *Keeper) unproven(ctx context.Context) ([]unprovenKey, error) {
	book := bindings.NewValidators()
	named, err := view(ctx, k, k.o.Manifest.Contracts.Validators, book.PackUnprovenKeys(), book.UnpackUnprovenKeys)
	if err != nil {
		return nil, fmt.Errorf("read which keys are unproven: %w", err)
	}
	if len(named.KeyIds) > mostUnproven || len(named.Pubkeys) != len(named.KeyIds)*len(report.PublicKey{}) {
		return nil, fmt.Errorf("%w: %d keys with %d bytes", errBook, len(named.KeyIds), len(named.Pubkeys))
	}
	keys := make([]unprovenKey, len(named.KeyIds))
	for i, id := range named.KeyIds {
		keys[i] = unprovenKey{id, report.PublicKey(named.Pubkeys[i*len(report.PublicKey{}):])}
	}
	return keys, nil
}

// reading is what the newest reading of a beacon state has proven.
type reading struct {
	at     time.Time
	proofs Proofs
}

// read proves keys, unless a state has been read for this lately.
func (k *Keeper) read(ctx context.Context, r *reading, keys []report.PublicKey) error {
	now := k.o.Now()
	if now.Sub(r.at) < k.o.StateEvery {
		return nil
	}
	proofs, err := k.o.Prover.Prove(ctx, keys)
	if err != nil {
		return err
	}
	*r = reading{now, proofs}
	return nil
}

// proofs are proofs of what became of unproven keys.
func (k *Keeper) proofs(ctx context.Context) (chores []Chore, err error) {
	open, err := k.unproven(ctx)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	keys := make([]report.PublicKey, len(open))
	for i, key := range open {
		keys[i] = key.publicKey
	}
	if err := k.read(ctx, &k.opened, keys); err != nil {
		return nil, err
	}
	for _, key := range open {
		if c, found := k.proofChore(key, k.opened.proofs); found {
			chores = append(chores, c)
		}
	}
	return k.taken(ctx, slog.LevelWarn, chores...)
}

// proofChore shows what became of a key's first ether; false while that is nothing yet.
func (k *Keeper) proofChore(key unprovenKey, proven Proofs) (Chore, bool) {
	book := bindings.NewValidators()
	if proof, found := proven.Of(key.publicKey); found {
		return k.chore(ProveKey, fmt.Sprintf("Prove what became of the first ether of key %d.", key.id), book.PackProveKey(key.id, proof)), true
	}
	if builder, found := proven.Builders[key.publicKey]; found {
		text := fmt.Sprintf("Prove that the first ether of key %d went to a builder.", key.id)
		return k.chore(ProveBuilder, text, book.PackProveBuilder(key.id, proven.Origin, builder)), true
	}
	return Chore{}, false
}

// overdue are keys that nobody has proven in time.
func (k *Keeper) overdue(ctx context.Context) (chores []Chore, err error) {
	open, err := k.unproven(ctx)
	if err != nil {
		return nil, err
	}
	for _, key := range open {
		text := fmt.Sprintf("Say that key %d was not proven in time: its operator gets no more until it is.", key.id)
		chores = append(chores, k.chore(NoteOverdue, text, bindings.NewValidators().PackNoteOverdue(key.id)))
	}
	return k.taken(ctx, slog.LevelDebug, chores...)
}

// proofOf proves one key of the book, unless a state has been read for another one lately.
func (k *Keeper) proofOf(ctx context.Context, id uint64) (proof bindings.KeyProof, found bool, err error) {
	registry := bindings.NewOperatorRegistry()
	pubkey, err := view(ctx, k, k.o.Manifest.Contracts.OperatorRegistry, registry.PackPubkeyOf(id), registry.UnpackPubkeyOf)
	switch {
	case err != nil:
		return proof, false, fmt.Errorf("read key %d: %w", id, err)
	case len(pubkey) != len(report.PublicKey{}):
		return proof, false, fmt.Errorf("%w: key %d has %d bytes", errBook, id, len(pubkey))
	}
	if err := k.read(ctx, &k.health, []report.PublicKey{report.PublicKey(pubkey)}); err != nil {
		return proof, false, err
	}
	proof, found = k.health.proofs.Of(report.PublicKey(pubkey))
	return proof, found, nil
}

// Proofs are validators and builders in the state of one final block.
type Proofs struct {
	Slot       uint64 // of the block
	Origin     bindings.BlockProof
	Validators map[report.PublicKey]bindings.ValidatorProof
	Builders   map[report.PublicKey]bindings.BuilderProof // from Gloas on
}

// Of is the proof of a key as the contracts take it; false when the state has no validator with it.
func (p Proofs) Of(key report.PublicKey) (bindings.KeyProof, bool) {
	v, found := p.Validators[key]
	return bindings.KeyProof{Origin: p.Origin, Validator: v}, found
}

// reverted says whether a simulated call was refused with the contract's error of that name, and gives its arguments.
func reverted(err error, name string) ([]any, bool) { return abi.RevertValues(err, name) }
