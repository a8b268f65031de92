package status

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// HoldersSource reads what holders can do.
type HoldersSource interface {
	// Holders is as of the newest block. The error says what to do.
	Holders(ctx context.Context) (Holders, error)
}

// Holders is what a holder of the token can do and what it brings, as the contracts say it at one block and at its time. Amounts are decimal strings of wei;
// shares are counted in parts of 1e18 as well.
type Holders struct {
	Version   int              `json:"version"`
	Network   string           `json:"network"`
	ChainID   uint64           `json:"chainId"`
	Block     HoldersBlock     `json:"block"`
	Contracts HoldersContracts `json:"contracts"`
	Rate      HoldersRate      `json:"rate"`
	Doubts    HoldersDoubts    `json:"doubts"`
	Deposits  HoldersDeposits  `json:"deposits"`
	Requests  HoldersRequests  `json:"requests"`
	Reports   HoldersReports   `json:"reports"`
	Silence   HoldersSilence   `json:"silence"`
}

// HoldersBlock is the block that all values are read at.
type HoldersBlock struct {
	Number uint64      `json:"number"`
	Hash   common.Hash `json:"hash"`
	Time   time.Time   `json:"time"`
}

// HoldersContracts are what holders call.
type HoldersContracts struct {
	StakingPool        common.Address `json:"stakingPool"`
	StakedEther        common.Address `json:"stakedEther"`
	WrappedStakedEther common.Address `json:"wrappedStakedEther"`
	WithdrawalQueue    common.Address `json:"withdrawalQueue"`
}

// HoldersRate is what the token is worth. Wrapping and unwrapping are at this rate.
type HoldersRate struct {
	TotalPooledWei string `json:"totalPooledWei"`
	TotalShares    string `json:"totalShares"`
	WrappedShares  string `json:"wrappedShares"`  // one for each wrapped token
	WeiPerToken    string `json:"weiPerToken"`    // that one wrapped token is worth, and becomes of the rebasing token
	SharesPerEther string `json:"sharesPerEther"` // and parts of the wrapped token that one ether of the rebasing one becomes
}

// HoldersDoubts are the states that close something until a report ends them.
type HoldersDoubts struct {
	Bunker          bool   `json:"bunker"`          // the last report saw losses in progress
	Held            bool   `json:"held"`            // a report is held, or was since the last one that was applied
	LossUnconfirmed bool   `json:"lossUnconfirmed"` // the last report lost more than noise; the next one confirms it or takes it back
	UnconfirmedWei  string `json:"unconfirmedWei"`  // that loss
	ReportFalse     bool   `json:"reportFalse"`     // the last report was proven false
	InDoubt         bool   `json:"inDoubt"`         // nobody is paid without a report until very much time has passed
}

// HoldersDeposits is what a deposit is worth and whether it is taken.
type HoldersDeposits struct {
	Open               bool       `json:"open"`
	ClosedBy           []string   `json:"closedBy"`           // report-held, loss-unconfirmed, report-false, paused, limit, no-price, rate-too-low
	SharesPerEther     string     `json:"sharesPerEther"`     // that one ether buys; empty: there is no price
	BalanceWeiPerEther string     `json:"balanceWeiPerEther"` // what these shares are worth at the rate in force
	NoPrice            string     `json:"noPrice"`            // the contract's error in place of a price
	DueWei             string     `json:"dueWei"`             // the holders' ether that the price counts and the rate does not yet
	Limit              StakeLimit `json:"limit"`
}

// StakeLimit bounds how much ether can be deposited in a time.
type StakeLimit struct {
	MaxWei        string    `json:"maxWei"`
	LeftWei       string    `json:"leftWei"`
	RefillSeconds uint64    `json:"refillSeconds"` // in which an empty limit fills
	FullAt        time.Time `json:"fullAt"`        // unless somebody deposits; zero: it is full
}

// HoldersRequests is the withdrawal queue.
type HoldersRequests struct {
	Open             bool      `json:"open"`
	ClosedBy         []string  `json:"closedBy"`    // paused, pool-empty
	PausedUntil      time.Time `json:"pausedUntil"` // zero: not paused
	MinWei           string    `json:"minWei"`      // of one request
	MaxWei           string    `json:"maxWei"`
	ValueWeiPerEther string    `json:"valueWeiPerEther"` // what a request of one ether of the token is valued at: it is never paid more
	Last             uint64    `json:"last"`             // number of the newest request; 0: none ever
	LastFinalized    uint64    `json:"lastFinalized"`
	Waiting          uint64    `json:"waiting"`
	WaitingValueWei  string    `json:"waitingValueWei"` // their values at request
	WaitingPayWei    string    `json:"waitingPayWei"`   // what they would be paid at the rate in force, at most
	BufferedWei      string    `json:"bufferedWei"`     // ether that the pool holds
	FreeWei          string    `json:"freeWei"`         // of it, what no waiting request needs
	MissingWei       string    `json:"missingWei"`      // what waiting requests need beyond it
	LockedWei        string    `json:"lockedWei"`       // for final requests that are not claimed
}

// HoldersReports is when reports can finalize requests.
type HoldersReports struct {
	LastAt        time.Time `json:"lastAt"`      // when the last one was applied; the deployment before the first
	PausedUntil   time.Time `json:"pausedUntil"` // zero: not paused
	MarginSeconds uint64    `json:"marginSeconds"`
	// The first report that can finalize a request made at the block's time: its reference slot, when that is, and between which times it can come.
	NextRefSlot uint64    `json:"nextRefSlot"`
	NextRefAt   time.Time `json:"nextRefAt"`
	NextFrom    time.Time `json:"nextFrom"`
	NextUntil   time.Time `json:"nextUntil"`
}

// HoldersSilence is what anyone may do when no report comes.
type HoldersSilence struct {
	StaleAfterSeconds uint64    `json:"staleAfterSeconds"`
	DoubtAfterSeconds uint64    `json:"doubtAfterSeconds"`
	From              time.Time `json:"from"`         // from then on requests can be finalized without a report
	RateWei           string    `json:"rateWei"`      // for 1e18 shares: the highest that they would be paid now
	FirstWaiting      uint64    `json:"firstWaiting"` // number of the request that waits longest; 0: none waits
	FirstWaitingAt    time.Time `json:"firstWaitingAt"`
	FirstRipeAt       time.Time `json:"firstRipeAt"` // it has waited long enough after then
	WindowFrom        time.Time `json:"windowFrom"`  // the first window at or after all that in which the call is taken
	WindowUntil       time.Time `json:"windowUntil"`
	Refusal           string    `json:"refusal"` // the contract's error, were it called now for that request; empty: it would be taken, or none waits
}
