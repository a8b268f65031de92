package ledger

import (
	"fmt"
	"math/big"
	"slices"
)

// key is a validator's key that has had ether.
type key struct {
	public   [48]byte
	sent     *big.Int
	unproven bool
	ended    bool // it gets no more
	exited   bool
}

// OpenKey sends a key its first ether. Until it is proven this stands at par: it is one ether whatever becomes of it.
func (l *Ledger) OpenKey(id uint64, public [48]byte) {
	l.keys[id] = key{public: public, sent: firstWei(), unproven: true}
	l.buffered = minus(l.buffered, firstWei())
}

// ProveKey books the first ether of a key that is the pool's: it is a deposit from now on. Errors: ErrImpossible.
func (l *Ledger) ProveKey(id uint64) error {
	if err := l.endUnproven(id); err != nil {
		return err
	}
	l.deposited = plus(l.deposited, firstWei())
	return nil
}

// LoseKey books the first ether of a key that is somebody else's: the operator's bond pays it back. Errors: ErrImpossible.
func (l *Ledger) LoseKey(id uint64) error {
	if err := l.endUnproven(id); err != nil {
		return err
	}
	l.EndKey(id, false)
	l.buffered = plus(l.buffered, firstWei())
	return nil
}

func (l *Ledger) endUnproven(id uint64) error {
	k, known := l.keys[id]
	if !known || !k.unproven {
		return fmt.Errorf("%w: key %d has no first ether that waits for a proof", ErrImpossible, id)
	}
	k.unproven = false
	l.keys[id] = k
	return nil
}

// TopUp sends a proven key more ether. Errors: ErrImpossible.
func (l *Ledger) TopUp(id uint64, wei *big.Int) error {
	k, known := l.keys[id]
	if !known || k.unproven {
		return fmt.Errorf("%w: key %d is topped up and not proven", ErrImpossible, id)
	}
	k.sent = plus(k.sent, wei)
	l.keys[id] = k
	l.buffered, l.deposited = minus(l.buffered, wei), plus(l.deposited, wei)
	return nil
}

// EndKey takes note that a key gets no more ether: it leaves or is not as the pool deposited it. With exited it earns no more.
func (l *Ledger) EndKey(id uint64, exited bool) {
	k := l.keys[id]
	k.ended, k.exited = true, k.exited || exited
	l.keys[id] = k
}

// Unproven are the public keys whose first ether stands at par.
func (l *Ledger) Unproven() (public [][48]byte) {
	for _, id := range l.UnprovenKeys() {
		public = append(public, l.keys[id].public)
	}
	return public
}

// UnprovenKeys are the identifiers of these keys, in order.
func (l *Ledger) UnprovenKeys() []uint64 {
	return l.keysThat(func(k key) bool { return k.unproven })
}

// WaitingKeys is how many keys are proven and wait for the rest of their 32 ether.
func (l *Ledger) WaitingKeys() int {
	return len(l.keysThat(func(k key) bool { return !k.unproven && !k.ended && k.sent.Cmp(validatorWei()) < 0 }))
}

// earningKeys is how many keys have had their 32 ether and have not exited.
func (l *Ledger) earningKeys() int {
	return len(l.keysThat(func(k key) bool { return !k.exited && k.sent.Cmp(validatorWei()) >= 0 }))
}

func (l *Ledger) keysThat(holds func(key) bool) (ids []uint64) {
	for id, k := range l.keys {
		if holds(k) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// par is the first ether of unproven keys.
func (l *Ledger) par() *big.Int {
	return times(big.NewInt(int64(len(l.UnprovenKeys()))), firstWei())
}

// UsableWei is what the buffer can spare for keys: what was there at the last report and nothing has asked for since, less the reserve.
func (l *Ledger) UsableWei() *big.Int {
	value, shares := l.demand(len(l.requests))
	needed := least(value, timesUp(shares, l.pooled, l.total))
	reserve := times(l.pooled, big.NewInt(int64(l.terms.ReserveBps)), big.NewInt(10_000))
	return positive(minus(minus(minus(l.buffered, l.fresh), needed), reserve))
}

func firstWei() *big.Int { return big.NewInt(1e18) }
