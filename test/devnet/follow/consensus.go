package follow

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
)

// ownEther is the pool's ether in a beacon state.
type ownEther struct {
	wei     *big.Int // at validators, on the way to them and on the way to the vault
	first   firstEther
	slashed bool              // a validator of the pool is
	ours    map[[48]byte]bool // whose a key is: the pool's or, when false, somebody else's
}

// poolIn finds the pool's ether in a state: what is at its validators, at pending deposits of their keys, and at withdrawals to the vault that are deducted and not
// paid yet.
func (f *Follower) poolIn(s *transition.State, books *ledger.Ledger) (ownEther, error) {
	vault := f.network.Manifest.Contracts.WithdrawalVault
	own := ownEther{wei: new(big.Int), first: newFirstEther(books), ours: make(map[[48]byte]bool)}
	for i, v := range s.Validators {
		own.ours[v.PublicKey] = report.WithdrawsTo(v.WithdrawalCredentials, vault)
		if own.ours[v.PublicKey] {
			own.slashed = own.slashed || v.Slashed
			own.add(uint64(s.Balances[i]))
			own.first.find(v.PublicKey, uint64(s.Balances[i]))
		}
	}
	for _, d := range s.PendingDeposits {
		if _, known := own.ours[d.Pubkey]; !known { // the first deposit that is valid makes the validator
			valid, err := s.IsValidDeposit(d)
			if err != nil {
				return own, err
			}
			if !valid {
				continue
			}
			own.ours[d.Pubkey] = report.WithdrawsTo(d.WithdrawalCredentials, vault)
		}
		if own.ours[d.Pubkey] {
			own.add(uint64(d.Amount))
			own.first.find(d.Pubkey, uint64(d.Amount))
		}
	}
	// Of validators only: what builders pay is income when it arrives.
	for _, w := range s.PayloadExpectedWithdrawals {
		if index := uint64(w.ValidatorIndex); index < uint64(len(s.Validators)) && own.ours[s.Validators[index].PublicKey] {
			own.add(uint64(w.Amount))
		}
	}
	return own, nil
}

func (o ownEther) add(gwei uint64) {
	o.wei.Add(o.wei, new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(1e9)))
}
