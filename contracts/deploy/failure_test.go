package deploy_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// faultyChain is a chain on which something goes wrong.
type faultyChain struct {
	deploy.Backend
	chainID *big.Int
	send    func(tx *types.Transaction) error // before each transaction
	call    func(m ethereum.CallMsg, answer []byte) []byte
}

func (b *faultyChain) ChainID(ctx context.Context) (*big.Int, error) {
	if b.chainID != nil {
		return b.chainID, nil
	}
	return b.Backend.ChainID(ctx)
}

func (b *faultyChain) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if b.send != nil {
		if err := b.send(tx); err != nil {
			return err
		}
	}
	return b.Backend.SendTransaction(ctx, tx)
}

func (b *faultyChain) CallContract(ctx context.Context, m ethereum.CallMsg, number *big.Int) ([]byte, error) {
	answer, err := b.Backend.CallContract(ctx, m, number)
	if err == nil && b.call != nil {
		answer = b.call(m, answer)
	}
	return answer, err
}

// again is what a second set on the chain of n takes.
func again(n *localnet.Network) (*faultyChain, *bind.TransactOpts, deploy.Config) {
	c := localnet.DefaultConfig(n.Accounts)
	c.DepositContract = n.DepositContract
	return &faultyChain{Backend: n.Chain}, n.Auth(n.Accounts.Deployer), c
}

func deployAgain(b deploy.Backend, auth *bind.TransactOpts, c deploy.Config) (*manifest.Manifest, error) {
	return deploy.Deploy(context.Background(), b, auth, c, slog.New(slog.DiscardHandler))
}

func nonceOf(t *testing.T, n *localnet.Network) uint64 {
	t.Helper()
	nonce, err := n.Chain.PendingNonceAt(context.Background(), n.Accounts.Deployer.Address)
	require.NoError(t, err)
	return nonce
}

var errLine = errors.New("the line is cut")

func TestAStoppedDeploymentSaysWhatStandsAndCanBeStartedAgain(t *testing.T) {
	n := deployed(t)
	before := nonceOf(t, n)
	b, auth, c := again(n)
	b.send = func(tx *types.Transaction) error {
		if tx.Nonce() == before+4 {
			return errLine
		}
		return nil
	}
	_, err := deployAgain(b, auth, c)
	require.ErrorIs(t, err, deploy.ErrStep)
	require.ErrorIs(t, err, errLine)
	var stopped *deploy.StepError
	require.ErrorAs(t, err, &stopped)
	require.Equal(t, before+4, stopped.Nonce)
	require.Equal(t, auth.From, stopped.Deployer)
	require.Len(t, stopped.Created, 4)
	require.Equal(t, "StakingPool", stopped.Created[3].Name)
	require.ErrorContains(t, err, "creating WithdrawalQueue, contract 5 of 15")
	require.ErrorContains(t, err, "StakingPool "+stopped.Created[3].Address.Hex())
	require.ErrorContains(t, err, "deploy again")

	m, err := deployAgain(n.Chain, auth, c)
	require.NoError(t, err)
	require.NoError(t, m.Verify(context.Background(), n.Chain))
}

func TestATransactionFromElsewhereStopsTheDeployment(t *testing.T) {
	n := deployed(t)
	before := nonceOf(t, n)
	b, auth, c := again(n)
	b.send = func(tx *types.Transaction) error {
		if tx.Nonce() != before+2 {
			return nil
		}
		_, err := n.Send(n.Accounts.Deployer, n.Accounts.User.Address, big.NewInt(1), nil)
		return err
	}
	_, err := deployAgain(b, auth, c)
	require.ErrorIs(t, err, deploy.ErrStep)
	require.ErrorContains(t, err, "nonce too low")
}

func TestAGasLimitThatIsTooSmallIsNamed(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	auth.GasLimit = 1_000_000
	_, err := deployAgain(b, auth, c)
	require.ErrorIs(t, err, deploy.ErrStep)
	require.ErrorContains(t, err, "1000000 gas")
	require.ErrorContains(t, err, "Nothing was created")
}

func TestThePoolOpensWithItsOwnCreationSoThatNobodyComesBetween(t *testing.T) {
	n := deployed(t)
	before := nonceOf(t, n)
	b, auth, c := again(n)
	b.send = func(tx *types.Transaction) error {
		if tx.Nonce() != before+3 {
			require.Zero(t, tx.Value().Sign())
			return nil
		}
		require.Equal(t, c.Pool.BootstrapWei, tx.Value())
		return nil
	}
	m, err := deployAgain(b, auth, c)
	require.NoError(t, err)
	require.Equal(t, predicted(auth.From, before+3), m.Contracts.StakingPool)
	require.Equal(t, c.Pool.BootstrapWei, n.Chain.Balance(m.Contracts.StakingPool))
	require.Equal(t, before+15, nonceOf(t, n), "fifteen creations and nothing else")
}

func TestWithoutAGasLimitEachTransactionIsEstimated(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	auth.GasLimit = 0
	b.send = func(tx *types.Transaction) error {
		require.Less(t, tx.Gas(), n.Chain.TxGasLimit(), "EIP-7825: a transaction's limit under Osaka")
		return nil
	}
	_, err := deployAgain(b, auth, c)
	require.NoError(t, err)
}

func TestNothingIsSentToAChainThatCannotCarryTheSet(t *testing.T) {
	n := deployed(t)
	n.Chain.NextBlock(5)
	empty := func(at common.Address) func(ethereum.CallMsg, []byte) []byte {
		return func(m ethereum.CallMsg, answer []byte) []byte {
			if *m.To == at {
				return nil
			}
			return answer
		}
	}
	for name, failure := range map[string]struct {
		spoil func(*faultyChain, *bind.TransactOpts, *deploy.Config)
		want  error
		says  string
	}{
		"no chain id": {func(b *faultyChain, _ *bind.TransactOpts, _ *deploy.Config) { b.chainID = new(big.Int) }, deploy.ErrChain, "chain id"},
		"chain id too large": {func(b *faultyChain, _ *bind.TransactOpts, _ *deploy.Config) {
			b.chainID = new(big.Int).Lsh(big.NewInt(1), 64)
		}, deploy.ErrChain, "chain id"},
		"other genesis":       {func(_ *faultyChain, _ *bind.TransactOpts, c *deploy.Config) { c.Schedule.GenesisTime++ }, deploy.ErrChain, "Schedule.GenesisTime"},
		"genesis to come":     {func(_ *faultyChain, _ *bind.TransactOpts, c *deploy.Config) { c.Schedule.GenesisTime += 1200 }, deploy.ErrChain, "Schedule.GenesisTime"},
		"other slots":         {func(_ *faultyChain, _ *bind.TransactOpts, c *deploy.Config) { c.Schedule.SecondsPerSlot = 7 }, deploy.ErrChain, "Schedule.SecondsPerSlot"},
		"no deposit contract": {func(_ *faultyChain, _ *bind.TransactOpts, c *deploy.Config) { c.DepositContract[0] ^= 1 }, deploy.ErrChain, "DepositContract"},
		"other contract there": {func(_ *faultyChain, _ *bind.TransactOpts, c *deploy.Config) {
			c.DepositContract = n.Contracts.StakedEther
		}, deploy.ErrChain, "DepositContract"},
		"before Prague": {func(b *faultyChain, _ *bind.TransactOpts, _ *deploy.Config) {
			b.call = empty(common.BytesToAddress([]byte{11}))
		}, deploy.ErrChain, "EIP-2537"},
		"no exits": {func(b *faultyChain, _ *bind.TransactOpts, _ *deploy.Config) {
			b.call = empty(params.WithdrawalQueueAddress)
		}, deploy.ErrChain, "EIP-7002"},
		"not sending": {func(_ *faultyChain, auth *bind.TransactOpts, _ *deploy.Config) { auth.NoSend = true }, deploy.ErrConfig, "NoSend"},
	} {
		t.Run(name, func(t *testing.T) {
			b, auth, c := again(n)
			failure.spoil(b, auth, &c)
			before := nonceOf(t, n)
			_, err := deployAgain(b, auth, c)
			require.ErrorIs(t, err, failure.want)
			require.ErrorContains(t, err, failure.says)
			require.Equal(t, before, nonceOf(t, n))
		})
	}
}
