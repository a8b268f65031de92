package operator_test

import (
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestACandidateIsAdmittedLeavesAndGetsItsBondBack(t *testing.T) {
	w := newWorld(t, func(c *deploy.Config) { c.Bonds.UnbondingSeconds = 3600 })
	account, j := w.newcomer("newcomer")
	joined, err := j.Run(t.Context(), false)
	require.NoError(t, err)
	require.Equal(t, operator.Candidate, joined.Registration.State)
	require.Equal(t, ether(1), joined.Registration.BondWei)

	l := operator.Leaving{Sender: j.Sender, ID: j.ID()}
	_, err = l.Leave(t.Context())
	require.ErrorIs(t, err, operator.ErrState)
	require.ErrorContains(t, err, "--withdraw")

	admit, err := w.network.Admit(t.Context(), []common.Hash{j.ID()})
	w.mustAct(w.Accounts.Owner, admit, err)
	joined, err = j.Run(t.Context(), true)
	require.NoError(t, err)
	require.Equal(t, operator.Member, joined.Registration.State)
	next, at, err := w.network.RefSlotOfChange(t.Context())
	require.NoError(t, err)
	require.Equal(t, [2]uint64{next, at}, [2]uint64{joined.FromRefSlot, joined.FromTime})

	_, err = l.Withdraw(t.Context())
	require.ErrorContains(t, err, "is in the committee: run 'oraclenode leave' first")
	left, err := l.Leave(t.Context())
	require.NoError(t, err)
	require.Equal(t, operator.Left, left.Registration.State)
	require.Equal(t, time.Unix(int64(at)+12, 0), time.Unix(int64(left.Registration.LeftAt), 0))
	require.Equal(t, time.Unix(int64(at)+12+3600, 0), left.BondFrom)
	_, err = l.Withdraw(t.Context())
	require.ErrorContains(t, err, "stays until "+left.BondFrom.UTC().Format(time.RFC3339))
	again, err := l.Leave(t.Context())
	require.NoError(t, err, "to leave twice is no error")
	require.Equal(t, left.Registration, again.Registration)

	w.Chain.NextBlock((left.Registration.LeftAt + 3600 - w.Schedule.GenesisTime) / w.Schedule.SecondsPerSlot)
	l.To = common.Address{0x77}
	_, err = l.Withdraw(t.Context())
	require.NoError(t, err)
	require.Equal(t, ether(1), w.Chain.Balance(l.To))
	_, err = l.Withdraw(t.Context())
	require.ErrorContains(t, err, "was withdrawn already")
	_, err = j.Run(t.Context(), true)
	require.ErrorIs(t, err, operator.ErrSpent)
	require.NotZero(t, account)
}

func TestACandidateWithdrawsAtOnce(t *testing.T) {
	w := newWorld(t, nil)
	_, j := w.newcomer("newcomer")
	_, err := j.Run(t.Context(), false)
	require.NoError(t, err)
	_, err = operator.Leaving{Sender: j.Sender, ID: j.ID()}.Withdraw(t.Context())
	require.NoError(t, err)
	r := w.registration(j.ID())
	require.Equal(t, operator.Left, r.State)
	require.Zero(t, r.BondWei.Sign())
}

func TestAProofForAnotherOwnerIsRefusedBeforeAnythingIsSent(t *testing.T) {
	w := newWorld(t, nil)
	account, j := w.newcomer("newcomer")
	thief := localnet.NewAccount("thief")
	w.Chain.AddBalance(thief.Address, ether(10))
	plan, err := j.Plan(t.Context())
	require.NoError(t, err)
	_, err = w.network.Client.Prepare(t.Context(), thief.Address, *plan.Call, j.Fees)
	require.ErrorIs(t, err, txmgr.ErrReverted)
	require.ErrorContains(t, err, "ProofOfPossessionInvalid")
	_, err = w.network.Client.Prepare(t.Context(), account.Address, *plan.Call, j.Fees)
	require.NoError(t, err)
}

func TestAMemberOfAnotherOwnerCanNeitherJoinNorLeave(t *testing.T) {
	w := newWorld(t, nil)
	_, j := w.newcomer("newcomer")
	_, err := j.Run(t.Context(), false)
	require.NoError(t, err)
	_, other := w.newcomer("other")
	other.Key, other.PeerID = j.Key, j.PeerID
	_, err = other.Run(t.Context(), false)
	require.ErrorIs(t, err, operator.ErrWrongOwner)
	_, err = operator.Leaving{Sender: other.Sender, ID: j.ID()}.Withdraw(t.Context())
	require.ErrorIs(t, err, operator.ErrWrongOwner)
	_, err = operator.Leaving{Sender: other.Sender, ID: common.Hash{1}}.Leave(t.Context())
	require.ErrorIs(t, err, operator.ErrNotRegistered)

	j.PeerID = newPeer(t)
	_, err = j.Run(t.Context(), false)
	require.ErrorIs(t, err, operator.ErrKeyTaken)
	require.ErrorContains(t, err, "restore that identity")
}

// slash proves that a member signed two votes of one round.
func (w *world) slash(m localnet.Member) {
	w.Helper()
	vote := func(digest common.Hash) bindings.Vote {
		signed := m.Key.Sign(w.Domain().VoteMessage(common.Hash{1}, 99, digest))
		return bindings.Vote{Committee: common.Hash{1}, RefSlot: 99, Digest: digest, Signature: abi.Signature(signed)}
	}
	data := bindings.NewReportOracle().PackSlashEquivocation(m.ID, vote(common.Hash{2}), vote(common.Hash{3}))
	_, err := w.Must(w.Accounts.User, w.Contracts.ReportOracle, nil, data)
	require.NoError(w, err)
}

func TestASlashedKeyIsTold(t *testing.T) {
	w := newWorld(t, nil)
	w.slash(w.Members[1])
	j := operator.Joining{Sender: w.sender(w.Members[1].Owner), Key: w.Members[1].Key, PeerID: newPeer(t)}
	_, err := j.Run(t.Context(), true)
	require.ErrorIs(t, err, operator.ErrSlashed)
	_, err = operator.Leaving{Sender: j.Sender, ID: j.ID()}.Leave(t.Context())
	require.ErrorIs(t, err, operator.ErrSlashed)
	_, err = w.network.Eject(t.Context(), j.ID())
	require.ErrorIs(t, err, operator.ErrState)
}
