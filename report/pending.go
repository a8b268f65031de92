package report

import (
	"fmt"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"
)

// DepositVerifier tells whether a deposit's signature is valid: is_valid_deposit_signature of the Electra consensus spec. NewDepositVerifier
// makes one. Compute asks only about deposits that decide whose validator a new key becomes.
type DepositVerifier func(PendingDeposit) bool

// pendingTotals is what the pool's pending deposits amount to.
type pendingTotals struct {
	sumGwei     uint64
	counted     int
	newKeys     int // of them, deposits that make a validator
	foreign     int // of them, with credentials that are not the pool's: gifts
	diagnostics Diagnostics
}

// countPending applies the pending deposits in order, as process_pending_deposits and apply_pending_deposit of the Electra consensus spec will: the
// first deposit with a valid signature for a key that is not in the registry makes a validator with that deposit's credentials, deposits before it are
// burned, and all others for the key go to the validator that has it, whatever their own credentials and signature. Those that
// reach a pool validator count. The order in which the spec applies deposits of different keys, or puts them off, changes nothing of that.
// Errors: ErrInconsistentSnapshot for a sum beyond 64 bits.
func countPending(c ConsensusLayer, vault common.Address, verify DepositVerifier) (pendingTotals, error) {
	matters := keysWithPoolDeposit(c.Pending, vault)
	made := make(map[PublicKey]common.Hash) // credentials of the validators that pending deposits make
	var t pendingTotals
	for i, d := range c.Pending {
		owner, registered := c.Registered[d.PublicKey]
		known := registered
		if !known {
			owner, known = made[d.PublicKey]
		}
		carriesPool := WithdrawsTo(d.Credentials[:], vault)
		switch {
		case known && WithdrawsTo(owner[:], vault):
			if err := t.count(d, carriesPool); err != nil {
				return pendingTotals{}, fmt.Errorf("pending deposit %d of %d: %w", i+1, len(c.Pending), err)
			}
		case known && carriesPool:
			t.diagnostics.FrontRun = append(t.diagnostics.FrontRun, FrontRunDeposit{d, owner, registered})
		case known || !matters[d.PublicKey]:
			// Foreign, and nothing here hangs on it.
		case verify(d):
			made[d.PublicKey] = d.Credentials
			if !carriesPool {
				continue
			}
			t.newKeys++
			if err := t.count(d, true); err != nil {
				return pendingTotals{}, fmt.Errorf("pending deposit %d of %d: %w", i+1, len(c.Pending), err)
			}
		case carriesPool:
			t.diagnostics.Lost = append(t.diagnostics.Lost, d)
		}
	}
	return t, nil
}

func (t *pendingTotals) count(d PendingDeposit, carriesPool bool) error {
	sum, carry := bits.Add64(t.sumGwei, d.AmountGwei, 0)
	if carry != 0 {
		return fmt.Errorf("%w: %d gwei more than %d gwei pass 64 bits", ErrInconsistentSnapshot, d.AmountGwei, t.sumGwei)
	}
	t.sumGwei = sum
	t.counted++
	if !carriesPool {
		t.foreign++
	}
	return nil
}

// keysWithPoolDeposit are the keys that could become the pool's: of all others no signature needs to be verified.
func keysWithPoolDeposit(pending []PendingDeposit, vault common.Address) map[PublicKey]bool {
	keys := make(map[PublicKey]bool)
	for _, d := range pending {
		if WithdrawsTo(d.Credentials[:], vault) {
			keys[d.PublicKey] = true
		}
	}
	return keys
}
