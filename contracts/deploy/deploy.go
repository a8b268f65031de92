package deploy

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/format"
)

// Backend is the chain: ethclient.Client satisfies it.
type Backend interface {
	bind.ContractBackend
	bind.DeployBackend
	ethereum.ChainIDReader
}

// Deploy creates the whole set from the account of auth, the pool with Config.Pool.BootstrapWei in it, reads everything back and returns the
// network's manifest. Gas limit and fees are those of auth, nonces are taken from the chain. What it will
// cost goes to log first, then progress, a line a contract. Errors:
// ErrConfig and ErrChain before anything is sent; then a *StepError, which wraps ErrStep, and manifest.ErrWiring when what stands is not what was meant.
func Deploy(ctx context.Context, backend Backend, auth *bind.TransactOpts, c Config, log *slog.Logger) (*manifest.Manifest, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	chainID, err := preflight(ctx, backend, auth, c)
	if err != nil {
		return nil, err
	}
	cost, err := Estimate(ctx, backend, auth.From, c)
	if err != nil {
		return nil, err
	}
	log.InfoContext(ctx, "The set will cost about this, and its first deposit.", "gas", cost.Gas, "largestGas", cost.LargestGas,
		"gasPriceWei", cost.GasPriceWei, "cost", format.Ether(cost.Wei()), "firstDeposit", format.Ether(c.Pool.BootstrapWei))
	nonce, err := backend.PendingNonceAt(ctx, auth.From)
	if err != nil {
		return nil, fmt.Errorf("read the nonce of %s: %w", auth.From, err)
	}
	d := &deployment{backend: backend, auth: auth, config: c, log: log, nonce: nonce, manifest: newManifest(c, chainID, predict(auth.From, nonce))}
	if err := d.run(ctx); err != nil {
		return nil, err
	}
	log.InfoContext(ctx, "The set is deployed, verified and open.", "network", c.Name, "pool", d.manifest.Contracts.StakingPool)
	return d.manifest, nil
}

// deployment is a deployment under way.
type deployment struct {
	backend  Backend
	auth     *bind.TransactOpts
	config   Config
	log      *slog.Logger
	nonce    uint64 // of the next transaction
	created  []Created
	manifest *manifest.Manifest
}

func (d *deployment) run(ctx context.Context) error {
	m := d.manifest
	steps := d.config.steps(m.Contracts)
	for i, s := range steps {
		receipt, err := d.create(ctx, s)
		if err != nil {
			return d.stopped(fmt.Sprintf("creating %s, contract %d of %d", s.name, i+1, len(steps)), err)
		}
		switch s.name {
		case "TimelockController":
			m.DeploymentBlock = receipt.BlockNumber.Uint64()
		case "StakingPool":
			if err := verifyStakeLimit(receipt.Logs, d.config.Pool); err != nil {
				return d.stopped("reading the stake limit", err)
			}
		}
		d.created = append(d.created, Created{s.name, s.address})
		d.log.InfoContext(ctx, "Contract deployed.", "contract", s.name, "address", s.address, "gas", receipt.GasUsed, "step", i+1, "of", len(steps))
	}
	if err := d.readBack(ctx); err != nil {
		return d.stopped("reading the set back", err)
	}
	return nil
}

func (d *deployment) stopped(step string, cause error) error {
	return &StepError{Step: step, Deployer: d.auth.From, Nonce: d.nonce, Created: d.created, Cause: cause}
}

// transactor is auth for the next transaction.
func (d *deployment) transactor(ctx context.Context) *bind.TransactOpts {
	opts := *d.auth
	opts.Context, opts.Nonce, opts.Value = ctx, new(big.Int).SetUint64(d.nonce), nil
	return &opts
}

// create sends one creation and waits until it is mined at the predicted address.
func (d *deployment) create(ctx context.Context, s step) (*types.Receipt, error) {
	opts := d.transactor(ctx)
	opts.Value = s.wei
	_, tx, err := bind.DeployContract(opts, s.code, d.backend, s.args)
	if err != nil {
		return nil, fmt.Errorf("send: %w", abi.NameRevert(err))
	}
	receipt, err := mined(ctx, d.backend, tx)
	if err != nil {
		return nil, err
	}
	if receipt.ContractAddress != s.address {
		return nil, fmt.Errorf("%w: created at %s and not at the predicted %s", manifest.ErrWiring, receipt.ContractAddress, s.address)
	}
	d.nonce++
	return receipt, nil
}

// readBack takes the code hashes and compares the whole set with the configuration.
func (d *deployment) readBack(ctx context.Context) error {
	m := d.manifest
	if err := d.readCodeHashes(ctx); err != nil {
		return err
	}
	if err := m.Verify(ctx, d.backend); err != nil {
		return err
	}
	if err := manifest.Check(ctx, d.backend, append(d.config.terms(m.Contracts), d.config.Roles.granted(m.Contracts)...)); err != nil {
		return err
	}
	return d.verifyNoRole(ctx)
}

func mined(ctx context.Context, backend Backend, tx *types.Transaction) (*types.Receipt, error) {
	receipt, err := bind.WaitMined(ctx, backend, tx.Hash())
	if err != nil {
		return nil, fmt.Errorf("wait for transaction %s: %w", tx.Hash(), err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction %s failed on the chain after %d of its limit of %d gas", tx.Hash(), receipt.GasUsed, tx.Gas())
	}
	return receipt, nil
}

func (d *deployment) readCodeHashes(ctx context.Context) error {
	for _, c := range d.manifest.Contracts.All() {
		code, err := d.backend.CodeAt(ctx, *c.Address, nil)
		if err != nil {
			return fmt.Errorf("read the code of %s: %w", c.Name, err)
		}
		d.manifest.CodeHashes[c.Name] = crypto.Keccak256Hash(code)
	}
	return nil
}

// ErrStep: a deployment stopped half-way. The error is a *StepError.
var ErrStep = errors.New("deployment stopped")

// StepError is a deployment that stopped half-way: where, what stands, and what to do. It wraps ErrStep and the cause.
type StepError struct {
	Step     string // what was being done
	Deployer common.Address
	Nonce    uint64    // of the transaction that failed, or of the next one when none did
	Created  []Created // what stands already
	Cause    error
}

// Created is a contract that stands on the chain.
type Created struct {
	Name    string
	Address common.Address
}

func (e *StepError) Error() string {
	created := "Nothing was created"
	if len(e.Created) > 0 {
		list := make([]string, 0, len(e.Created))
		for _, c := range e.Created {
			list = append(list, fmt.Sprintf("%s %s", c.Name, c.Address))
		}
		created = "Created so far, harmless and of no use: " + strings.Join(list, ", ")
	}
	return fmt.Sprintf("%v at %s (account %s, nonce %d): %v. %s. Remove the cause, wait until no transaction of the account is pending, and deploy again: "+
		"the new set gets new addresses", ErrStep, e.Step, e.Deployer, e.Nonce, e.Cause, created)
}

// Unwrap gives ErrStep and the cause.
func (e *StepError) Unwrap() []error { return []error{ErrStep, e.Cause} }
