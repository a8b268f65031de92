package profit

// Rules are those of the pool. A test takes one away and wants the search to find the profit.
type Rules struct {
	WithoutRewardsVault bool // what lies in the rewards vault is not due
	WithoutUnrecognised bool // nor what is booked and not recognised
	WithoutVaultLeft    bool // nor what the last report left in the withdrawal vault
	WithoutAccrual      bool // nor a normal reward for the time since
	PlainRate           bool // deposits buy at the rate of the token
	WithWaiting         bool // waiting requests take part in the price
	OpenUnconfirmed     bool // deposits are open while a loss is not confirmed
	OpenHeld            bool // and while a gain is held
	WaitingInOne        bool // the lower of all requests' values and of all their shares, not the lower of each
	WithoutForced       bool // what was forced into the pool and not skimmed is not due
	FreshForgotten      bool // what was sent to the consensus layer since the last report has no accrual
	HomeForgets         bool // silence brings ether home, and what it earned since the last report is not due
	DepositLiftsRate    bool // a deposit is recognised whole, so that waiting requests get a part of what it pays for what is due
}

// Terms are the pool's numbers that the order of a world does not change.
type Terms struct {
	FeeBps, NoisePcm    uint16
	NormalRewardBps     uint32
	MaxRiseBps          uint64
	AnnualGainBps       int64 // a gain of the consensus layer above it, and above the bucket, is held
	BucketGwei          int64
	BucketRefillSeconds int64
	MinReportSeconds    int64
	StaleAfterSeconds   int64
}
