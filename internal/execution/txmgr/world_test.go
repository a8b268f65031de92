package txmgr_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// go-ethereum never ends the engine API's heartbeat and its recovery of senders, and its database library ends this worker some seconds after it was closed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}

const (
	committeeSize = 4
	chainID       = 1337
	frames        = 8 // epochs in a frame of the test network
)

var depositContract = common.HexToAddress("0x4242424242424242424242424242424242424242")

// world is a real pool, fees and forks: the contracts on the devnet's chain, with a committee, and an account that submits.
type world struct {
	*testing.T
	*chain.Chain
	manifest *manifest.Manifest
	schedule report.Schedule
	beacon   *beacon.Client
	http     *http.Client
	key      *txmgr.KeySigner
	bump     time.Duration // that the senders' clocks are ahead of the chain
}

func account(name string) *localnet.Account { return localnet.NewAccount(name) }

func accounts() localnet.Accounts {
	return localnet.Accounts{
		Deployer: account("deployer"), Owner: account("owner"), Guardian: account("guardian"), Pauser: account("pauser"), Resumer: account("resumer"),
		Keeper: account("keeper"), Operator: account("operator"), User: account("user"), Treasury: account("treasury").Address,
	}
}

func signer(t *testing.T, name string) *txmgr.KeySigner {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	require.NoError(t, err)
	return txmgr.NewKeySigner(key)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, key: signer(t, "submitter")}
	text, err := os.ReadFile("../../../contracts/test/fixtures/deposit_contract_runtime.hex")
	require.NoError(t, err, "run `make fixtures` first")
	code, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	require.NoError(t, err)
	validators, err := chain.Bystanders(8, common.HexToAddress("0xb1"))
	require.NoError(t, err)
	balances := map[common.Address]*big.Int{w.key.Address(): localnet.Ether(10), signer(t, "other").Address(): localnet.Ether(10)}
	for _, name := range []string{"deployer", "owner", "guardian", "pauser", "resumer", "user"} {
		balances[account(name).Address] = localnet.Ether(1000)
	}
	w.Chain, err = chain.New(t.Context(), chain.Config{
		Spec: transition.Devnet(), GenesisTime: 1_700_000_000, Validators: validators, Balances: balances,
		Deposits: geth.Contract{Address: depositContract, Code: code, Storage: evm.DepositContractStorage()},
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	w.deploy()
	w.openReaders()
	w.formCommittee()
	return w
}

func (w *world) deploy() {
	spec := w.Spec()
	config := localnet.DefaultConfig(accounts())
	localnet.SetSchedule(&config, report.Schedule{
		GenesisTime: w.GenesisTime(), SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch,
		InitialEpoch: 16, EpochsPerFrame: frames, FinalityMarginSlots: 2 * spec.SlotsPerEpoch, CloseSlots: 2,
	})
	config.DepositContract, config.GenesisForkVersion, config.Rules = depositContract, spec.GenesisForkVersion, w.Rules()
	auth := account("deployer").Auth(big.NewInt(chainID))
	auth.GasLimit = 0
	var err error
	w.manifest, err = deploy.Deploy(w.Context(), w.Backend(), auth, config, slog.New(slog.DiscardHandler))
	require.NoError(w, err)
	w.schedule = report.Schedule(w.manifest.Schedule)
}

func (w *world) openReaders() {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	w.Cleanup(transport.CloseIdleConnections)
	w.http = &http.Client{Transport: transport}
	var err error
	w.beacon, err = beacon.New(beacon.Options{Endpoints: []string{w.BeaconURL()}, Network: snapshot.Network(w.manifest)})
	require.NoError(w, err)
	w.Cleanup(w.beacon.Close)
}

func (w *world) formCommittee() {
	committee, owner, at := bindings.NewOracleCommittee(), account("owner"), w.manifest.Contracts.OracleCommittee
	var ids [][32]byte
	for i := range committeeSize {
		key := localnet.NewKey(uint64(i))
		proof := key.ProvePossession(big.NewInt(chainID), at, owner.Address)
		w.send(owner, at, localnet.Ether(1), committee.PackRegister(abi.PublicKey(key.PublicKey()), fmt.Appendf(nil, "member %d", i), abi.Signature(proof)))
		ids = append(ids, crypto.Keccak256Hash(key.PublicKey().Affine()))
	}
	w.send(owner, at, nil, committee.PackAdmit(ids))
}

// send has an account send a transaction, which must succeed in the next block.
func (w *world) send(from *localnet.Account, to common.Address, wei *big.Int, data []byte) {
	w.Helper()
	auth := from.Auth(big.NewInt(chainID))
	nonce, err := w.Client().PendingNonceAt(w.Context(), from.Address)
	require.NoError(w, err)
	tx, err := auth.Signer(from.Address, types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(chainID), Nonce: nonce, To: &to, Value: wei, Data: data, Gas: 2_000_000, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(100e9),
	}))
	require.NoError(w, err)
	require.NoError(w, w.Backend().SendTransaction(w.Context(), tx))
	receipt, err := w.Client().TransactionReceipt(w.Context(), tx.Hash())
	require.NoError(w, err)
	require.Equal(w, types.ReceiptStatusSuccessful, receipt.Status)
}

// slots lets slots pass.
func (w *world) slots(count int) {
	w.Helper()
	for range count {
		_, err := w.NextSlot(context.Background())
		require.NoError(w, err)
	}
}

func (w *world) until(slot uint64) {
	w.Helper()
	require.LessOrEqual(w, w.Slot(), slot)
	w.slots(int(slot - w.Slot()))
}

// emptySlots lets slots pass whose blocks hold no transaction.
func (w *world) emptySlots(count int) {
	w.Plan(w.Slot()+1, w.Slot()+uint64(count), chain.ProposeEmpty)
	w.slots(count)
}

// frame lets the next reference slot pass, and as many slots that its report is taken.
func (w *world) frame() uint64 {
	refSlot := w.schedule.NextRefSlot(w.Slot())
	w.until(refSlot + w.schedule.FinalityMarginSlots + 1)
	return refSlot
}

func query[T any](w *world, at common.Address, call []byte, unpack func([]byte) (T, error)) T {
	w.Helper()
	data, err := w.Client().CallContract(w.Context(), ethereum.CallMsg{To: &at, Data: call}, nil)
	require.NoError(w, err)
	value, err := unpack(data)
	require.NoError(w, err)
	return value
}

// job is the certified report of a reference slot: nothing happened since the last one.
func (w *world) job(refSlot uint64) txmgr.Job {
	w.Helper()
	pool, committee := bindings.NewStakingPool(), bindings.NewOracleCommittee()
	last := query(w, w.manifest.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	reference, err := w.BlockAt(refSlot)
	require.NoError(w, err)
	child := refSlot
	for next := reference; next.Slot <= refSlot; {
		child++
		next, err = w.BlockAt(child)
		require.NoError(w, err)
	}
	header, err := w.beacon.Header(w.Context(), beacon.AtRoot(reference.Root))
	require.NoError(w, err)
	r := report.Report{
		Version: report.Version, Committee: query(w, w.manifest.Contracts.OracleCommittee, committee.PackDigestAt(refSlot), committee.UnpackDigestAt),
		RefSlot: refSlot, LastRefSlot: last.RefSlot, RefBlockRoot: reference.Root, CLValidatorsGwei: last.ClValidatorsGwei, CLPendingGwei: last.ClPendingGwei,
		Validators: last.Validators, Exited: last.Exited, BalancesRoot: crypto.Keccak256Hash([]byte("balances")),
	}
	r.DepositedWei.SetFromBig(last.DepositedWei)
	bitmap, signature := w.certify(r)
	return txmgr.Job{
		Report: r, Signers: bitmap, Signature: signature, Deadline: time.Unix(int64(w.schedule.TimeOf(w.schedule.CloseSlot(refSlot))), 0),
		Block: blockproof.Proof{ChildSlot: child, Header: header.Header},
	}
}

func (w *world) domain() report.Domain {
	return report.Domain{ChainID: big.NewInt(chainID), Oracle: w.manifest.Contracts.ReportOracle}
}

func (w *world) certify(r report.Report) ([]byte, bls.Signature) {
	message := w.domain().VoteMessage(r.Committee, r.RefSlot, w.domain().Digest(r))
	var votes []bls.Signature
	for i := range committeeSize {
		votes = append(votes, localnet.NewKey(uint64(i)).Sign(message))
	}
	aggregate, err := bls.Aggregate(votes)
	require.NoError(w, err)
	return []byte{1<<committeeSize - 1}, aggregate
}

// now is the chain's clock, and what a test put it forward by.
func (w *world) now() time.Time {
	return time.Unix(int64(w.schedule.TimeOf(w.Slot())), 0).Add(w.bump)
}

func (w *world) node(url string) *execution.Node {
	w.Helper()
	node, err := execution.NewNode(url, execution.NodeOptions{HTTP: w.http})
	require.NoError(w, err)
	return node
}

// config is a sender's over the honest endpoint; bumps are due after three slots.
func (w *world) config() txmgr.Config {
	return txmgr.Config{
		ChainID: chainID, Oracle: w.manifest.Contracts.ReportOracle, Pool: w.manifest.Contracts.StakingPool,
		Nodes: []*execution.Node{w.node(w.ExecutionURL())}, Signer: w.key, Store: filepath.Join(w.TempDir(), "submissions.json"),
		Fees:      txmgr.Fees{MaxFeeWei: 100e9, TipWei: 1e9},
		BumpEvery: 3 * time.Second, PollEvery: time.Second, Patience: 6 * time.Second, IdleEvery: time.Second,
		Now: w.now, After: time.After,
	}
}

func (w *world) sender(c txmgr.Config) *txmgr.Sender {
	w.Helper()
	s, err := txmgr.New(c)
	require.NoError(w, err)
	return s
}

// stepUntil steps and lets slots pass until a code shows.
func (w *world) stepUntil(s *txmgr.Sender, code string) txmgr.State {
	w.Helper()
	for range 60 {
		s.Step(w.Context())
		if state := s.State(); state.Code == code {
			return state
		}
		w.slots(1)
	}
	require.Fail(w, "not reached", "%s: %s %s", code, s.State().Code, s.State().Why)
	return txmgr.State{}
}

// reported is the reference slot of the last report that the contract took.
func (w *world) reported() uint64 {
	pool := bindings.NewStakingPool()
	return query(w, w.manifest.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport).RefSlot
}

// nonce is how many transactions of an account are in blocks.
func (w *world) nonce(of common.Address) uint64 {
	nonce, err := w.Client().NonceAt(w.Context(), of, nil)
	require.NoError(w, err)
	return nonce
}
