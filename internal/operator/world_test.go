package operator_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// world is the contracts on a chain in memory.
type world struct {
	*testing.T
	*localnet.Network
	network *operator.Network
}

func newWorld(t *testing.T, change func(*deploy.Config)) *world {
	t.Helper()
	n, err := localnet.New(t.Context(), localnet.Options{Fixtures: "../../contracts/test/fixtures", Change: change, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.NoError(t, n.FormCommittee(4))
	return &world{T: t, Network: n, network: &operator.Network{Manifest: n.Manifest, Client: txmgr.NewClient(n.Chain)}}
}

func signer(t *testing.T, a *localnet.Account) txmgr.Signer {
	t.Helper()
	s, err := txmgr.ParseKey([]byte(common.Bytes2Hex(crypto.FromECDSA(a.Key()))))
	require.NoError(t, err)
	return s
}

// sender sends as an account; while it waits, a block passes.
func (w *world) sender(a *localnet.Account) operator.Sender {
	return operator.Sender{
		Network: w.network, Signer: signer(w.T, a), Fees: txmgr.Fees{MaxFeeWei: 100e9, TipWei: 1e9},
		Sleep: func(ctx context.Context, _ time.Duration) error { w.pass(1); return ctx.Err() },
	}
}

// pass lets slots pass, of which only the last has a block.
func (w *world) pass(slots uint64) { w.Chain.NextBlock(w.Chain.Slot() + slots) }

// newcomer is a funded account with keys of its own.
func (w *world) newcomer(name string) (*localnet.Account, operator.Joining) {
	w.Helper()
	a := localnet.NewAccount(name)
	w.Chain.AddBalance(a.Address, localnet.Ether(10))
	return a, operator.Joining{Sender: w.sender(a), Key: newKey(w.T), PeerID: newPeer(w.T)}
}

func newKey(t *testing.T) *bls.SecretKey {
	t.Helper()
	key, err := bls.NewSecretKey(rand.Reader)
	require.NoError(t, err)
	return key
}

func newPeer(t *testing.T) consensus.PeerID {
	t.Helper()
	identity, err := p2p.NewIdentity(rand.Reader)
	require.NoError(t, err)
	return identity.PeerID()
}

// act does an action as an account.
func (w *world) act(a *localnet.Account, action operator.Action, r operator.Routing) (operator.Routed, error) {
	w.Helper()
	r.From = a.Address
	routed, err := w.network.Route(w.Context(), action, r)
	if err != nil {
		return routed, err
	}
	_, err = w.sender(a).Act(w.Context(), routed)
	return routed, err
}

func (w *world) mustAct(a *localnet.Account, action operator.Action, err error, meant ...string) operator.Routed {
	w.Helper()
	require.NoError(w, err)
	routed, err := w.act(a, action, operator.Routing{Meant: meant})
	require.NoError(w, err)
	return routed
}

func (w *world) registration(id common.Hash) operator.Registration {
	w.Helper()
	r, err := w.network.Registration(w.Context(), id)
	require.NoError(w, err)
	return r
}

func ether(n int64) *big.Int { return localnet.Ether(n) }

// cheap makes keys in a folder quickly.
func cheap(folder string) operator.Making {
	return operator.Making{Home: homeAt(folder), Random: rand.Reader, KDF: bls.KDF{Function: "pbkdf2", C: 2}, LightAccount: true}
}

var everything = operator.Which{BLS: true, Identity: true, Submitter: true}

func typed(text string) operator.AskPassword {
	return func(string) ([]byte, error) { return bytes.Clone([]byte(text)), nil }
}

// homeAt is a folder's files.
func homeAt(folder string) operator.Home {
	in := func(name string) string { return filepath.Join(folder, name) }
	return operator.Home{
		Manifest: in("manifest.yaml"), Keystore: in("keystore.json"), KeystorePassword: in("keystore.password"), Identity: in("identity"),
		Submitter: in("submitter.json"), SubmitterPassword: in("submitter.password"), Journal: in("journal.db"),
	}
}
