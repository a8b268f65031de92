package report

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// ErrInvalidReport: the report contradicts itself, whatever the chain says. It must be neither signed nor submitted.
var ErrInvalidReport = errors.New("invalid report")

// weiBits is the width of a report's wei amounts on chain.
const weiBits = 128

// Validate refuses a report that is wrong by itself; CheckSanity judges it against what the contracts know. Errors: ErrInvalidReport.
func (r Report) Validate() error {
	if err := r.fits(); err != nil {
		return err
	}
	switch {
	case r.Version != Version:
		return fmt.Errorf("%w: version %d, this software knows %d", ErrInvalidReport, r.Version, Version)
	case r.Committee == common.Hash{}:
		return fmt.Errorf("%w: no committee", ErrInvalidReport)
	case r.RefBlockRoot == common.Hash{}:
		return fmt.Errorf("%w: no reference block", ErrInvalidReport)
	case r.BalancesRoot == common.Hash{}:
		return fmt.Errorf("%w: no commitment to balances; a pool without validators has one too", ErrInvalidReport)
	case r.LastRefSlot&(1<<silentCallsShift-1) >= r.RefSlot:
		return fmt.Errorf("%w: slot %d is not after slot %d of the report that it is computed on", ErrInvalidReport, r.RefSlot, r.LastRefSlot&(1<<silentCallsShift-1))
	case r.UnprovenGwei > r.CLValidatorsGwei && r.UnprovenGwei-r.CLValidatorsGwei > r.CLPendingGwei:
		return fmt.Errorf("%w: %d gwei unproven of %d on validators and %d pending", ErrInvalidReport, r.UnprovenGwei, r.CLValidatorsGwei, r.CLPendingGwei)
	case r.Exited > r.Validators:
		return fmt.Errorf("%w: %d exited of %d validators", ErrInvalidReport, r.Exited, r.Validators)
	case r.Slashed > r.Validators:
		return fmt.Errorf("%w: %d slashed of %d validators", ErrInvalidReport, r.Slashed, r.Validators)
	case r.Validators == 0 && r.CLValidatorsGwei != 0:
		return fmt.Errorf("%w: %d gwei on no validators", ErrInvalidReport, r.CLValidatorsGwei)
	}
	return nil
}

// fits refuses amounts that the contract's type cannot hold.
func (r Report) fits() error {
	for _, amount := range []struct {
		name string
		wei  uint256.Int
	}{{"depositedWei", r.DepositedWei}, {"withdrawalVaultWei", r.WithdrawalVaultWei}, {"elRewardsVaultWei", r.ELRewardsVaultWei}} {
		if amount.wei.BitLen() > weiBits {
			return fmt.Errorf("%w: %s of %s needs more than %d bits", ErrInvalidReport, amount.name, amount.wei.Dec(), weiBits)
		}
	}
	return nil
}
