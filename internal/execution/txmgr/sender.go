package txmgr

import (
	"context"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
)

// maxReverts is how many of this node's transactions may revert for one report before nothing more is sent for it: only endpoints that lie make it so.
const maxReverts = 3

// Sender submits reports to the contract, one account for one oracle. Submit, Wake and State may be called from any goroutine, Run or Step from one.
type Sender struct {
	config Config
	store  *store
	wake   chan struct{}

	mu    sync.Mutex
	next  *work // handed over, not begun
	state State

	// Of the goroutine that steps.
	job         *work
	nonceChoice int       // see majorityOf
	stalledAt   time.Time // since when the newest transaction makes no progress
	strangeAt   time.Time // since when the pool holds a stranger's transaction of the account
	lookedAt    time.Time
	settled     *big.Int // cost of transactions that are final
}

// work is a job with what was made of it.
type work struct {
	Job
	digest  common.Hash
	data    []byte
	reverts map[common.Hash]bool
}

// New makes a sender and reads what an earlier one left. Errors: ErrConfig, ErrStore.
func New(c Config) (*Sender, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	account := c.Signer.Address()
	kept, err := openStore(c.Store, stored{Version: storeVersion, ChainID: c.ChainID, Oracle: c.Oracle, Account: account})
	if err != nil {
		return nil, err
	}
	s := &Sender{config: c, store: kept, wake: make(chan struct{}, 1), settled: new(big.Int)}
	s.state = State{Address: account, Stage: Idle, SpentWei: new(big.Int), Transactions: map[string]uint64{}, Code: CodeIdle, Why: "There is no report to submit."}
	return s, nil
}

// Submit hands over a report. It replaces one of the same or an earlier reference slot; one that was handed over already goes on. Errors: ErrJob.
func (s *Sender) Submit(j Job) error {
	j.Signers = append([]byte(nil), j.Signers...)
	data, err := j.calldata()
	if err != nil {
		return err
	}
	w := &work{Job: j, digest: s.config.domain().Digest(j.Report), data: data, reverts: make(map[common.Hash]bool)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if newest := s.state.RefSlot; j.Report.RefSlot < newest {
		return fmt.Errorf("%w: reference slot %d is older than %d, which was handed over before", ErrJob, j.Report.RefSlot, newest)
	}
	s.next = w
	s.wakeUp()
	return nil
}

// Wake has Run look at the chain at once: there is a new block.
func (s *Sender) Wake() { s.wakeUp() }

func (s *Sender) wakeUp() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// State is a snapshot.
func (s *Sender) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.clone()
}

// Run works until ctx ends.
func (s *Sender) Run(ctx context.Context) {
	for ctx.Err() == nil {
		s.Step(ctx)
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-s.config.After(s.config.PollEvery):
		}
	}
}

// Step looks at the chain once and does what is due. Run calls it; tests do.
func (s *Sender) Step(ctx context.Context) {
	s.startNext()
	if s.job == nil && len(s.store.Attempts) == 0 && !s.lookedAt.IsZero() && s.config.Now().Sub(s.lookedAt) < s.config.IdleEvery {
		return
	}
	views, err := s.readViews(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.config.Log.Debug("An execution endpoint could not be asked about submissions.", "reason", err)
	}
	if len(views) == 0 {
		s.setReason(nil, reason{CodeNoEndpoint, "No execution endpoint answers about the submission: " + shortened(err) + "."})
		return
	}
	s.lookedAt = s.config.Now()
	b := majorityOf(views, s.config.Now(), s.nonceChoice)
	s.follow(ctx, b)
	s.setReason(b, s.advance(ctx, b))
}

// startNext begins with what was handed over.
func (s *Sender) startNext() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		return
	}
	same := s.state.RefSlot == s.next.Report.RefSlot && s.state.Digest == s.next.digest
	switch {
	case same && s.job != nil:
		s.job.Deadline = s.next.Deadline
	default:
		s.job = s.next
		s.state.RefSlot, s.state.Digest, s.state.Stage, s.state.Included = s.job.Report.RefSlot, s.job.digest, Waiting, nil
		s.stalledAt, s.strangeAt = time.Time{}, time.Time{}
	}
	s.next = nil
}

// change alters the state under its lock.
func (s *Sender) change(f func(*State)) {
	s.mu.Lock()
	before := s.state.clone()
	f(&s.state)
	differs := !s.state.equal(before)
	s.mu.Unlock()
	if differs {
		s.config.Changed()
	}
}

const maxWhy = 600

// shortened is an error's text for a sentence.
func shortened(err error) string {
	if err == nil {
		return ""
	}
	return format.Printable(err.Error(), maxWhy)
}
