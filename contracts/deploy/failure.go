package deploy

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// ErrStep: a deployment stopped half-way. The error is a *StepError.
var ErrStep = errors.New("deployment stopped")

// StepError is a deployment that stopped half-way: where, what stands, and what to do. It wraps ErrStep and the cause.
type StepError struct {
	Step     string // what was being done
	Deployer common.Address
	Nonce    uint64    // of the transaction that failed, or of the next one when none did
	Created  []Created // what stands already
	Cause    error
}

// Created is a contract that stands on the chain.
type Created struct {
	Name    string
	Address common.Address
}

func (e *StepError) Error() string {
	standing := "Nothing was created"
	if len(e.Created) > 0 {
		list := make([]string, 0, len(e.Created))
		for _, c := range e.Created {
			list = append(list, fmt.Sprintf("%s %s", c.Name, c.Address))
		}
		standing = "Created so far, harmless and of no use: " + strings.Join(list, ", ")
	}
	return fmt.Sprintf("%v at %s (account %s, nonce %d): %v. %s. Remove the cause, wait until no transaction of the account is pending, and deploy again: "+
		"the new set gets new addresses", ErrStep, e.Step, e.Deployer, e.Nonce, e.Cause, standing)
}

// Unwrap gives ErrStep and the cause.
func (e *StepError) Unwrap() []error { return []error{ErrStep, e.Cause} }
