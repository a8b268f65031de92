package deploy

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

var (
	// ErrStep: a deployment stopped half-way. Nothing of what stands is usable: start again with the same account, the set gets new addresses.
	ErrStep = errors.New("deployment stopped")
	// ErrWiring: what stands on the chain is not what was meant.
	ErrWiring = errors.New("contracts are not wired as they should be")
)

// Backend is the chain: ethclient.Client satisfies it.
type Backend interface {
	bind.ContractBackend
	bind.DeployBackend
	ChainID(ctx context.Context) (*big.Int, error)
}

// Deploy creates the whole set from the account of auth, opens the pool with Config.Pool.BootstrapWei, verifies everything and returns the
// network's manifest. Progress goes to log, a line a contract. Errors: ErrConfig before anything is sent, ErrStep, ErrWiring.
func Deploy(ctx context.Context, backend Backend, auth *bind.TransactOpts, c Config, log *slog.Logger) (*Manifest, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if field := c.Roles.heldBy(auth.From); field != "" {
		return nil, invalid(field, "is the deployer, who must hold no role: deploy from another account")
	}
	chainID, err := backend.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the chain id: %w", err)
	}
	nonce, err := backend.PendingNonceAt(ctx, auth.From)
	if err != nil {
		return nil, fmt.Errorf("read the nonce of %s: %w", auth.From, err)
	}
	m := newManifest(c, chainID, predict(auth.From, nonce))
	steps := m.Contracts.steps(c)
	for i, s := range steps {
		receipt, err := create(ctx, backend, auth, s)
		if err != nil {
			return nil, fmt.Errorf("%w at contract %d of %d (%s, account %s, nonce %d): %w", ErrStep, i+1, len(steps), s.name, auth.From, nonce+uint64(i), err)
		}
		if i == 0 {
			m.DeploymentBlock = receipt.BlockNumber.Uint64()
		}
		log.InfoContext(ctx, "Contract deployed.", "contract", s.name, "address", s.address, "gas", receipt.GasUsed, "step", i+1, "of", len(steps))
	}
	if err := bootstrap(ctx, backend, auth, m, c.Pool.BootstrapWei); err != nil {
		return nil, fmt.Errorf("%w at opening the pool: %w", ErrStep, err)
	}
	if err := m.takeCodeHashes(ctx, backend); err != nil {
		return nil, err
	}
	if err := m.Verify(ctx, backend); err != nil {
		return nil, err
	}
	if err := m.verifyNoRole(ctx, backend, auth.From); err != nil {
		return nil, err
	}
	log.InfoContext(ctx, "The set is deployed, verified and open.", "network", m.Name, "pool", m.Contracts.StakingPool)
	return m, nil
}

// create sends one creation and waits until it is mined at the predicted address.
func create(ctx context.Context, backend Backend, auth *bind.TransactOpts, s step) (*types.Receipt, error) {
	opts := *auth
	opts.Context = ctx
	_, tx, err := bind.DeployContract(&opts, s.code, backend, s.args)
	if err != nil {
		return nil, fmt.Errorf("send: %w", explain(err))
	}
	receipt, err := mined(ctx, backend, tx)
	if err != nil {
		return nil, err
	}
	if receipt.ContractAddress != s.address {
		return nil, fmt.Errorf("created at %s and not at the predicted %s: does something else send from this account?", receipt.ContractAddress, s.address)
	}
	return receipt, nil
}

func bootstrap(ctx context.Context, backend Backend, auth *bind.TransactOpts, m *Manifest, wei *big.Int) error {
	pool := bindings.NewStakingPool()
	opts := *auth
	opts.Context, opts.Value = ctx, wei
	tx, err := bind.Transact(pool.Instance(backend, m.Contracts.StakingPool), &opts, pool.PackBootstrap())
	if err != nil {
		return fmt.Errorf("send: %w", explain(err))
	}
	_, err = mined(ctx, backend, tx)
	return err
}

func mined(ctx context.Context, backend Backend, tx *types.Transaction) (*types.Receipt, error) {
	receipt, err := bind.WaitMined(ctx, backend, tx.Hash())
	if err != nil {
		return nil, fmt.Errorf("wait for transaction %s: %w", tx.Hash(), err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction %s failed on the chain", tx.Hash())
	}
	return receipt, nil
}

// explain adds the contract's own error to a refused call.
func explain(err error) error {
	if name := RevertName(err); name != "" {
		return fmt.Errorf("%s: %w", name, err)
	}
	return err
}

func (m *Manifest) takeCodeHashes(ctx context.Context, backend Backend) error {
	for _, n := range m.Contracts.all() {
		code, err := backend.CodeAt(ctx, *n.address, nil)
		if err != nil {
			return fmt.Errorf("read the code of %s: %w", n.name, err)
		}
		m.CodeHashes[n.name] = common.Hash(crypto.Keccak256(code))
	}
	return nil
}
