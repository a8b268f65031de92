package deploy_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const fixtures = "../test/fixtures"

var _ deploy.Backend = (*ethclient.Client)(nil)

func deployed(t testing.TB) *localnet.Network {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return n
}

func TestTheWholeSetIsDeployedWiredAndOpen(t *testing.T) {
	n := deployed(t)
	require.NoError(t, n.Verify(context.Background(), n.Chain))

	token := bindings.NewStakedEther()
	totals, err := localnet.Query(n, n.Contracts.StakedEther, token.PackTotals(), token.UnpackTotals)
	require.NoError(t, err)
	require.Equal(t, localnet.Ether(1), totals.TotalPooledWei)
	require.Equal(t, localnet.Ether(1), totals.TotalShares)
}

func TestADeployerThatWouldHoldARoleIsRefusedBeforeAnythingIsSent(t *testing.T) {
	_, err := localnet.New(context.Background(), localnet.Options{
		Fixtures: fixtures, Log: slog.New(slog.DiscardHandler),
		Change: func(c *deploy.Config) { c.Roles.Guardian = localnet.NewAccount("deployer").Address },
	})
	require.ErrorIs(t, err, deploy.ErrConfig)
	require.ErrorContains(t, err, "Roles.Guardian")
}

func TestARevertIsNamedWithItsArguments(t *testing.T) {
	n := deployed(t)
	result, err := n.Send(n.Accounts.User, n.Contracts.StakingPool, nil, bindings.NewStakingPool().PackDeposit(n.Accounts.User.Address, new(big.Int)))
	require.NoError(t, err)
	require.Equal(t, "ZeroDeposit[]", deploy.RevertName(result.Err))
	require.Empty(t, deploy.RevertName(errors.New("other")))
	require.Empty(t, deploy.DecodeRevert([]byte{1, 2, 3, 4}))
	require.Equal(t, `Error("why")`, deploy.DecodeRevert(common.FromHex("0x08c379a0"+
		"0000000000000000000000000000000000000000000000000000000000000020"+
		"0000000000000000000000000000000000000000000000000000000000000003"+
		"7768790000000000000000000000000000000000000000000000000000000000")))
	require.Equal(t, `Panic("arithmetic underflow or overflow")`, deploy.DecodeRevert(common.FromHex("0x4e487b71"+
		"0000000000000000000000000000000000000000000000000000000000000011")))
}
