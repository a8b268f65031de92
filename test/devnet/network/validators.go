package network

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
)

// maxFunding is how many slots it may take until the first keys have 32 ether.
const maxFunding = 48

// PredepositCall sends the first ether to the next keys. Anyone may call; the account has no role.
func (n *Network) PredepositCall(count uint8) Call {
	return Call{
		From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Gas: manyCallsGas, Data: bindings.NewValidators().PackPredeposit(count),
	}
}

// ProveCall proves a key of the operator under the newest beacon state that the execution chain knows. Errors: keys.ErrNoValidator while it has none.
func (n *Network) ProveCall(ctx context.Context, key uint64) (Call, error) {
	proofs, err := keys.Proofs(ctx, n.Chain, keys.Public(key))
	if err != nil {
		return Call{}, err
	}
	return Call{From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Data: bindings.NewValidators().PackProveKey(key, proofs[0])}, nil
}

// TopUpCall brings the next count proven keys to 32 ether.
func (n *Network) TopUpCall(count int64) Call {
	return Call{
		From: n.Accounts.Keeper, To: n.Manifest.Contracts.Validators, Gas: manyCallsGas, Data: bindings.NewValidators().PackTopUp(big.NewInt(count), nil),
	}
}

// fundKeys has a keeper give the first keys their ether: a first one each, and the rest when their validators are final and proven.
func (n *Network) fundKeys(ctx context.Context) error {
	k, closeNodes, err := n.NewKeeper(func(ctx context.Context, _ time.Duration) error { return n.advance(ctx, n.Chain.Slot()+1) })
	if err != nil {
		return err
	}
	defer closeNodes()
	book := bindings.NewValidators()
	for range maxFunding {
		if err := k.Step(ctx); err != nil {
			return fmt.Errorf("do what the keeper finds: %w", err)
		}
		stake, err := Query(ctx, n, n.Manifest.Contracts.Validators, nil, book.PackStakeOf(new(big.Int)), book.UnpackStakeOf)
		if err != nil {
			return err
		}
		if stake.StakedEther == poolValidators*32 {
			return nil
		}
		if err := n.advance(ctx, n.Chain.Slot()+1); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: not all of %d keys have 32 ether after %d slots", ErrTransaction, poolValidators, maxFunding)
}

// NewKeeper is a keeper as anyone can run it, whose account has no role. sleep is how it waits. close ends its connections.
func (n *Network) NewKeeper(sleep func(context.Context, time.Duration) error) (k *keeper.Keeper, closeNodes func(), err error) {
	account := n.Accounts.Keeper
	signer, err := txmgr.ParseKey([]byte(hex.EncodeToString(crypto.FromECDSA(account.Key()))))
	if err != nil {
		return nil, nil, fmt.Errorf("read the keeper's key: %w", err)
	}
	prover, closeNodes, err := keeper.Open(n.endpoints())
	if err != nil {
		return nil, nil, fmt.Errorf("open the chain's nodes: %w", err)
	}
	k, err = keeper.New(keeper.Options{
		Manifest: n.Manifest, Chain: txmgr.NewClient(n.Chain.Client()), Prover: prover, Account: account.Address, Signer: signer,
		Every: time.Second, StateEvery: time.Second, Log: n.log,
		Sleep: sleep,
		Now:   func() time.Time { return time.Unix(int64(n.Schedule.TimeOf(n.Chain.Slot())), 0) },
	})
	if err != nil {
		closeNodes()
		return nil, nil, err
	}
	return k, closeNodes, nil
}

// endpoints are the chain's own nodes.
func (n *Network) endpoints() snapshot.Endpoints {
	return snapshot.Endpoints{Manifest: n.Manifest, Beacon: []string{n.Chain.BeaconURL()}, Execution: []string{n.Chain.ExecutionURL()}, Log: n.log}
}
