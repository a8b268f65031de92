package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/node"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// world is a devnet's chain with contracts and a committee, for commands that send transactions.
type world struct {
	*testing.T
	*network.Network
	program program
}

// newWorld starts the chain. Whatever a command waits for, a slot passes.
func newWorld(t *testing.T) *world { return newWorldWith(t, nil) }

func newWorldWith(t *testing.T, change func(*network.Terms)) *world {
	t.Helper()
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: 4, Seed: 7, SlotTime: 100 * time.Millisecond, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Change: change,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	w := &world{T: t, Network: n}
	w.program.sleep = func(ctx context.Context, _ time.Duration) error {
		_, err := n.Chain.NextSlot(ctx)
		return err
	}
	return w
}

// run runs a command that must succeed.
func (w *world) run(args ...string) result {
	w.Helper()
	r := w.program.run(w.T, args...)
	require.Equal(w, cli.ExitOK, r.status, "%v: %s%s", args, r.out, r.err)
	return r
}

// newcomer makes the keys of a new member in a folder with the manifest, and gives its submitter ether.
func (w *world) newcomer(ether int64) (home string, p operator.Public) {
	w.Helper()
	home = filepath.Join(w.TempDir(), "newcomer")
	require.NoError(w, json.Unmarshal([]byte(w.run("keys", "new", "--home", home, "--json").out), &p))
	manifest, err := w.Manifest.Encode()
	require.NoError(w, err)
	require.NoError(w, os.WriteFile(filepath.Join(home, "manifest.yaml"), manifest, 0o600))
	w.pay(*p.Submitter, localnet.Ether(ether))
	return home, p
}

func (w *world) pay(to common.Address, wei *big.Int) {
	w.Helper()
	if wei.Sign() > 0 {
		_, err := w.Send(w.Context(), network.Call{From: w.Accounts.User, To: to, Wei: wei})
		require.NoError(w, err)
		w.slot()
	}
}

func (w *world) slot() {
	w.Helper()
	_, err := w.Chain.NextSlot(w.Context())
	require.NoError(w, err)
}

// join is the command of a home, over HTTP.
func (w *world) join(home string, more ...string) []string {
	return append([]string{"join", "--home", home, "--execution", w.Chain.ExecutionURL()}, more...)
}

// official gives an account that everyone knows a home folder, whose submitter it is.
func (w *world) official(as *localnet.Account) (home string) {
	w.Helper()
	home = filepath.Join(w.TempDir(), "official")
	key := write(w.T, "key.hex", common.Bytes2Hex(crypto.FromECDSA(as.Key())))
	w.run("keys", "import", "submitter", key, "--home", home)
	manifest, err := w.Manifest.Encode()
	require.NoError(w, err)
	require.NoError(w, os.WriteFile(filepath.Join(home, "manifest.yaml"), manifest, 0o600))
	return home
}

// admin is an action of the home's account.
func (w *world) admin(home string, words ...string) []string {
	return append(append([]string{"admin"}, words...), "--home", home, "--execution", w.Chain.ExecutionURL())
}

func (w *world) state(id common.Hash) operator.State {
	w.Helper()
	n, closeNetwork, err := operator.OpenNetwork(w.Context(), w.Manifest, []string{w.Chain.ExecutionURL()})
	require.NoError(w, err)
	defer closeNetwork()
	r, err := n.Registration(w.Context(), id)
	require.NoError(w, err)
	return r.State
}

func TestANewcomerJoins(t *testing.T) {
	w := newWorld(t)
	home, keys := w.newcomer(5)
	id := *keys.MemberID

	dry := w.run(w.join(home, "--dry-run")...)
	require.Contains(t, dry.out, "nothing was sent")
	require.Contains(t, dry.out, "register with a bond of 1 ETH")
	require.Equal(t, operator.Unknown, w.state(id))

	var candidate joinJSON
	require.NoError(t, json.Unmarshal([]byte(w.run(w.join(home, "--no-wait", "--json")...).out), &candidate))
	require.Equal(t, "candidate", candidate.State)
	require.Equal(t, *keys.Submitter, candidate.Owner)
	require.Equal(t, keys.PeerID, candidate.PeerID)
	again := w.run(w.join(home, "--no-wait")...)
	require.Contains(t, again.err, "registered already: it is a candidate")
	require.Contains(t, again.out, "Tell the owner of the network the member id.")
	require.Equal(t, operator.Candidate, w.state(id))

	owner := w.official(w.Accounts.Owner)
	unasked := w.program.run(t, w.admin(owner, "admit", id.Hex())...)
	require.Equal(t, cli.ExitUsage, unasked.status)
	require.Contains(t, unasked.err, "Admit "+id.Hex())
	require.Contains(t, unasked.err, "The committee has 4 members now, and 5 then: 4 must sign.")
	require.Contains(t, unasked.err, "--yes")
	require.Equal(t, operator.Candidate, w.state(id))

	w.run(w.admin(owner, "admit", id.Hex(), "--yes")...)
	var joined joinJSON
	require.NoError(t, json.Unmarshal([]byte(w.run(w.join(home, "--json")...).out), &joined))
	require.Equal(t, "member", joined.State)
	require.Equal(t, w.Schedule.RefSlotOfChange(w.Chain.Slot()), joined.FromRefSlot)
	require.Equal(t, operator.Member, w.state(id))

	second := w.program.run(t, w.admin(owner, "admit", id.Hex(), "--yes")...)
	require.Equal(t, cli.ExitError, second.status)
	require.Contains(t, second.err, "is a member, and only candidates can be admitted")
}

func TestJoiningWaitsForAdmissionAndCanBeInterrupted(t *testing.T) {
	w := newWorld(t)
	home, keys := w.newcomer(5)
	stop, slots := errors.New("stopped"), 0
	interrupted := w.program
	interrupted.sleep = func(ctx context.Context, _ time.Duration) error {
		if slots++; slots > 3 {
			return stop
		}
		_, err := w.Chain.NextSlot(ctx)
		return err
	}
	r := interrupted.run(t, w.join(home)...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "the key stays registered, and join can be run again: stopped")
	require.Equal(t, operator.Candidate, w.state(*keys.MemberID))

	owner := w.official(w.Accounts.Owner)
	waiting := w.program
	waiting.sleep = func(ctx context.Context, _ time.Duration) error { // the owner admits while it waits
		w.run(w.admin(owner, "admit", keys.MemberID.Hex(), "--yes")...)
		return ctx.Err()
	}
	r = waiting.run(t, w.join(home)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "This key is a member of the committee")
	require.Contains(t, r.out, "oraclenode run")
}

func TestATransactionOfAnInterruptedRunIsNotSentTwice(t *testing.T) {
	w := newWorld(t)
	home, keys := w.newcomer(5)
	stop := errors.New("stopped")
	interrupted := w.program
	interrupted.sleep = func(context.Context, time.Duration) error { return stop }
	r := interrupted.run(t, w.join(home)...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "which may still be included: stopped")
	require.Equal(t, operator.Unknown, w.state(*keys.MemberID), "it is in no block")

	r = w.run(w.join(home, "--no-wait")...)
	require.Contains(t, r.err, "has 1 transactions under way")
	require.Contains(t, r.err, "registered already")
	nonce, err := w.Chain.Client().NonceAt(t.Context(), *keys.Submitter, nil)
	require.NoError(t, err)
	require.EqualValues(t, 1, nonce)
}

// TestOwnerIsNeverTheSubmitterByMistake: the owner is for ever. An empty path is a variable that was not set, not the wish for the default.
func TestOwnerIsNeverTheSubmitterByMistake(t *testing.T) {
	w := newWorld(t)
	home, keys := w.newcomer(5)
	password := filepath.Join(home, "submitter.password")
	for want, args := range map[string][]string{
		"--owner-keystore is \"\": want the path of a file":      {"--owner-keystore", "", "--owner-password-file", password},
		"--owner-password-file is \"\": want the path of a file": {"--owner-keystore", "owner.json", "--owner-password-file", ""},
		"--owner-password-file goes with --owner-keystore":       {"--owner-password-file", password},
	} {
		r := w.program.run(t, w.join(home, append(args, "--no-wait")...)...)
		require.Equal(t, cli.ExitUsage, r.status, r.err)
		require.Contains(t, r.err, want)
	}
	require.Equal(t, operator.Unknown, w.state(*keys.MemberID))
}

func TestJoiningIsRefusedWithWhatToDo(t *testing.T) {
	w := newWorld(t)
	home, keys := w.newcomer(0)
	refused := func(want string, args ...string) {
		t.Helper()
		r := w.program.run(t, args...)
		require.Equal(t, cli.ExitError, r.status)
		require.Contains(t, r.err, want)
	}
	refused("insufficient funds: "+keys.Submitter.Hex()+" has 0 wei, and needs up to 1000000000000000000 wei", w.join(home)...)
	w.pay(*keys.Submitter, localnet.Ether(1))
	refused("insufficient funds: "+keys.Submitter.Hex()+" has 1000000000000000000 wei", w.join(home)...)
	w.pay(*keys.Submitter, localnet.Ether(4))
	refused("a bond of 500000000000000000 wei is below the least of 1000000000000000000 wei", w.join(home, "--bond", "0.5")...)
	refused("above the cap", w.join(home, "--max-fee-gwei", "0")...)

	other := *w.Manifest
	other.ChainID = 99999
	text, err := other.Encode()
	require.NoError(t, err)
	refused("is on chain 1337, the manifest is of chain 99999", w.join(home, "--network", write(t, "other.yaml", string(text)))...)
	other = *w.Manifest
	other.CodeHashes = maps.Clone(other.CodeHashes)
	other.CodeHashes["OracleCommittee"] = common.Hash{1}
	text, err = other.Encode()
	require.NoError(t, err)
	refused("the code of OracleCommittee", w.join(home, "--network", write(t, "code.yaml", string(text)))...)

	takenHome := homeFlags{node.Config{Home: w.Members[0].Home}}
	taken := takenHome.home()
	refused("peer id "+w.Members[0].PeerID+" is member "+w.Members[0].ID.Hex()+"'s", w.join(home, "--identity", taken.Identity)...)
	refused("is registered by "+w.Members[0].Owner.Address.Hex(),
		w.join(home, "--keystore", taken.Keystore, "--keystore-password-file", taken.KeystorePassword, "--identity", taken.Identity)...)
	require.Equal(t, operator.Unknown, w.state(*keys.MemberID))
}
