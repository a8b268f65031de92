package keys

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	etherLimit = 10_000 // of the operator
	quota      = 128    // of its keys that wait for their proofs
	mostAtOnce = 16     // keys of a call of predeposit or topUp
	patience   = 64     // slots until first deposits are validators
)

// Stake gives a pool validators for tests that drive the chain themselves. The pool has one operator, with 0x01 keys numbered from 0.
type Stake struct {
	Chain    *chain.Chain
	Manifest *manifest.Manifest
	Accounts localnet.Accounts
}

// Fund gives the pool count validators of 32 ether, which activate by themselves: each key gets its first ether, is proven when it is a validator, and gets the rest.
func (s Stake) Fund(ctx context.Context, count int) error {
	if err := s.Open(ctx, count); err != nil {
		return err
	}
	if err := s.Prove(ctx, count); err != nil {
		return err
	}
	return s.TopUp(ctx, count)
}

// Open adds an operator with a bond and count keys, and sends the first ether to these. What the buffer cannot spare for them, because it has come since the last
// report, somebody gives to the pool.
func (s Stake) Open(ctx context.Context, count int) error {
	set, registry, operator := s.Manifest.Contracts, bindings.NewOperatorRegistry(), s.Accounts.Operator
	add := registry.PackAddOperator("operator", operator.Address, operator.Address, etherLimit, quota)
	if err := s.send(ctx, s.Accounts.Owner, set.OperatorRegistry, nil, add); err != nil {
		return fmt.Errorf("add an operator: %w", err)
	}
	if err := s.send(ctx, operator, set.OperatorRegistry, localnet.Ether(quota), registry.PackAddBond(new(big.Int))); err != nil {
		return fmt.Errorf("add its bond: %w", err)
	}
	addKeys := registry.PackAddKeys(new(big.Int), false, Inputs(s.Manifest, false, 0, uint64(count)))
	if err := s.send(ctx, operator, set.OperatorRegistry, nil, addKeys); err != nil {
		return fmt.Errorf("add keys: %w", err)
	}
	if err := s.give(ctx, localnet.Ether(32*int64(count))); err != nil {
		return fmt.Errorf("give ether to the pool: %w", err)
	}
	for ; count > 0; count -= mostAtOnce {
		predeposit := bindings.NewValidators().PackPredeposit(uint8(min(count, mostAtOnce)))
		if err := s.send(ctx, s.Accounts.Keeper, set.Validators, nil, predeposit); err != nil {
			return fmt.Errorf("send the first ether: %w", err)
		}
	}
	return nil
}

// give books so much to all holders that the pool can spare an amount: what nobody deposited can go to keys at once.
func (s Stake) give(ctx context.Context, wei *big.Int) error {
	pool, contract := s.Manifest.Contracts.StakingPool, bindings.NewStakingPool()
	usable, err := s.Chain.Client().CallContract(ctx, ethereum.CallMsg{To: &pool, Data: contract.PackUsableWei()}, nil)
	if err != nil {
		return err
	}
	missing := new(big.Int).Sub(wei, new(big.Int).SetBytes(usable))
	if missing.Sign() <= 0 {
		return nil
	}
	auth := s.Accounts.User.Auth(new(big.Int).SetUint64(s.Manifest.ChainID))
	if err := s.Chain.Backend().Give(ctx, auth, pool, missing); err != nil {
		return err
	}
	return s.send(ctx, s.Accounts.Keeper, pool, nil, contract.PackSkim())
}

// Prove lets slots pass until the first count keys are validators, and proves each.
func (s Stake) Prove(ctx context.Context, count int) error {
	keys := make([][48]byte, count)
	for i := range keys {
		keys[i] = Public(uint64(i))
	}
	proofs, err := Proofs(ctx, s.Chain, keys...)
	for range patience {
		if !errors.Is(err, ErrNoValidator) {
			break
		}
		if _, err := s.Chain.NextSlot(ctx); err != nil {
			return err
		}
		proofs, err = Proofs(ctx, s.Chain, keys...)
	}
	if err != nil {
		return err
	}
	for i, proof := range proofs {
		if err := s.send(ctx, s.Accounts.Keeper, s.Manifest.Contracts.Validators, nil, bindings.NewValidators().PackProveKey(uint64(i), proof)); err != nil {
			return fmt.Errorf("prove key %d: %w", i, err)
		}
	}
	return nil
}

// TopUp brings the next count proven keys to 32 ether.
func (s Stake) TopUp(ctx context.Context, count int) error {
	for ; count > 0; count -= mostAtOnce {
		topUp := bindings.NewValidators().PackTopUp(big.NewInt(int64(min(count, mostAtOnce))), nil)
		if err := s.send(ctx, s.Accounts.Keeper, s.Manifest.Contracts.Validators, nil, topUp); err != nil {
			return fmt.Errorf("top up: %w", err)
		}
	}
	return nil
}

func (s Stake) send(ctx context.Context, from *localnet.Account, to common.Address, wei *big.Int, data []byte) error {
	return s.Chain.Backend().Transact(ctx, from.Auth(new(big.Int).SetUint64(s.Manifest.ChainID)), to, wei, data)
}
