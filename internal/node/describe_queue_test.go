package node

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// waitingRunner is a runner of closing(100) with a log and a context.
func waitingRunner() *runner {
	r := closing(100)
	r.log, r.ctx = slog.New(slog.DiscardHandler), context.Background()
	return r
}

func TestTheStatusSaysWhenRequestsArePaidAndWhy(t *testing.T) {
	r := waitingRunner()
	require.Nil(t, r.describeQueue(), "nothing is computed yet")
	r.keepExits(31, &snapshot.Exits{
		Demand: report.ExitDemandOutput{ExitGwei: 87e9},
		Waiting: report.WaitingQueue{
			First: 4, Last: 9, DueWei: big.NewInt(5e18), Hold: "The queue is paused.",
			FirstPaid: report.Payment{RefSlot: 31 + 5*7200, HereGwei: 1e9, HomeGwei: 96e9},
			Steps:     []report.PaymentStep{{RefSlot: 31 + 5*7200, UpTo: 6}},
			LastPaid:  report.Payment{HereGwei: 2e9, HomeGwei: 3e9, MissingGwei: 4e9, IfAskedRefSlot: 31 + 7*7200},
		},
	}, nil)
	q := r.describeQueue()
	first, asked := r.timeOf(31+5*7200).UTC(), r.timeOf(31+7*7200).UTC()
	require.Equal(t, &status.Payment{
		Text: "Within about 5 days: 96 ETH come home.", RefSlot: 31 + 5*7200, At: &first, HereWei: "1000000000", HomeWei: "96000000000", MissingWei: "0",
	}, weiToGwei(q.FirstPaid))
	require.Equal(t, "Not known: nobody has asked for 4 ETH of exits that it needs. No report asks yet: whoever has the pool's exit role does, or an operator for its own keys. "+
		"If it was asked for now: within about 7 days.", q.LastPaid.Text)
	require.Nil(t, q.LastPaid.At)
	require.Equal(t, &asked, q.LastPaid.IfAskedAt)
	require.Equal(t, "4000000000000000000", q.LastPaid.MissingWei)
	require.Equal(t, []any{uint64(31), uint64(4), uint64(9), "5000000000000000000", "87000000000000000000", "The queue is paused.", ""},
		[]any{q.RefSlot, q.First, q.Last, q.DueWei, q.ExitWei, q.Hold, q.Why})
	require.Equal(t, []status.Step{{RefSlot: 31 + 5*7200, At: first, UpTo: 6}}, q.Steps)
	require.Equal(t, "exitGwei", q.Explanation[0].Field)

	r.exits.exits.Waiting.FirstPaid.Bunker = true
	require.Nil(t, r.describeQueue().FirstPaid.At, "in bunker nobody knows when it is paid")
	require.Zero(t, r.describeQueue().FirstPaid.RefSlot)
	require.Contains(t, r.describeQueue().FirstPaid.Text, "bunker")
}

// weiToGwei makes amounts short enough to read.
func weiToGwei(p *status.Payment) *status.Payment {
	short := *p
	for _, amount := range []*string{&short.HereWei, &short.HomeWei, &short.MissingWei} {
		wei, _ := new(big.Int).SetString(*amount, 10)
		*amount = wei.Quo(wei, big.NewInt(1e9)).String()
	}
	return &short
}

func TestNothingThatWaitsIsNoPayment(t *testing.T) {
	r := waitingRunner()
	r.keepExits(31, &snapshot.Exits{Waiting: report.WaitingQueue{DueWei: new(big.Int)}}, nil)
	q := r.describeQueue()
	require.Zero(t, q.Last)
	require.Nil(t, q.FirstPaid)
	require.Nil(t, q.LastPaid)
}

func TestWhyItIsNotKnownWhenRequestsArePaid(t *testing.T) {
	r := waitingRunner()
	r.keepExits(31, nil, errors.New("the state is gone"))
	require.Equal(t, &status.Queue{RefSlot: 31, Why: "the state is gone", DueWei: "0", ExitWei: "0", Steps: []status.Step{}, Explanation: []status.Line{}}, r.describeQueue())

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r.ctx, r.exits = ctx, nil
	r.keepExits(31, nil, context.Canceled)
	require.Nil(t, r.describeQueue(), "a node that ends says nothing")
}
