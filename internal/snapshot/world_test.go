package snapshot_test

import (
	"context"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a pool on an execution chain and a beacon chain whose reference block holds the execution chain's newest block.
type world struct {
	*localnet.Network
	t    *testing.T
	exec *executionnode.Node
	spec state.Spec

	refSlot        uint64
	block          execution.BlockRef
	state          *electra.BeaconState
	data           []byte        // the state as SSZ
	header         beacon.Header // of the reference block
	headers        []beacon.Header
	finalizedEpoch uint64

	as   func(*electra.BeaconState) any // the state as another fork has it; nil: as it is
	owed []*capella.Withdrawal          // withdrawals in flight, in a state of Gloas

	during func() // what happens in each execution block; nil: nothing
}

// newWorld is a pool of 201 ether with a committee and two funded keys, the first of which is a validator; two requests wait.
func newWorld(t *testing.T) *world {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../../contracts/test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	w := &world{Network: n, t: t, exec: executionnode.New(n.ChainID), spec: networkSpec()}
	require.NoError(t, w.FormCommittee(4))
	user, pool := w.Accounts.User, bindings.NewStakingPool()
	_, err = w.Must(user, w.Contracts.StakingPool, localnet.Ether(200), pool.PackDeposit(user.Address, new(big.Int)))
	require.NoError(t, err)
	require.NoError(t, w.FundValidators(2))
	_, err = w.Must(user, w.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(w.Contracts.WithdrawalQueue, localnet.Ether(1_000)))
	require.NoError(t, err)
	_, err = w.Must(user, w.Contracts.WithdrawalQueue, nil, bindings.NewWithdrawalQueue().PackRequest([]*big.Int{localnet.Ether(10), localnet.Ether(20)}, user.Address))
	require.NoError(t, err)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, big.NewInt(1e15))
	w.Chain.AddBalance(w.Contracts.ELRewardsVault, big.NewInt(2e15))
	w.refSlot = report.Schedule(w.Schedule).NextRefSlot(w.Chain.Slot() + 1)
	return w
}

// seal makes the reference block at refSlot-before with the state that fill completes, and a chain of blocks in every slot around it but those missed,
// up to a finalized checkpoint two epochs later.
func (w *world) seal(before uint64, fill func(*electra.BeaconState), missed ...uint64) {
	w.t.Helper()
	slot := w.refSlot - before
	w.block = w.execute(slot)
	w.sealOn(slot, fill, missed...)
}

// execute makes the execution block of a slot.
func (w *world) execute(slot uint64) execution.BlockRef {
	w.t.Helper()
	w.Chain.NextBlock(slot)
	if w.during != nil {
		w.during()
	}
	header, err := w.exec.Seal(w.Chain)
	require.NoError(w.t, err)
	return execution.BlockRef{Hash: header.Hash(), StateRoot: header.Root, Number: header.Number.Uint64()}
}

// sealOn makes the reference block at slot with a state that names w.block.
func (w *world) sealOn(slot uint64, fill func(*electra.BeaconState), missed ...uint64) {
	w.t.Helper()
	w.state = newState(w.spec, w.Schedule.GenesisTime, slot, w.block)
	for i := range uint64(5) {
		addValidator(w.state, foreignKey(i), common.Hash{1, 12: 0xff}, 32e9)
	}
	fill(w.state)
	w.chain(slot, missed...)
	w.finalizedEpoch = (w.refSlot+1)/w.spec.SlotsPerEpoch + 2
}

// chain makes headers around the reference block of slot.
func (w *world) chain(slot uint64, missed ...uint64) {
	w.t.Helper()
	skip := make(map[uint64]bool)
	for _, s := range missed {
		skip[s] = true
	}
	w.headers = nil
	parent := common.Hash{}
	for s := slot - 3; s <= w.refSlot+3*w.spec.SlotsPerEpoch; s++ {
		if skip[s] || s > slot && s <= w.refSlot {
			continue
		}
		h := beacon.Header{Slot: s, ProposerIndex: s % 5, ParentRoot: parent, StateRoot: common.Hash{0: 0x5a, 31: byte(s)}, BodyRoot: common.Hash{0: 0xb0, 31: byte(s)}}
		if s == slot {
			w.state.LatestBlockHeader = &phase0.BeaconBlockHeader{
				Slot: phase0.Slot(s), ProposerIndex: phase0.ValidatorIndex(h.ProposerIndex), ParentRoot: phase0.Root(parent), BodyRoot: phase0.Root(h.BodyRoot),
			}
			w.data, h.StateRoot = encode(w.t, w.spec, w.sealed())
			w.header = h
		}
		parent = h.HashTreeRoot()
		w.headers = append(w.headers, h)
	}
}

// sealed is the state as its fork has it.
func (w *world) sealed() any {
	if w.as != nil {
		return w.as(w.state)
	}
	return w.state
}

// credentials are the pool's, 0x01 or 0x02.
func (w *world) credentials(prefix byte) common.Hash {
	c := common.BytesToHash(w.Contracts.WithdrawalVault[:])
	c[0] = prefix
	return c
}

// poolKey is the i-th key that the pool funded.
func poolKey(i uint64) [48]byte { return [48]byte(localnet.NewKey(1_000_000 + i).PublicKey().Bytes()) }

// deposit is a pending deposit for the i-th key that the pool funded, with a valid signature.
func (w *world) deposit(i uint64, credentials common.Hash, gwei uint64) *electra.PendingDeposit {
	root := report.DepositSigningRoot(poolKey(i), credentials, gwei, [4]byte(w.GenesisForkVersion))
	return &electra.PendingDeposit{
		Pubkey: poolKey(i), WithdrawalCredentials: credentials.Bytes(), Amount: phase0.Gwei(gwei), Slot: 7,
		Signature: phase0.BLSSignature(localnet.NewKey(1_000_000 + i).Sign(root).Bytes()),
	}
}

// usual is the state of a pool whose first key has become a validator, while the second one's deposit waits.
func (w *world) usual(b *electra.BeaconState) {
	addValidator(b, poolKey(0), w.credentials(1), 32_010_000_000)
	b.PendingDeposits = append(b.PendingDeposits, w.deposit(1, w.credentials(1), 32e9))
}

// clock lets pauses between tries pass at once; nothing ever times out.
type clock struct{}

func (clock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	if d < 10*time.Second {
		go f()
		return func() bool { return false }
	}
	return func() bool { return true }
}

// client asks the nodes.
func (w *world) client(nodes ...*beaconNode) *beacon.Client {
	w.t.Helper()
	o := beacon.Options{Network: snapshot.Network(w.Manifest), Clock: clock{}, Random: func(int64) int64 { return 0 }}
	for _, n := range nodes {
		o.Endpoints = append(o.Endpoints, n.URL)
	}
	c, err := beacon.New(o)
	require.NoError(w.t, err)
	w.t.Cleanup(c.Close)
	return c
}

// reader reads the contracts from execution nodes.
func (w *world) reader(nodes ...http.Handler) *execution.Reader {
	w.t.Helper()
	transport := &http.Transport{}
	w.t.Cleanup(transport.CloseIdleConnections)
	o := execution.Options{
		ChainID: w.ChainID, HTTP: &http.Client{Transport: transport}, RequestTimeout: 20 * time.Second, Rounds: 1,
		Sleep: func(context.Context, time.Duration) error { return nil }, Random: func(int64) int64 { return 0 },
	}
	for _, n := range nodes {
		server := httptest.NewServer(n)
		w.t.Cleanup(server.Close)
		o.Endpoints = append(o.Endpoints, server.URL)
	}
	c, err := execution.NewClient(o)
	require.NoError(w.t, err)
	r, err := execution.NewReader(c, w.Manifest)
	require.NoError(w.t, err)
	return r
}

// gatherer reads from the beacon nodes and from the world's execution node.
func (w *world) builder(nodes ...*beaconNode) *snapshot.Builder {
	w.t.Helper()
	return w.builderOf(w.client(nodes...), w.reader(w.exec))
}

func (w *world) builderOf(b snapshot.Beacon, e snapshot.Execution) *snapshot.Builder {
	w.t.Helper()
	g, err := snapshot.New(snapshot.Options{Manifest: w.Manifest, Beacon: b, Execution: e})
	require.NoError(w.t, err)
	return g
}
