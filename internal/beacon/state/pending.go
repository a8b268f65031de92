package state

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// Where a pending deposit's fields begin.
const (
	depositCredentialsAt = 48
	depositAmountAt      = 80
	depositSignatureAt   = 88
	depositSlotAt        = 184
)

// PendingKey is a public key to look out for in the registry, because a pending deposit has it.
type PendingKey struct {
	PublicKey [publicKeySize]byte
	Pool      bool // one of its pending deposits has the pool's credentials
}

// watch is the set of keys that a reading looks out for.
type watch struct {
	keys   map[[publicKeySize]byte]bool // value: PendingKey.Pool
	filter []uint64                     // bits of keys that may be in the set: most others need no look-up
	mask   uint32
}

func newWatch(hint []PendingKey) *watch {
	w := &watch{keys: make(map[[publicKeySize]byte]bool, len(hint))}
	words := 1
	for words*2 < len(hint) {
		words *= 2
	}
	w.filter, w.mask = make([]uint64, words), uint32(words*64-1)
	for _, k := range hint {
		w.keys[k.PublicKey] = w.keys[k.PublicKey] || k.Pool
		for _, at := range filterBits {
			bit := w.bit(k.PublicKey[:], at)
			w.filter[bit/64] |= 1 << (bit % 64)
		}
	}
	return w
}

// filterBits are where a key's bits in the filter come from: at 32 bits a key or more, one key in 250 passes that is not in the set.
var filterBits = [2]int{20, 24}

// mayHave is false for most keys that are not watched, quickly.
func (w *watch) mayHave(key []byte) bool {
	for _, at := range filterBits {
		if bit := w.bit(key, at); w.filter[bit/64]>>(bit%64)&1 == 0 {
			return false
		}
	}
	return true
}

func (w *watch) bit(key []byte, at int) uint32 { return binary.LittleEndian.Uint32(key[at:]) & w.mask }

// visitPending takes the deposits that may matter, and finds out whether the hint was complete.
func (p *parser) visitPending(data []byte) error {
	size := pendingDepositShape.size()
	for ; len(data) >= size; data = data[size:] {
		p.state.PendingTotal++
		if len(p.query.Credentials) == 0 {
			continue // there is no pool to watch for
		}
		key := [publicKeySize]byte(data)
		isPool := p.scanner.isPool(data[depositCredentialsAt:depositAmountAt])
		poolKey, watched := p.watch.keys[key]
		if !watched || isPool && !poolKey {
			if p.missing[key] = p.missing[key] || isPool; len(p.missing) > p.query.MaxPending {
				return p.src.fail(pendingDepositsField, fmt.Errorf("%w: more than %d keys that the hint lacks", ErrTooLong, p.query.MaxPending))
			}
			continue
		}
		credentials, registered := p.scanner.registered[key]
		if poolKey || registered && p.scanner.isPool(credentials[:]) {
			if len(p.state.Pending) == p.query.MaxPending {
				return p.src.fail(pendingDepositsField, fmt.Errorf("%w: more than %d deposits that may concern the pool", ErrTooLong, p.query.MaxPending))
			}
			p.state.Pending = append(p.state.Pending, pendingDeposit(data))
		}
	}
	return nil
}

func pendingDeposit(data []byte) PendingDeposit {
	return PendingDeposit{
		PublicKey:   [publicKeySize]byte(data),
		Credentials: common.Hash(data[depositCredentialsAt:depositAmountAt]),
		AmountGwei:  uint64At(data, depositAmountAt),
		Signature:   [96]byte(data[depositSignatureAt:depositSlotAt]),
		Slot:        uint64At(data, depositSlotAt),
	}
}

// completeHint is the hint with what it lacked, in the order of keys.
func (p *parser) completeHint() []PendingKey {
	for key, isPool := range p.watch.keys {
		p.missing[key] = p.missing[key] || isPool
	}
	return sortedKeys(p.missing)
}

func sortedKeys(keys map[[publicKeySize]byte]bool) []PendingKey {
	all := make([]PendingKey, 0, len(keys))
	for key, isPool := range keys {
		all = append(all, PendingKey{key, isPool})
	}
	slices.SortFunc(all, func(a, b PendingKey) int { return slices.Compare(a.PublicKey[:], b.PublicKey[:]) })
	return all
}

// registeredOfPending are the credentials of the registered keys among the pending deposits that were kept.
func (p *parser) registeredOfPending() map[[publicKeySize]byte]common.Hash {
	kept := make(map[[publicKeySize]byte]common.Hash)
	for _, d := range p.state.Pending {
		if credentials, registered := p.scanner.registered[d.PublicKey]; registered {
			kept[d.PublicKey] = credentials
		}
	}
	return kept
}
