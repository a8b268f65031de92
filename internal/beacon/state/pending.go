package state

import (
	"bytes"
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
	keys   map[[publicKeySize]byte]uint32 // index of the key in found
	found  []watched
	filter []uint64 // bits of keys that may be in the set: most others need no look-up
	mask   uint32
}

// watched is what is known of a key.
type watched struct {
	pool        bool        // PendingKey.Pool
	registered  bool        // it is in the registry
	credentials common.Hash // there

	prove   bool             // it is one of Query.ProveKeys
	builder bool             // and a builder has it
	asked   *ValidatorDetail // nil unless the key is one of Query.Asked; empty until it is found in the registry
}

func newWatch(hint []PendingKey, asked, prove [][publicKeySize]byte) *watch {
	count := len(hint) + len(asked) + len(prove)
	w := &watch{keys: make(map[[publicKeySize]byte]uint32, count), found: make([]watched, 0, count)}
	words := 1
	for words*2 < count {
		words *= 2
	}
	w.filter, w.mask = make([]uint64, words), uint32(words*64-1)
	for _, k := range hint {
		known := w.add(k.PublicKey)
		known.pool = known.pool || k.Pool
	}
	for _, key := range asked {
		w.add(key).asked = new(ValidatorDetail)
	}
	for _, key := range prove {
		w.add(key).prove = true
	}
	return w
}

// add looks out for a key. The result is valid until the next call.
func (w *watch) add(key [publicKeySize]byte) *watched {
	i, again := w.keys[key]
	if !again {
		i = uint32(len(w.found))
		w.keys[key], w.found = i, append(w.found, watched{})
	}
	for _, at := range filterBits {
		bit := w.bit(key[:], at)
		w.filter[bit/64] |= 1 << (bit % 64)
	}
	return &w.found[i]
}

// find is what is known of a key; nil when it is not watched.
func (w *watch) find(key [publicKeySize]byte) *watched {
	i, known := w.keys[key]
	if !known {
		return nil
	}
	return &w.found[i]
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
		known := p.watch.find(key)
		if known == nil || isPool && !known.pool {
			if p.missing[key] = p.missing[key] || isPool; len(p.missing) > p.query.MaxPending {
				return p.src.fail(pendingDepositsField, fmt.Errorf("%w: more than %d keys that the hint lacks", ErrTooLong, p.query.MaxPending))
			}
			continue
		}
		if known.pool || known.registered && p.scanner.isPool(known.credentials[:]) {
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
	all := make([]PendingKey, 0, len(p.missing)+len(p.watch.keys))
	for key, isPool := range p.missing {
		all = append(all, PendingKey{key, isPool})
	}
	for key, i := range p.watch.keys {
		all = append(all, PendingKey{key, p.watch.found[i].pool})
	}
	return sortedKeys(all)
}

// sortedKeys puts keys in order, each once: of the pool when it is so anywhere.
func sortedKeys(all []PendingKey) []PendingKey {
	slices.SortFunc(all, func(a, b PendingKey) int {
		if order := bytes.Compare(a.PublicKey[:], b.PublicKey[:]); order != 0 || a.Pool == b.Pool {
			return order
		} else if a.Pool {
			return -1
		}
		return 1
	})
	return slices.CompactFunc(all, func(a, b PendingKey) bool { return a.PublicKey == b.PublicKey })
}

// askedOf are the validators of the pool that have the keys of Query.Asked, without those that have no balance.
func (p *parser) askedOf() map[[publicKeySize]byte]ValidatorDetail {
	if len(p.query.Asked) == 0 {
		return nil
	}
	kept := make(map[[publicKeySize]byte]ValidatorDetail)
	for _, key := range p.query.Asked {
		known := p.watch.find(key)
		if !known.registered || !p.scanner.isPool(known.credentials[:]) {
			continue
		}
		if v := *known.asked; p.scanner.balanceOf(v.Index) > 0 {
			v.BalanceGwei = p.scanner.balanceOf(v.Index)
			kept[key] = v
		}
	}
	return kept
}

// registeredOfPending are the credentials of the registered keys among the pending deposits that were kept.
func (p *parser) registeredOfPending() map[[publicKeySize]byte]common.Hash {
	kept := make(map[[publicKeySize]byte]common.Hash)
	for _, d := range p.state.Pending {
		if known := p.watch.find(d.PublicKey); known != nil && known.registered {
			kept[d.PublicKey] = known.credentials
		}
	}
	return kept
}
