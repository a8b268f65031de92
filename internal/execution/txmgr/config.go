package txmgr

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// What is taken for zero.
const (
	DefaultBumpEvery = 36 * time.Second // three slots of mainnet
	DefaultPollEvery = 12 * time.Second
	DefaultPatience  = 3 * time.Minute
	DefaultIdleEvery = 5 * time.Minute

	maxNodes = 32
)

// Config of a Sender. ChainID, Oracle, Pool, Nodes, Signer, Store, Now and After are needed; zero means the default for the others.
type Config struct {
	ChainID uint64
	Oracle  common.Address    // ReportOracle
	Pool    common.Address    // StakingPool, which knows the last report
	Nodes   []*execution.Node // in order of preference
	Signer  Signer
	Store   string // path of the file of this node's transactions; made when missing, mode 0600
	Fees    Fees

	BumpEvery time.Duration // how long a transaction waits before it is replaced by one that bids more
	PollEvery time.Duration // between looks at the chain while there is something to do; Wake makes one at once
	Patience  time.Duration // how long a transaction that bids enough may wait before other endpoints' nonce is tried
	IdleEvery time.Duration // between looks at the balance

	Now     func() time.Time
	After   func(time.Duration) <-chan time.Time
	Changed func() // called when State differs; it must not block, nor call the sender but for State
	Log     *slog.Logger
}

func (c *Config) complete() error {
	switch {
	case c.ChainID == 0 || c.Oracle == (common.Address{}) || c.Pool == (common.Address{}):
		return fmt.Errorf("%w: chain or contracts are missing", ErrConfig)
	case len(c.Nodes) == 0 || len(c.Nodes) > maxNodes:
		return fmt.Errorf("%w: %d endpoints are not between 1 and %d", ErrConfig, len(c.Nodes), maxNodes)
	case c.Signer == nil || c.Store == "" || c.Now == nil || c.After == nil:
		return fmt.Errorf("%w: signer, file of this node's transactions or clock is missing", ErrConfig)
	case c.BumpEvery < 0 || c.PollEvery < 0 || c.Patience < 0 || c.IdleEvery < 0:
		return fmt.Errorf("%w: a time is negative", ErrConfig)
	}
	c.BumpEvery, c.PollEvery = cmp.Or(c.BumpEvery, DefaultBumpEvery), cmp.Or(c.PollEvery, DefaultPollEvery)
	c.Patience, c.IdleEvery = cmp.Or(c.Patience, DefaultPatience), cmp.Or(c.IdleEvery, DefaultIdleEvery)
	if c.Changed == nil {
		c.Changed = func() {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c.Fees.Complete()
}

func (c *Config) domain() report.Domain {
	return report.Domain{ChainID: new(big.Int).SetUint64(c.ChainID), Oracle: c.Oracle}
}

// Errors of this package, to be told apart with errors.Is.
var (
	// ErrConfig: options with which no sender can work.
	ErrConfig = errors.New("invalid configuration of the submission")
	// ErrJob: the job cannot be put into a transaction.
	ErrJob = errors.New("not a certified report")
	// ErrStore: the file of this node's transactions cannot be used.
	ErrStore = errors.New("the file of this node's transactions cannot be used")
	// ErrKeystore: not an account's keystore that can be opened.
	ErrKeystore = errors.New("cannot use the account's keystore")
	// ErrPassword: the password does not open the keystore.
	ErrPassword = errors.New("wrong password, or a damaged keystore: check that the password belongs to this account")
	// ErrSigner: the signer gave no signature, or not the one that was asked for.
	ErrSigner = errors.New("the signer did not sign what it was asked to")
)
