package node

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// addOperator registers an operator with a bond and keys.
func (w *world) addOperator(count uint64) {
	registry, at, operator := bindings.NewOperatorRegistry(), w.manifest.Contracts.OperatorRegistry, w.accounts.Operator
	w.send(w.accounts.Owner, at, nil, registry.PackAddOperator("operator", operator.Address, operator.Address, 1000, uint8(count)))
	w.send(operator, at, localnet.Ether(int64(count)), registry.PackAddBond(new(big.Int)))
	w.send(operator, at, nil, registry.PackAddKeys(new(big.Int), false, keys.Inputs(w.manifest, false, 0, count)))
}

// funded says whether the first count keys have all their ether.
func (w *world) funded(count uint64) bool {
	book, at := bindings.NewValidators(), w.manifest.Contracts.Validators
	for id := range count {
		answer, err := txmgr.NewClient(w.Client()).View(w.Context(), at, book.PackKeyOf(id))
		require.NoError(w, err)
		key, err := book.UnpackKeyOf(answer)
		require.NoError(w, err)
		if key.SentGwei < 32e9 {
			return false
		}
	}
	return true
}

// done adds up what all members have done.
func (w *world) done(kind keeper.Kind) (sum uint64) {
	for _, n := range w.nodes {
		if k := n.source.Status().Keeper; k != nil {
			sum += k.Done[string(kind)]
		}
	}
	return sum
}

// Nobody but the members acts: their keepers bring what a holder has deposited to keys, and each call is made once.
func TestMembersBringThePoolsEtherToItsKeys(t *testing.T) {
	w := newWorld(t, 4)
	w.addOperator(2)
	w.startAll(nil)
	for last := w.schedule.RefSlot(6); !w.funded(2); w.slot() {
		require.Less(t, w.Slot(), last, "the keys have not got their ether")
	}
	for _, n := range w.nodes {
		n.until("knows what it has done", func(s status.Status) bool { return s.Keeper != nil && s.Keeper.Problem == "" })
	}
	w.slot()
	require.EqualValues(t, 1, w.done(keeper.Predeposit))
	require.EqualValues(t, 2, w.done(keeper.ProveKey))
	require.EqualValues(t, 1, w.done(keeper.TopUp))
}

func TestAMemberMayLeaveChoresToOthers(t *testing.T) {
	w := newWorld(t, 4)
	w.addOperator(1)
	w.startAll(func(_ int, c *Config, _ *Hooks) { c.NoKeeper = true })
	refSlot := w.schedule.RefSlot(0)
	w.untilNode(w.nodes[0], refSlot, "reports", reported(refSlot))
	w.slot()
	require.Nil(t, w.nodes[0].source.Status().Keeper)
	require.Zero(t, w.done(keeper.Predeposit))
}

func TestTurnsFollowTheReport(t *testing.T) {
	members := make([]consensus.Member, 5)
	for i := range members {
		members[i].Key[0] = byte(i)
	}
	seen := make(map[int]bool)
	digest := common.Hash{7}
	for _, m := range members {
		turn := (&chores{parts: &parts{key: &m.Key}}).turn(consensus.Committee{Members: members}, digest)
		require.False(t, seen[turn])
		seen[turn] = true
	}
	require.Len(t, seen, 5)
	require.Equal(t, consensus.SubmissionOrder(digest, 5)[0], firstInTurn(members, digest))
	require.Equal(t, -1, (&chores{parts: &parts{key: &consensus.Key{9}}}).turn(consensus.Committee{Members: members}, digest), "not a member")
	require.Equal(t, -1, (&chores{parts: &parts{}}).turn(consensus.Committee{Members: members}, digest), "no key")
}

func firstInTurn(members []consensus.Member, digest common.Hash) int {
	for i, m := range members {
		if (&chores{parts: &parts{key: &m.Key}}).turn(consensus.Committee{Members: members}, digest) == 0 {
			return i
		}
	}
	return -1
}

// A state is read only when the last report saw a key that does not merely wait for its deposit.
func TestNoStateIsReadWhileKeysWaitForTheirDeposits(t *testing.T) {
	now := uint64(clock.System().Now().Unix())
	m := &manifest.Manifest{States: manifest.States{GloasForkEpoch: manifest.UnknownEpoch}, Schedule: manifest.Schedule{SecondsPerSlot: 1, SlotsPerEpoch: 1, GenesisTime: now - 1000}}
	c := &chores{parts: &parts{clock: clock.System(), manifest: m, schedule: report.Schedule(m.Schedule)}, waits: make(map[report.PublicKey]bool)}
	waits, there, unknown := report.PublicKey{1}, report.PublicKey{2}, report.PublicKey{3}
	var s report.Snapshot
	s.Consensus.Unproven = []report.UnprovenKey{{PublicKey: waits}, {PublicKey: there, Validator: true}}
	s.Consensus.Pending = []report.PendingDeposit{{PublicKey: waits}, {PublicKey: there}}
	s.RefSlot = 900
	c.learn(s)
	read := &counting{}
	k := settledKeys{read, c}
	for _, asked := range [][]report.PublicKey{{waits}, {waits, waits}} {
		_, err := k.Prove(t.Context(), asked)
		require.NoError(t, err)
	}
	require.Zero(t, read.times)
	for i, asked := range [][]report.PublicKey{{waits, there}, {unknown}} {
		_, err := k.Prove(t.Context(), asked)
		require.NoError(t, err)
		require.Equal(t, i+1, read.times)
	}
	require.Equal(t, 2, c.describe().Unproven)

	m.States.GloasForkEpoch = 950 // since the report
	_, err := k.Prove(t.Context(), []report.PublicKey{waits})
	require.NoError(t, err)
	require.Equal(t, 3, read.times, "the fork may have made a builder of it")
	m.States.GloasForkEpoch = 800
	_, err = k.Prove(t.Context(), []report.PublicKey{waits})
	require.NoError(t, err)
	require.Equal(t, 3, read.times)
}

func TestEveryChoreHasACode(t *testing.T) {
	for _, table := range metrics.CodeTables() {
		if table.Label != "chore" {
			continue
		}
		var texts []string
		for _, c := range table.Codes {
			texts = append(texts, c.Text)
		}
		for _, kind := range keeper.Kinds() {
			require.Contains(t, texts, string(kind))
		}
		require.Len(t, texts, len(keeper.Kinds()))
		return
	}
	require.Fail(t, "no label is called chore")
}

// counting counts readings.
type counting struct{ times int }

func (c *counting) Prove(context.Context, []report.PublicKey) (keeper.Proofs, error) {
	c.times++
	return keeper.Proofs{}, nil
}

func TestANewerTurnTakesThePlaceOfAnOlderOne(t *testing.T) {
	var key consensus.Key
	c := &chores{parts: &parts{clock: clock.System(), key: &key}, wake: make(chan time.Time, 1)}
	c.manifest = &manifest.Manifest{SubmitStaggerSeconds: 12}
	committee := consensus.Committee{Members: make([]consensus.Member, 1)}
	c.plan(committee, common.Hash{1})
	first := <-c.wake
	c.wake <- first
	c.plan(committee, common.Hash{2})
	require.Len(t, c.wake, 1)
	require.True(t, (<-c.wake).After(first))
	require.Equal(t, 0, c.describe().Turn)
	require.NotNil(t, c.describe().NextTurn)
}
