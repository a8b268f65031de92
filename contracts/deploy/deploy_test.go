package deploy_test

import (
	"context"
	"log/slog"
	"testing"

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
