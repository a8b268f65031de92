package report

import "github.com/ethereum/go-ethereum/common"

// Diagnostics are what an operator should look at although the report is right.
type Diagnostics struct {
	FrontRun []FrontRunDeposit
	Lost     []PendingDeposit // with pool credentials, for a key without a validator, with an invalid signature: the beacon chain burns them
}

// FrontRunDeposit is a pending deposit with pool credentials that tops up a foreign validator, because that one was first with the key.
type FrontRunDeposit struct {
	Deposit            PendingDeposit
	ForeignCredentials common.Hash
	Registered         bool // the foreign validator exists; else an earlier pending deposit makes it
}
