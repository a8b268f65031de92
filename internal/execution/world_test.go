package execution_test

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const fixtures = "../../contracts/test/fixtures"

// world is the deployed set on a chain, with a node that serves it.
type world struct {
	*localnet.Network
	t    *testing.T
	node *executionnode.Node

	// What no view tells.
	pulledGwei uint64
	pauseFlag  bool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return &world{Network: n, t: t, node: executionnode.New(n.ChainID)}
}

// busy is a world in which every value that a report needs is different from zero.
func busy(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(4))
	w.stake(200)
	require.NoError(t, w.FundValidators(1))
	w.request(10, 20, 30)
	frame, err := w.OpenFrame()
	require.NoError(t, err)
	r, err := w.QuietReport(frame)
	require.NoError(t, err)
	r.CLPendingGwei, r.CLValidatorsGwei, r.Validators, r.FinalizeUpTo, r.Exited = 10e9, 21_990_000_000, 1, 1, 1
	r.DepositedWei.SetFromBig(localnet.Ether(32)) // 0.01 ether is lost
	result, err := w.Submit(r, frame)
	require.NoError(t, err)
	require.NoError(t, result.Err)
	w.request(40, 50)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, big.NewInt(1_234_567))
	w.Chain.AddBalance(w.Contracts.ELRewardsVault, big.NewInt(89))
	return w
}

func (w *world) stake(ether int64) {
	w.t.Helper()
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.StakingPool, localnet.Ether(ether), bindings.NewStakingPool().PackDeposit(user.Address, new(big.Int)))
	require.NoError(w.t, err)
	_, err = w.Must(user, w.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(w.Contracts.WithdrawalQueue, localnet.Ether(1_000_000)))
	require.NoError(w.t, err)
}

func (w *world) request(ether ...int64) {
	w.t.Helper()
	amounts := make([]*big.Int, len(ether))
	for i, e := range ether {
		amounts[i] = localnet.Ether(e)
	}
	user := w.Accounts.User
	_, err := w.Must(user, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest(amounts, user.Address))
	require.NoError(w.t, err)
}

// seal makes a block of the present state.
func (w *world) seal() execution.BlockRef {
	w.t.Helper()
	header, err := w.node.Seal(w.Chain)
	require.NoError(w.t, err)
	return blockOf(header)
}

func blockOf(h *types.Header) execution.BlockRef {
	return execution.BlockRef{Hash: h.Hash(), StateRoot: h.Root, Number: h.Number.Uint64()}
}

// serve gives the URL of a handler that lives as long as the test.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// waits records what a client would have slept.
type waits []time.Duration

func (w *waits) sleep(_ context.Context, d time.Duration) error {
	*w = append(*w, d)
	return nil
}

func options(chainID uint64, urls ...string) execution.Options {
	var w waits
	return execution.Options{
		Endpoints: urls, ChainID: chainID, HTTP: &http.Client{}, RequestTimeout: 20 * time.Second, Rounds: 2,
		Sleep: w.sleep, Random: func(int64) int64 { return 0 },
	}
}

func (w *world) reader(urls ...string) *execution.Reader {
	w.t.Helper()
	return w.readerWith(options(w.ChainID, urls...))
}

func (w *world) readerWith(o execution.Options) *execution.Reader {
	w.t.Helper()
	c, err := execution.NewClient(o)
	require.NoError(w.t, err)
	r, err := execution.NewReader(c, w.Manifest)
	require.NoError(w.t, err)
	return r
}

// endpointErrors are the causes by endpoint.
func endpointErrors(t *testing.T, err error) map[string]error {
	t.Helper()
	found := make(map[string]error)
	var collect func(error)
	collect = func(err error) {
		var one *execution.EndpointError
		switch e := err.(type) {
		case nil:
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				collect(inner)
			}
		case interface{ Unwrap() error }:
			if errors.As(err, &one) && one == err {
				found[one.Endpoint] = one.Err
				return
			}
			collect(e.Unwrap())
		}
	}
	collect(err)
	return found
}
