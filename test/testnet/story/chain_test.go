//go:build testnet && linux

package story

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
	"github.com/tidemark-oracle/tidemark/test/testnet"
	"github.com/tidemark-oracle/tidemark/test/testnet/deployment"
)

// operatorKeys is how many keys the operator may have that are not proven.
const operatorKeys = 4

// chain is the real network with the contracts on it. One account holds every role but the members'.
type chain struct {
	*testing.T
	ctx      context.Context
	network  *testnet.Network
	sender   *deployment.Sender
	manifest *manifest.Manifest
	schedule report.Schedule
	client   *execution.Client
	reader   *events.Reader
}

// start starts a network of the fork that make names, and waits until it is in Electra. On a busy machine Prysm v5.3.0 sometimes ends at the first slots of a genesis, by a fault of
// its own: then the network is started again.
func start(ctx context.Context, t *testing.T, binaries string) *testnet.Network {
	const attempts = 3
	for attempt := 1; ; attempt++ {
		network, err := testnet.Start(ctx, testnet.Options{
			Dir: filepath.Join(t.TempDir(), "network"), Binaries: binaries, Fork: testnet.Fork(os.Getenv(forkVariable)), Transition: os.Getenv(transitionVariable), ExtraValidators: 4, GenesisDelay: 30 * time.Second, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		})
		require.NoError(t, err)
		err = network.WaitSlot(ctx, (network.ElectraEpoch+1)*network.SlotsPerEpoch)
		if err == nil {
			return network
		}
		_ = network.Stop() // it has failed already
		if crash := (*testnet.ExitError)(nil); attempt == attempts || !errors.As(err, &crash) {
			require.NoError(t, err)
		}
		t.Logf("attempt %d of %d: %v", attempt, attempts, err)
	}
}

// newChain deploys Tidemark; bootstrap are addresses of members that others can find the committee by.
func newChain(ctx context.Context, t *testing.T, network *testnet.Network, bootstrap []string) *chain {
	c := &chain{T: t, ctx: ctx, network: network}
	var err error
	c.sender, err = deployment.NewSender(ctx, network.Info)
	require.NoError(t, err)
	t.Cleanup(c.sender.Close)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	c.manifest, err = deployment.Deploy(ctx, network.Info, c.sender, deployment.Options{BootstrapPeers: bootstrap, Log: log})
	require.NoError(t, err)
	c.schedule = report.Schedule(c.manifest.Schedule)
	c.client, err = execution.NewClient(execution.Options{
		Endpoints: []string{network.ExecutionURL}, ChainID: c.manifest.ChainID, HTTP: http.DefaultClient, Sleep: pause, Random: func(n int64) int64 { return n / 2 },
	})
	require.NoError(t, err)
	c.reader, err = events.NewReader(c.client, c.manifest)
	require.NoError(t, err)
	return c
}

// pause waits, and ends with ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// waitUntil waits for a condition, but not longer than most: what must hold is required afterwards.
func (c *chain) waitUntil(most time.Duration, holds func() bool) {
	ctx, cancel := context.WithTimeout(c.ctx, most)
	defer cancel()
	for !holds() && pause(ctx, time.Second) == nil {
	}
}

// send sends a transaction of the account and waits until it is mined; it must succeed.
func (c *chain) send(to common.Address, wei *big.Int, data []byte) *types.Receipt {
	c.Helper()
	receipt, err := c.sender.Send(c.ctx, to, wei, data)
	require.NoError(c, err)
	return receipt
}

func (c *chain) call(to common.Address, data []byte, block *big.Int) []byte {
	c.Helper()
	answer, err := c.sender.Call(c.ctx, to, data, block)
	require.NoError(c, err)
	return answer
}

// slotOf is the slot of an execution block.
func (c *chain) slotOf(b events.Block) uint64 {
	return (b.Time - c.network.GenesisTime) / c.network.SecondsPerSlot
}

// headSlot is the slot of the chain's newest block.
func (c *chain) headSlot() uint64 {
	c.Helper()
	head, err := c.network.Status(c.ctx)
	require.NoError(c, err)
	return head.HeadSlot
}

// addOperator registers the operator, with a bond for each of its keys.
func (c *chain) addOperator() {
	registry := bindings.NewOperatorRegistry()
	c.send(c.manifest.Contracts.OperatorRegistry, nil, registry.PackAddOperator("operator", c.sender.Address, c.sender.Address, 1000, operatorKeys))
	c.send(c.manifest.Contracts.OperatorRegistry, localnet.Ether(operatorKeys), registry.PackAddBond(new(big.Int)))
}

// addKeys gives the operator keys first to first+count-1 of the network's extra ones, with signatures of their first deposits. The members' keepers do the rest.
func (c *chain) addKeys(first, count uint32) *types.Receipt {
	var keys []bindings.KeyInput
	for i := first; i < first+count; i++ {
		keys = append(keys, localnet.KeyInput(c.manifest, c.validatorKey(i), false))
	}
	return c.send(c.manifest.Contracts.OperatorRegistry, nil, bindings.NewOperatorRegistry().PackAddKeys(new(big.Int), false, keys))
}

// validatorKey is the i-th key that an extra validator client works for, and the i-th of the operator.
func (c *chain) validatorKey(i uint32) *bls.SecretKey {
	secret := testnet.ValidatorSecret(testnet.Validators + i)
	key, err := bls.ParseSecretKey(secret[:])
	require.NoError(c, err)
	return key
}

// requestExit asks the consensus layer, through registry and vault, to let the validator of the operator's i-th key go (EIP-7002).
func (c *chain) requestExit(i uint64) *types.Receipt {
	vault := bindings.NewWithdrawalVault()
	fee, err := vault.UnpackRequestFeeWei(c.call(c.manifest.Contracts.WithdrawalVault, vault.PackRequestFeeWei(), nil))
	require.NoError(c, err)
	// What the fee of a busy block leaves over comes back.
	return c.send(c.manifest.Contracts.OperatorRegistry, new(big.Int).Mul(fee, big.NewInt(16)), bindings.NewOperatorRegistry().PackRequestExits([]uint64{i}))
}

// validatorOf is the validator of the operator's i-th key; ok is false while there is none.
func (c *chain) validatorOf(i uint32) (v apiValidator, ok bool) {
	key := fmt.Sprintf("%#x", c.validatorKey(i).PublicKey().Bytes())
	for _, v := range c.ours(c.validators("head")) {
		if v.Validator.PublicKey == key {
			return v, true
		}
	}
	return v, false
}
