package report

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

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

// Lines say the same to whoever runs a node, one line a deposit; nil when there is nothing to look at.
func (d Diagnostics) Lines() []Line {
	var lines []Line
	for _, f := range d.FrontRun {
		how := "an earlier pending deposit makes"
		if f.Registered {
			how = "is in the beacon state already"
		}
		lines = append(lines, Line{"front-run key", fmt.Sprintf("0x%x", f.Deposit.PublicKey), fmt.Sprintf(
			"%s with the pool's credentials go to a validator with credentials %s, which %s: the ether is lost to the pool and is not counted.",
			etherOfGwei(f.Deposit.AmountGwei), f.ForeignCredentials, how)})
	}
	for _, l := range d.Lost {
		lines = append(lines, Line{"lost deposit", fmt.Sprintf("0x%x", l.PublicKey), fmt.Sprintf(
			"%s with the pool's credentials are burned by the beacon chain, for the signature is invalid and no validator has the key: they are not counted.",
			etherOfGwei(l.AmountGwei))})
	}
	return lines
}
