package deploy_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// lines keeps what a deployment logs.
type lines struct {
	slog.Handler
	said []slog.Record
}

func (l *lines) Enabled(context.Context, slog.Level) bool { return true }

func (l *lines) Handle(_ context.Context, r slog.Record) error {
	l.said = append(l.said, r)
	return nil
}

func attribute(r slog.Record, key string) (v slog.Value) {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == key {
			v = a.Value
		}
		return a.Key != key
	})
	return v
}

func TestADeploymentSaysFirstWhatItCostsByTheChainsRules(t *testing.T) {
	for _, fork := range evm.Forks() {
		t.Run(fork.String(), func(t *testing.T) {
			log := &lines{Handler: slog.DiscardHandler}
			_, err := localnet.New(context.Background(), localnet.Options{Fixtures: fixtures, Log: slog.New(log), Fork: fork})
			require.NoError(t, err)
			first := log.said[0]
			require.Equal(t, "The set will cost about this, and its first deposit.", first.Message)

			var all, largest uint64
			for _, r := range log.said[1:] {
				if r.Message != "Contract deployed." {
					continue
				}
				gas := attribute(r, "gas").Uint64()
				all, largest = all+gas, max(largest, gas)
			}
			require.InEpsilon(t, all, attribute(first, "gas").Uint64(), 0.04)
			require.InEpsilon(t, largest, attribute(first, "largestGas").Uint64(), 0.06)
			if fork == evm.Amsterdam {
				require.Greater(t, all, uint64(200_000_000), "new state is dear there")
			}
		})
	}
}

// priced is a chain whose gas has a price.
type priced struct {
	*faultyChain
	wei int64
	err error
}

func (p *priced) SuggestGasPrice(context.Context) (*big.Int, error) { return big.NewInt(p.wei), p.err }

func (p *priced) EstimateGas(ctx context.Context, m ethereum.CallMsg) (uint64, error) {
	if p.wei < 0 {
		return 0, errLine
	}
	return p.faultyChain.EstimateGas(ctx, m)
}

func TestTheCostIsGasTimesItsPriceAndAChainThatCannotCarryTheSetIsRefused(t *testing.T) {
	n := deployed(t)
	b, auth, c := again(n)
	cost, err := deploy.Estimate(context.Background(), &priced{faultyChain: b, wei: 3e9}, auth.From, c)
	require.NoError(t, err)
	require.Equal(t, new(big.Int).Mul(new(big.Int).SetUint64(cost.Gas), big.NewInt(3e9)), cost.Wei())

	log := &lines{Handler: slog.DiscardHandler}
	_, err = deploy.Deploy(context.Background(), &priced{faultyChain: b, wei: 0}, auth, c, slog.New(log))
	require.NoError(t, err)
	require.Equal(t, "0 ETH", attribute(log.said[0], "cost").String())

	before := nonceOf(t, n)
	_, err = deployAgain(&priced{faultyChain: b, wei: -1}, auth, c)
	require.ErrorIs(t, err, deploy.ErrChain)
	require.ErrorIs(t, err, errLine)
	require.ErrorContains(t, err, "estimate the creation of PoolExtension")
	_, err = deployAgain(&priced{faultyChain: b, err: errLine}, auth, c)
	require.ErrorIs(t, err, errLine)
	require.ErrorContains(t, err, "price of gas")
	require.False(t, errors.Is(err, deploy.ErrStep), "nothing was sent")
	require.Equal(t, before, nonceOf(t, n))
}
