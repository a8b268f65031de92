package keeper_test

import (
	"bytes"
	"context"
	"log/slog"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// world is the contracts on a chain in memory, and the validators that the beacon chain has.
type world struct {
	*testing.T
	*localnet.Network
	validators []localnet.BeaconValidator
	readings   int // of beacon states
	done       []keeper.Kind
	log        bytes.Buffer
}

func newWorld(t *testing.T, change func(*deploy.Config)) *world {
	t.Helper()
	n, err := localnet.New(t.Context(), localnet.Options{Fixtures: "../../contracts/test/fixtures", Change: change, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return &world{T: t, Network: n}
}

// stake has the user deposit ether, which the pool may use at once.
func (w *world) stake(ether int64) {
	w.Helper()
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.StakingPool, localnet.Ether(ether), bindings.NewStakingPool().PackDeposit(user.Address, new(big.Int)))
	require.NoError(w, err)
	w.AgeBuffer()
}

// keeper is one with an account that holds no role. While it waits a block passes.
func (w *world) keeper(change func(*keeper.Options)) *keeper.Keeper {
	w.Helper()
	account := w.Accounts.Keeper
	signer, err := txmgr.ParseKey([]byte(common.Bytes2Hex(crypto.FromECDSA(account.Key()))))
	require.NoError(w, err)
	o := keeper.Options{
		Manifest: w.Manifest, Chain: txmgr.NewClient(w.Chain), Prover: w, Account: account.Address, Signer: signer,
		Fees: txmgr.Fees{MaxFeeWei: 100e9, TipWei: 1e9}, Every: time.Second, StateEvery: 10 * time.Minute,
		Sleep: func(ctx context.Context, _ time.Duration) error {
			w.Chain.NextBlock(w.Chain.Slot() + 1)
			return ctx.Err()
		},
		Now:  func() time.Time { return time.Unix(int64(report.Schedule(w.Schedule).TimeOf(w.Chain.Slot())), 0) },
		Done: func(c keeper.Chore, _ txmgr.Receipt) { w.done = append(w.done, c.Kind) },
		Log:  slog.New(slog.NewTextHandler(&w.log, nil)),
	}
	if change != nil {
		change(&o)
	}
	k, err := keeper.New(o)
	require.NoError(w, err)
	return k
}

// Prove proves keys in a state of now.
func (w *world) Prove(_ context.Context, keys []report.PublicKey) (keeper.Proofs, error) {
	w.readings++
	p := keeper.Proofs{Validators: make(map[report.PublicKey]bindings.ValidatorProof)}
	if len(w.validators) == 0 {
		return p, nil
	}
	origin, proofs, err := w.SealState(w.validators)
	if err != nil {
		return p, err
	}
	p.Origin, p.Slot = origin, origin.Header.Slot
	for i, v := range w.validators {
		p.Validators[report.PublicKey(v.PublicKey)] = proofs[i]
	}
	for key := range p.Validators {
		if !slices.Contains(keys, key) {
			delete(p.Validators, key)
		}
	}
	return p, nil
}

// pass lets time pass.
func (w *world) pass(d time.Duration) {
	w.Chain.NextBlock(w.Chain.Slot() + uint64(d/time.Second)/w.Schedule.SecondsPerSlot)
}

// step has the keeper do what is due, and gives what it did.
func (w *world) step(k *keeper.Keeper) []keeper.Kind {
	w.Helper()
	w.done = nil
	require.NoError(w, k.Step(w.Context()))
	return w.done
}

// stateOf is the state of a key in the book: ValidatorBook.KeyState.
func (w *world) stateOf(id uint64) uint8 {
	w.Helper()
	book := bindings.NewValidators()
	key, err := localnet.Query(w.Network, w.Contracts.Validators, book.PackKeyOf(id), book.UnpackKeyOf)
	require.NoError(w, err)
	return key.State
}

// depositedWei is what the pool has sent to the deposit contract.
func (w *world) depositedWei() *big.Int { return w.Chain.Balance(w.DepositContract) }
