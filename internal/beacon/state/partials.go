package state

import (
	"fmt"
	"math"
)

// PendingPartial is one of pending_partial_withdrawals that is owed by a validator of the pool.
type PendingPartial struct {
	AmountGwei        uint64
	WithdrawableEpoch uint64
	Index             uint32 // of the validator
}

const partialsField = "pending_partial_withdrawals"

// visitPartials takes the pending partial withdrawals of the pool's validators. The registry comes before them.
func (p *parser) visitPartials(data []byte) error {
	for size := partialShape.size(); len(data) >= size; data = data[size:] {
		p.state.PartialsTotal++
		index := uint64At(data, 0)
		if index > math.MaxUint32 || !p.scanner.inPool(uint32(index)) {
			continue
		}
		if len(p.state.Partials) == p.query.MaxKept {
			return p.src.fail(partialsField, fmt.Errorf("%w: more than %d of the pool's", ErrTooLong, p.query.MaxKept))
		}
		p.state.Partials = append(p.state.Partials, PendingPartial{
			Index: uint32(index), AmountGwei: uint64At(data, partialShape.at(1)), WithdrawableEpoch: uint64At(data, partialShape.at(2)),
		})
	}
	return nil
}
