package node

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// patience is how long a test waits for something that takes milliseconds on a quiet machine.
const patience = 90 * time.Second

// shortStagger lets every member have its turn within a frame: the order is another one in each run. A frame is shorter than longStagger.
const (
	shortStagger = 2 * time.Second
	longStagger  = time.Minute
)

const password = "correct horse"

// world is a chain with the contracts and a committee, in the chain's own time.
type world struct {
	*testing.T
	*chain.Chain
	clock    *chainClock
	manifest *manifest.Manifest
	schedule report.Schedule
	accounts localnet.Accounts
	homes    []string
	nodes    []*testNode
}

func newWorld(t *testing.T, members int) *world {
	t.Helper()
	text, err := os.ReadFile("../../contracts/test/fixtures/deposit_contract_runtime.hex")
	require.NoError(t, err, "run `make fixtures` first")
	code, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	require.NoError(t, err)
	validators, err := chain.Bystanders(40, common.HexToAddress("0xb1"))
	require.NoError(t, err)
	account := localnet.NewAccount
	w := &world{T: t, accounts: localnet.Accounts{
		Deployer: account("deployer"), Owner: account("owner"), Guardian: account("guardian"), Pauser: account("pauser"), Resumer: account("resumer"),
		Keeper: account("keeper"), Operator: account("operator"), User: account("user"), Treasury: account("treasury").Address,
	}}
	balances := make(map[common.Address]*big.Int)
	for _, a := range []*localnet.Account{w.accounts.Deployer, w.accounts.Owner, w.accounts.Keeper, w.accounts.Operator, w.accounts.User, w.accounts.Guardian} {
		balances[a.Address] = localnet.Ether(1_000_000)
	}
	contract := common.HexToAddress("0x4242424242424242424242424242424242424242")
	w.Chain, err = chain.New(t.Context(), chain.Config{
		Spec: transition.Devnet(), GenesisTime: 1_700_000_000, Validators: validators, Balances: balances,
		Deposits: geth.Contract{Address: contract, Code: code, Storage: evm.DepositContractStorage()},
		Rewards:  chain.Rewards{Seed: 1, MinPpm: 950_000, MaxPpm: 1_000_000},
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Chain.Close()) })
	w.deploy(contract)
	w.stake(100)
	w.formCommittee(members)
	w.clock = newChainClock(w.now())
	return w
}

// now is the chain's time, a moment after its slot began.
func (w *world) now() time.Time {
	spec := w.Spec()
	return time.Unix(int64(w.GenesisTime()+w.Slot()*spec.SecondsPerSlot), 0).Add(time.Second)
}

func (w *world) deploy(depositContract common.Address) {
	config, spec := localnet.DefaultConfig(w.accounts), w.Spec()
	localnet.SetSchedule(&config, report.Schedule{
		GenesisTime: w.GenesisTime(), SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch,
		InitialEpoch: 16, EpochsPerFrame: 6, FinalityMarginSlots: 2 * spec.SlotsPerEpoch, CloseSlots: 2,
	})
	config.DepositContract, config.GenesisForkVersion, config.Rules = depositContract, spec.GenesisForkVersion, w.Rules()
	deployer := w.accounts.Deployer.Auth(w.chainID())
	deployer.GasLimit = 0
	var err error
	w.manifest, err = deploy.Deploy(w.Context(), w.Backend(), deployer, config, slog.New(slog.DiscardHandler))
	require.NoError(w, err)
	w.schedule = report.Schedule(w.manifest.Schedule)
}

func (w *world) chainID() *big.Int { return new(big.Int).SetUint64(w.Spec().DepositChainID) }

// send has an account send a transaction, which must succeed in the next block.
func (w *world) send(from *localnet.Account, to common.Address, wei *big.Int, data []byte) {
	w.Helper()
	require.NoError(w, w.Backend().Transact(w.Context(), from.Auth(w.chainID()), to, wei, data))
}

func (w *world) stake(ether int64) {
	w.send(w.accounts.User, w.manifest.Contracts.StakingPool, localnet.Ether(ether), bindings.NewStakingPool().PackDeposit(w.accounts.User.Address, new(big.Int)))
}

// formCommittee makes homes, registers and admits.
func (w *world) formCommittee(members int) {
	binding, owner, contract := bindings.NewOracleCommittee(), w.accounts.Owner, w.manifest.Contracts.OracleCommittee
	var ids [][32]byte
	for i := range members {
		key := localnet.NewKey(uint64(i))
		peer := w.makeHome(key)
		proof := key.ProvePossession(w.chainID(), contract, owner.Address)
		w.send(owner, contract, localnet.Ether(1), binding.PackRegister(abi.PublicKey(key.PublicKey()), []byte(peer), abi.Signature(proof)))
		ids = append(ids, crypto.Keccak256Hash(key.PublicKey().Affine()))
	}
	w.send(owner, contract, nil, binding.PackAdmit(ids))
}

// makeFolder writes an observer's folder. The peer id is as people write it.
func (w *world) makeFolder() (peer string) {
	home := w.TempDir()
	w.writeManifest(home, shortStagger)
	identity, err := p2p.NewIdentity(rand.Reader)
	require.NoError(w, err)
	require.NoError(w, p2p.CreateIdentityFile(filepath.Join(home, IdentityFile), identity))
	w.homes = append(w.homes, home)
	return p2p.PeerIDText(identity.PeerID())
}

// writeManifest writes the network's manifest with some time between the members' turns to submit.
func (w *world) writeManifest(home string, stagger time.Duration) {
	m := *w.manifest
	m.SubmitStaggerSeconds = uint64(stagger / time.Second)
	encoded, err := m.Encode()
	require.NoError(w, err)
	require.NoError(w, os.WriteFile(filepath.Join(home, ManifestFile), encoded, 0o600))
}

// makeHome writes a member's folder, and gives its submitter ether. The peer id is as the contract takes it.
func (w *world) makeHome(key *bls.SecretKey) (peer string) {
	id, err := p2p.ParsePeerID(w.makeFolder())
	require.NoError(w, err)
	path := func(name string) string { return filepath.Join(w.homes[len(w.homes)-1], name) }
	keystore, err := bls.NewKeystore(key, []byte(password), bls.KDF{Function: "pbkdf2", C: 1000}, rand.Reader)
	require.NoError(w, err)
	require.NoError(w, keyfile.Create(path(KeystoreFile), keystore))
	account, address, err := txmgr.NewKeystore(rand.Reader, []byte(password), true)
	require.NoError(w, err)
	for name, content := range map[string][]byte{
		KeystorePasswordFile: []byte(password), SubmitterPasswordFile: []byte(password), SubmitterFile: account,
	} {
		require.NoError(w, os.WriteFile(path(name), content, 0o600))
	}
	w.send(w.accounts.User, address, localnet.Ether(10), nil)
	return string(id)
}

// chainClock shows what the test says.
type chainClock struct {
	mu    sync.Mutex
	made  time.Time
	now   time.Time
	off   time.Duration // how far it was set ahead
	waits []waiter
}

type waiter struct {
	at time.Time
	c  chan time.Time
}

func newChainClock(now time.Time) *chainClock { return &chainClock{made: now, now: now} }

func (c *chainClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now.Add(c.off)
}

// true is the time that it would show if nobody had set it.
func (c *chainClock) true() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *chainClock) Elapsed() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now.Sub(c.made)
}

func (c *chainClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := waiter{at: c.now.Add(d), c: make(chan time.Time, 1)}
	if d <= 0 {
		w.c <- c.now
		return w.c
	}
	c.waits = append(c.waits, w)
	return w.c
}

// set sets the clock ahead, or back.
func (c *chainClock) set(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.off += by
}

// poke ends all waits early, so that who looks around regularly does so: nobody may take the end of a wait for the time.
func (c *chainClock) poke() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.waits {
		w.c <- c.now
	}
	c.waits = nil
}

// advance lets time pass.
func (c *chainClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	kept := c.waits[:0]
	for _, w := range c.waits {
		if w.at.After(c.now) {
			kept = append(kept, w)
			continue
		}
		w.c <- c.now
	}
	c.waits = kept
}

// testNode is a running node.
type testNode struct {
	w         *world
	index     int
	api       string
	addresses []string
	source    status.Source
	log       *lines
	stop      func() error
}

// lines collects a log.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// config is that of the i-th member.
func (w *world) config(i int, log io.Writer) Config {
	c := Config{
		Home: w.homes[i], Beacon: []string{w.BeaconURL()}, Execution: []string{w.ExecutionURL()}, Name: fmt.Sprintf("member %d", i),
		Listen: []string{"/ip4/127.0.0.1/udp/0/quic-v1"}, API: "127.0.0.1:0", Software: "test/1",
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelInfo})).With("node", i),
	}
	for _, other := range w.nodes {
		if other != nil && len(other.addresses) > 0 {
			c.Bootstrap = append(c.Bootstrap, other.addresses[0])
		}
	}
	return c
}

// start runs the i-th member until the test or its stop ends it.
func (w *world) start(i int, change func(*Config, *Hooks)) *testNode {
	w.Helper()
	n := &testNode{w: w, index: i, log: &lines{}}
	c := w.config(i, n.log)
	started := make(chan struct{})
	h := Hooks{Clock: w.clock, Started: func(api string, addresses []string) {
		n.api, n.addresses = api, addresses
		close(started)
	}}
	h.Source = func(s status.Source) { n.source = s }
	if change != nil {
		change(&c, &h)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- RunWithHooks(ctx, c, h) }()
	n.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(patience):
			return fmt.Errorf("node %d does not stop", i)
		}
	})
	w.Cleanup(func() {
		require.NoError(w, n.stop())
		if w.Failed() {
			w.Logf("log of node %d:\n%s", i, n.log)
		}
	})
	select {
	case <-started:
	case err := <-ended:
		require.NoError(w, err, "node %d", i)
		w.FailNow()
	case <-time.After(patience):
		require.FailNow(w, "the node does not start")
	}
	for len(w.nodes) <= i {
		w.nodes = append(w.nodes, nil)
	}
	w.nodes[i] = n
	return n
}

// until waits for a condition of the node's description.
func (n *testNode) until(what string, condition func(status.Status) bool) status.Status {
	n.w.Helper()
	limit := time.After(patience)
	poke := time.NewTicker(50 * time.Millisecond)
	defer poke.Stop()
	for {
		changed := n.source.Changed()
		s := n.source.Status()
		if condition(s) {
			return s
		}
		select {
		case <-changed:
		case <-poke.C:
			n.w.clock.poke()
		case <-limit:
			require.FailNowf(n.w, "waited too long", "node %d: %s\nreasons %v\nrounds %+v", n.index, what, s.Reasons, s.Rounds)
		}
	}
}

// slot lets one slot pass and waits until every node has seen its block.
func (w *world) slot() {
	w.Helper()
	_, err := w.NextSlot(w.Context())
	require.NoError(w, err)
	w.clock.advance(w.now().Sub(w.clock.true()))
	head := w.Head().Number
	for _, n := range w.nodes {
		if n != nil {
			n.until(fmt.Sprintf("sees block %d", head), func(s status.Status) bool { return s.Token != nil && s.Token.Block >= head })
		}
	}
}
