// Package holders is what people do with a devnet's token: they stake, send, wrap, unwrap, ask to withdraw and claim, and somebody pays the proposers. What
// happens follows from a seed and from how the pool stands; transactions go to the execution node as anyone's do.
//
//	seed ─┐
//	      ├─► Script.Step, one a slot ──► network.Send
//	books ┘
//
// Alice only holds and Bob only holds wrapped tokens, so that what they have changes by rewards alone.
package holders

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// Script acts for the holders. It is not safe for concurrent use.
type Script struct {
	network *network.Network
	random  *rand.Rand
}

// New makes a script that follows from seed.
func New(n *network.Network, seed uint64) *Script {
	return &Script{network: n, random: rand.New(rand.NewPCG(seed, 0x686f6c64657273))}
}

// Places of the holders.
const (
	bob     = 1 // Alice is 0
	traders = 2 // the first of those who trade
)

// Begin lets everyone approve what they will need, and Bob wrap all that he has.
func (s *Script) Begin(ctx context.Context, books *ledger.Ledger) error {
	set, token := s.network.Manifest.Contracts, bindings.NewStakedEther()
	most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	for _, h := range s.network.Holders {
		for _, spender := range []common.Address{set.WrappedStakedEther, set.WithdrawalQueue} {
			if err := s.send(ctx, network.Call{From: h.Account, To: set.StakedEther, Data: token.PackApprove(spender, most)}); err != nil {
				return err
			}
		}
	}
	owner := s.network.Holders[bob]
	return s.send(ctx, s.wrap(owner, books.BalanceOf(owner.Address)))
}

// Step does at most one thing, after a look at the books: about every other slot, something happens.
func (s *Script) Step(ctx context.Context, books *ledger.Ledger) error {
	if claim, ok := s.claim(books); ok {
		return s.send(ctx, claim)
	}
	if s.random.IntN(2) == 0 {
		return nil
	}
	c := s.draw(books)
	if c == nil {
		return nil
	}
	return s.send(ctx, *c)
}

// draw chooses what is done; nil for nothing.
func (s *Script) draw(books *ledger.Ledger) *network.Call {
	who := s.network.Holders[traders+s.random.IntN(len(s.network.Holders)-traders)]
	balance, part := books.BalanceOf(who.Address), s.part
	var c network.Call
	switch s.random.IntN(8) {
	case 0, 1:
		c = s.stake(who, s.milliEther(500, 8_000))
	case 2:
		other := s.network.Holders[traders+s.random.IntN(len(s.network.Holders)-traders)]
		c = network.Call{From: who.Account, To: s.network.Manifest.Contracts.StakedEther, Data: bindings.NewStakedEther().PackTransfer(other.Address, part(balance))}
	case 3:
		c = s.wrap(who, part(balance))
	case 4:
		wrapped := books.WrappedOf(who.Address)
		if wrapped.Sign() == 0 {
			return nil
		}
		c = network.Call{
			From: who.Account, To: s.network.Manifest.Contracts.WrappedStakedEther,
			Data: bindings.NewWrappedStakedEther().PackRedeem(part(wrapped), who.Address, who.Address),
		}
	case 5:
		c = s.request(who, part(balance))
	case 6: // A proposer's reward from outside the protocol.
		c = network.Call{From: s.network.Accounts.User, To: s.network.Manifest.Contracts.ELRewardsVault, Wei: s.milliEther(5, 40)}
	case 7:
		return s.settle(books)
	}
	return &c
}

func (s *Script) stake(who network.Holder, wei *big.Int) network.Call {
	return network.Call{
		From: who.Account, To: s.network.Manifest.Contracts.StakingPool, Wei: wei, Data: bindings.NewStakingPool().PackDeposit(who.Address, new(big.Int)),
	}
}

func (s *Script) wrap(who network.Holder, wei *big.Int) network.Call {
	return network.Call{
		From: who.Account, To: s.network.Manifest.Contracts.WrappedStakedEther, Data: bindings.NewWrappedStakedEther().PackDeposit(wei, who.Address),
	}
}

func (s *Script) request(who network.Holder, wei *big.Int) network.Call {
	half := new(big.Int).Rsh(wei, 1)
	return network.Call{
		From: who.Account, To: s.network.Manifest.Contracts.WithdrawalQueue,
		Data: bindings.NewWithdrawalQueue().PackRequest([]*big.Int{half, new(big.Int).Sub(wei, half)}, who.Address),
	}
}

// settle counts the payouts of the first batch that nobody has counted: what rounding left of its lock goes back to all holders.
func (s *Script) settle(books *ledger.Ledger) *network.Call {
	batch, requests, ok := books.Unsettled()
	if !ok {
		return nil
	}
	return &network.Call{
		From: s.network.Accounts.User, To: s.network.Manifest.Contracts.WithdrawalQueue,
		Data: bindings.NewWithdrawalQueue().PackSettle(new(big.Int).SetUint64(batch), big.NewInt(int64(requests))),
	}
}

// claim pays out the first holder for whom something is finalized.
func (s *Script) claim(books *ledger.Ledger) (network.Call, bool) {
	for _, h := range s.network.Holders {
		ids, batches := books.Claimable(h.Address)
		if len(ids) == 0 {
			continue
		}
		return network.Call{
			From: h.Account, To: s.network.Manifest.Contracts.WithdrawalQueue,
			Data: bindings.NewWithdrawalQueue().PackClaim(numbers(ids), numbers(batches), h.Address),
		}, true
	}
	return network.Call{}, false
}

// part is between a hundredth and a fifth of an amount.
func (s *Script) part(of *big.Int) *big.Int {
	part := new(big.Int).Mul(of, big.NewInt(int64(1_000+s.random.IntN(19_000))))
	return part.Quo(part, big.NewInt(100_000))
}

// milliEther is between two bounds.
func (s *Script) milliEther(least, most int) *big.Int {
	return new(big.Int).Mul(big.NewInt(int64(least+s.random.IntN(most-least))), big.NewInt(1e15))
}

func (s *Script) send(ctx context.Context, c network.Call) error {
	if _, err := s.network.Send(ctx, c); err != nil {
		return fmt.Errorf("act for a holder: %w", err)
	}
	return nil
}

func numbers(from []uint64) []*big.Int {
	all := make([]*big.Int, len(from))
	for i, n := range from {
		all[i] = new(big.Int).SetUint64(n)
	}
	return all
}
