package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// cost is what a transaction took. used is what is paid for; execution and state are what a block counts since Amsterdam, refunds not taken off.
type cost struct {
	used, execution, state uint64 // gas
	created                int    // slots
}

// callRow is a call under the rules of every fork.
type callRow struct {
	name string
	by   map[evm.Fork]cost
}

// meter sends calls one after another and keeps what they cost. After an error it does nothing more.
type meter struct {
	*localnet.Network
	names []string
	costs []cost
	err   error
}

// send measures a call, which must succeed.
func (m *meter) send(name string, from *localnet.Account, to common.Address, wei *big.Int, data []byte) {
	if m.err != nil {
		return
	}
	hooks, _ := evm.CallCosts()
	words := evm.WordCosts(hooks)
	before := m.Chain.Snapshot()
	result, err := m.SendTraced(from, to, wei, data, hooks)
	if err == nil && result.Err != nil {
		err = fmt.Errorf("%s: %w", abi.RevertName(result.Err), result.Err)
	}
	if err != nil {
		m.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	m.names = append(m.names, name)
	m.costs = append(m.costs, cost{result.Receipt.GasUsed, result.ExecutionGas, result.StateGas, len(evm.NewWords(before, m.Chain, words))})
}

// do prepares what the next call needs.
func (m *meter) do(prepare func() error) {
	if m.err == nil {
		m.err = prepare()
	}
}

// measureCalls measures the calls of holders, operators and members under the rules of every fork.
func measureCalls(ctx context.Context, fixtures string) ([]callRow, error) {
	var rows []callRow
	for _, fork := range evm.Forks() {
		m, err := callsUnder(ctx, fixtures, fork)
		if err != nil {
			return nil, fmt.Errorf("calls under %s: %w", fork, err)
		}
		for i, name := range m.names {
			if i == len(rows) {
				rows = append(rows, callRow{name, make(map[evm.Fork]cost)})
			}
			rows[i].by[fork] = m.costs[i]
		}
	}
	return rows, nil
}

func callsUnder(ctx context.Context, fixtures string, fork evm.Fork) (*meter, error) {
	n, err := localnet.New(ctx, localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler), Fork: fork})
	if err != nil {
		return nil, err
	}
	if err := n.FormCommittee(largest); err != nil {
		return nil, err
	}
	m := &meter{Network: n}
	m.holders()
	m.operators()
	m.members()
	return m, m.err
}

// holders deposit and ask for their ether.
func (m *meter) holders() {
	pool, queue, user := bindings.NewStakingPool(), bindings.NewWithdrawalQueue(), m.Accounts.User
	deposit := func(name string) {
		m.send(name, user, m.Contracts.StakingPool, localnet.Ether(1000), pool.PackDeposit(user.Address, new(big.Int)))
	}
	deposit("deposit, a new holder")
	deposit("deposit, one who holds already")
	m.do(func() error {
		_, err := m.Must(user, m.Contracts.StakedEther, nil, bindings.NewStakedEther().PackApprove(m.Contracts.WithdrawalQueue, localnet.Ether(100)))
		return err
	})
	request := func(name string) {
		m.send(name, user, m.Contracts.WithdrawalQueue, nil, queue.PackRequest([]*big.Int{localnet.Ether(1)}, user.Address))
	}
	request("request, the first of all")
	request("request, one more")
	m.submit("submit, the first of all, which finalizes a request", 1)
	request("request, the first since one was finalized")
	m.do(func() error { _, err := m.OpenFrame(); return err }) // requests wait until a report's frame is an hour younger
	m.submit("submit, which finalizes two more", 3)
	m.send("claim", user, m.Contracts.WithdrawalQueue, nil, queue.PackClaim([]*big.Int{big.NewInt(1)}, []*big.Int{new(big.Int)}, user.Address))
}

// submit measures a report that finalizes requests.
func (m *meter) submit(name string, upTo uint64) {
	var data []byte
	m.do(func() error {
		frame, err := m.OpenFrame()
		if err != nil {
			return err
		}
		r, err := m.QuietReport(frame)
		if err != nil {
			return err
		}
		r.FinalizeUpTo = upTo
		c, err := m.Certify(r)
		data = localnet.SubmitData(r, c, frame.Proof)
		return err
	})
	m.send(name, m.Accounts.User, m.Contracts.ReportOracle, nil, data)
}

// operators give keys, which are deposited, and are asked for exits.
func (m *meter) operators() {
	registry := bindings.NewOperatorRegistry()
	m.do(func() error { return m.AddOperator(0, 1) })
	m.send("addKeys, 1 key", m.Accounts.Operator, m.Contracts.OperatorRegistry, nil, m.AddKeysData(1, 1))
	m.send("addKeys, 32 keys, the most", m.Accounts.Operator, m.Contracts.OperatorRegistry, nil, m.AddKeysData(2, 32))
	book := bindings.NewValidators()
	call := func(name string, data []byte) { m.send(name, m.Accounts.Keeper, m.Contracts.Validators, nil, data) }
	call("predeposit, the first key", book.PackPredeposit(1))
	call("predeposit, 1 key more", book.PackPredeposit(1))
	call("predeposit, 16 keys", book.PackPredeposit(16))
	m.prove("proveKey, own, the operator's first", 0, m.FreshRecord(), book.PackProveKey)
	m.prove("proveKey, own, one more", 1, m.FreshRecord(), book.PackProveKey)
	m.do(func() error { return m.ProveKeys(2, 16) })
	call("topUp, the first key", book.PackTopUp(big.NewInt(1), nil))
	call("topUp, 16 keys, the most", book.PackTopUp(big.NewInt(16), nil))
	exited := m.FreshRecord()
	exited.ExitEpoch = 0
	m.prove("proveLeaving, exited", 16, exited, book.PackProveLeaving)
	var ids []uint64
	for i := range uint64(16) {
		ids = append(ids, i)
	}
	ask := func(name string, ids []uint64) {
		m.send(name, m.Accounts.Owner, m.Contracts.OperatorRegistry, localnet.Ether(1), registry.PackRequestExits(ids))
	}
	ask("requestExits, the first key", ids[:1])
	ask("requestExits, 16 keys, the most", ids)
	m.do(func() error { return m.Predeposit(1) })
	foreign := m.FreshRecord()
	foreign.WithdrawalCredentials = common.Hash{1}
	m.prove("proveKey, foreign", 18, foreign, book.PackProveKey)
}

// prove measures a proof about a key by a beacon state that has this record of it.
func (m *meter) prove(name string, key uint64, record bindings.ValidatorProof, pack func(uint64, bindings.KeyProof) []byte) {
	var data []byte
	m.do(func() error {
		proofs, err := m.KeyProofs(key, []bindings.ValidatorProof{record})
		if err == nil {
			data = pack(key, proofs[0])
		}
		return err
	})
	m.send(name, m.Accounts.Keeper, m.Contracts.Validators, nil, data)
}

// members come and go, at the largest committee; the last ones while a change waits for the next reference slot.
func (m *meter) members() {
	committee, at := bindings.NewOracleCommittee(), m.Contracts.OracleCommittee
	candidate, registration := m.Registration("one more", localnet.NewKey(uint64(largest)))
	m.send("register", candidate.Owner, at, localnet.Ether(1), registration)
	leave := func(name string, i int) {
		m.send(name, m.Members[i].Owner, at, nil, committee.PackRequestLeave(m.Members[i].ID))
	}
	var frame localnet.Frame
	m.do(func() (err error) { frame, err = m.OpenFrame(); return err })
	leave("requestLeave", 40)
	m.send("admit, 1 member", m.Accounts.Owner, at, nil, committee.PackAdmit([][32]byte{candidate.ID}))
	m.do(func() (err error) { frame, err = m.OpenFrame(); return err })
	leave("requestLeave, the frame after", 41)
	m.send("eject, while a change waits", m.Accounts.Guardian, at, nil, committee.PackEject(m.Members[100].ID))
	votes, err := m.twoVotes(m.Members[200], frame)
	m.do(func() error { return err })
	m.send("slashEquivocation, while a change waits", m.Accounts.User, m.Contracts.ReportOracle, nil,
		bindings.NewReportOracle().PackSlashEquivocation(m.Members[200].ID, votes[0], votes[1]))
	var spread [][32]byte
	for i := 0; i < largest; i += chunkMembers {
		spread = append(spread, m.Members[i].ID)
	}
	m.send("remove, a member of each of 8 chunks", m.Accounts.Owner, at, nil, committee.PackRemove(spread))
}

// chunkMembers is KeyDrafts.CHUNK_MEMBERS.
const chunkMembers = 32

// twoVotes are of one member for one frame.
func (m *meter) twoVotes(of localnet.Member, f localnet.Frame) (votes [2]bindings.Vote, err error) {
	committee := bindings.NewOracleCommittee()
	digest, err := localnet.Query(m.Network, m.Contracts.OracleCommittee, committee.PackDigestAt(f.RefSlot), committee.UnpackDigestAt)
	if err != nil {
		return votes, err
	}
	domain := m.Domain()
	for i := range votes {
		said := common.Hash{byte(i + 1)}
		signature := of.Key.Sign(domain.VoteMessage(digest, f.RefSlot, said))
		votes[i] = bindings.Vote{Committee: digest, RefSlot: f.RefSlot, Digest: said, Signature: abi.Signature(signature)}
	}
	return votes, nil
}
