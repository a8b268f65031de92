package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// row is one measured submission. Its gas is that of Osaka's rules.
type row struct {
	members, absent     int
	certificate, submit uint64
	state               uint64 // gas for new state, since Amsterdam
	created             []evm.Word
	by                  map[evm.Fork]uint64 // submit by the other rules
	calls               []evm.CallCost
	words               map[evm.Word]uint64
	data                []byte
	contracts           manifest.Set
}

var errNoCertificateCall = errors.New("the submission made no call to the committee")

// largest is KeySets.MAX_MEMBERS.
const largest = 250

// sizes of the committees that are measured.
func sizes() []int { return []int{4, 32, 128, largest} }

// network deploys a set with a committee of size members and a pool that is staked, under the rules of a fork.
func network(ctx context.Context, fixtures string, size int, fork evm.Fork) (*localnet.Network, error) {
	n, err := localnet.New(ctx, localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler), Fork: fork})
	if err != nil {
		return nil, err
	}
	if err := n.FormCommittee(size); err != nil {
		return nil, err
	}
	return n, stake(n)
}

// measure submits reports with growing absence.
func measure(n *localnet.Network) ([]row, error) {
	size := len(n.Members)
	// Two reports warm the storage: the figures are of steady frames.
	for range 2 {
		if _, err := submit(n, 0); err != nil {
			return nil, err
		}
	}
	var rows []row
	for _, absent := range absences(size) {
		r, err := submit(n, absent)
		if err != nil {
			return nil, fmt.Errorf("%d of %d absent: %w", absent, size, err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// withOthers adds what the same submissions cost by the rules of another fork.
func withOthers(rows, others []row, fork evm.Fork) {
	for i := range rows {
		if rows[i].by == nil {
			rows[i].by = make(map[evm.Fork]uint64)
		}
		rows[i].by[fork] = others[i].submit
	}
}

// absences are 0, 1, a tenth and f members, each once.
func absences(size int) []int {
	list := []int{0, 1}
	for _, n := range []int{size / 10, report.MaxFaulty(size)} {
		if n > list[len(list)-1] {
			list = append(list, n)
		}
	}
	return list
}

// submit opens a frame in which the pool earned a little in every place and submits its report with the first members absent.
func submit(n *localnet.Network, absent int) (row, error) {
	n.Chain.AddBalance(n.Contracts.WithdrawalVault, localnet.Ether(1))
	n.Chain.AddBalance(n.Contracts.ELRewardsVault, localnet.Ether(1))
	frame, err := n.OpenFrame()
	if err != nil {
		return row{}, err
	}
	r, err := n.QuietReport(frame)
	if err != nil {
		return row{}, err
	}
	r.CLValidatorsGwei += 1e9
	missing := make([]int, absent)
	for i := range missing {
		missing[i] = i
	}
	certificate, err := n.Certify(r, missing...)
	if err != nil {
		return row{}, err
	}
	hooks, calls := evm.CallCosts()
	words := evm.WordCosts(hooks)
	data := localnet.SubmitData(r, certificate, frame.Proof)
	before := n.Chain.Snapshot()
	result, err := n.SendTraced(n.Accounts.User, n.Contracts.ReportOracle, nil, data, hooks)
	if err != nil {
		return row{}, err
	}
	if result.Err != nil {
		return row{}, result.Err
	}
	m := row{
		members: len(n.Members), absent: absent, submit: result.Receipt.GasUsed, state: result.StateGas,
		created: evm.NewWords(before, n.Chain, words), calls: *calls, words: words, data: data, contracts: n.Contracts,
	}
	for _, c := range *calls {
		if c.From == n.Contracts.ReportOracle && c.To == n.Contracts.OracleCommittee {
			m.certificate = c.Gas
			return m, nil
		}
	}
	return row{}, errNoCertificateCall
}

func verifyData(r report.Report, message [32]byte, c bindings.Certificate) []byte {
	return bindings.NewOracleCommittee().PackVerifyCertificate(r.RefSlot, r.Committee, message, c)
}

// stake makes the pool large enough that the rewards of the measured frames stay below the bound, and gives an operator keys, so that the fee is
// split.
func stake(n *localnet.Network) error {
	pool := bindings.NewStakingPool()
	amount := localnet.Ether(100_000)
	if _, err := n.Must(n.Accounts.User, n.Contracts.StakingPool, amount, pool.PackDeposit(n.Accounts.User.Address, new(big.Int))); err != nil {
		return err
	}
	return n.FundValidators(1)
}
