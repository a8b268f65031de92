package operator

import (
	"context"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Sender sends the transactions of one account.
type Sender struct {
	Network    *Network
	Signer     txmgr.Signer
	Fees       txmgr.Fees
	Sleep      func(ctx context.Context, d time.Duration) error
	Every      time.Duration // between two looks at the chain
	OnProgress func(Progress)
}

// Progress is something that happened, for people.
type Progress struct {
	Step Step
	Text string // a sentence
}

// Step names a kind of progress.
type Step string

// Steps of joining and leaving, and of every action.
const (
	StepChecked Step = "checked"
	StepQueued  Step = "queued" // earlier transactions of the account are still under way
	StepSent    Step = "sent"
	StepMined   Step = "mined"
	StepWaiting Step = "waiting"
	StepDone    Step = "done"
)

func (s Sender) report(step Step, format string, a ...any) {
	if s.OnProgress != nil {
		s.OnProgress(Progress{step, fmt.Sprintf(format, a...)})
	}
}

// send prepares a call, sends it and waits until it is in a block.
func (s Sender) send(ctx context.Context, call txmgr.Call) (txmgr.Receipt, error) {
	prepared, err := s.Network.Client.Prepare(ctx, s.Signer.Address(), call, s.Fees)
	if err != nil {
		return txmgr.Receipt{}, err
	}
	receipt, err := s.Network.Client.Send(ctx, s.Signer, prepared, txmgr.Sending{
		Sent: func(hash common.Hash) {
			s.report(StepSent, "Sent transaction %s; waiting until it is in a block.", hash)
		},
		Sleep: s.Sleep, Every: s.Every,
	})
	if err != nil {
		return receipt, err
	}
	s.report(StepMined, "Transaction %s is in block %d.", receipt.Hash, receipt.Block)
	return receipt, nil
}

// settle waits until no transaction of the account is under way: one of an interrupted run may be the very one that is to be sent.
func (s Sender) settle(ctx context.Context) error {
	account := s.Signer.Address()
	return s.Network.Client.Settle(ctx, account, txmgr.Sending{Sleep: s.Sleep, Every: s.Every}, func(transactions uint64) {
		s.report(StepQueued, "Account %s has %d transactions under way; waiting for them first. If they are stuck, replace them with the same nonce.",
			account, transactions)
	})
}
