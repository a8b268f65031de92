package report

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Version is the only format of a Report that is read and written.
const Version = 2

// WeiPerGwei converts consensus-layer amounts.
const WeiPerGwei = 1_000_000_000

// Report is what the committee says about the pool at one reference slot, in ABI order. All amounts are absolute
// or cumulative. Reports compare with ==.
type Report struct {
	Version      uint16
	Committee    common.Hash // digest of the committee in force
	RefSlot      uint64
	LastRefSlot  uint64      // what the pool remembered of reports at the reference block: LastReport.Mark
	RefBlockRoot common.Hash // beacon block that was read

	CLValidatorsGwei uint64 // sum of the actual balances of the pool's validators
	CLPendingGwei    uint64 // sum of the pool's pending deposits
	CLInFlightGwei   uint64 // withdrawals that are deducted from the pool's validators and not paid yet; 0 before Gloas
	UnprovenGwei     uint64 // of the sums of validators and pending deposits, first ether of keys that are not proven
	Validators       uint32 // the pool's validators in the registry, all states
	Exited           uint32 // of them with exit_epoch <= epoch(refSlot)
	Slashed          uint32 // of them slashed

	DepositedWei       uint256.Int // cumulative ether sent to the deposit contract; 128 bits
	WithdrawalVaultWei uint256.Int // 128 bits
	ELRewardsVaultWei  uint256.Int // 128 bits

	FinalizeUpTo   uint64 // last withdrawal request to finalize, 0 for none
	ExitGwei       uint64 // ether that exits must bring home for the queue; 0 until exits follow demand
	ExitsAskedGwei uint64 // exits asked for so far, cumulative; 0 until exits follow demand
	Bunker         bool   // losses are in progress

	BalancesRoot common.Hash // commitment to index, balance and flags of every pool validator: BalanceTree
	PendingRoot  common.Hash // commitment to the pool's pending deposits; 0 until they are committed to
}

// ErrInvalidReport: the report contradicts itself, whatever the chain says. It must be neither signed nor submitted.
var ErrInvalidReport = errors.New("invalid report")

// CLWei is the pool's ether on the consensus layer, in wei: validators, pending deposits and withdrawals in flight, without the first ether of unproven keys,
// which stands at par in the pool's own book. Every comparison over time is of this sum, since ether moves between the three.
func (r Report) CLWei() *big.Int {
	return sub(sumWei(r.CLValidatorsGwei, r.CLPendingGwei, r.CLInFlightGwei), sumWei(r.UnprovenGwei))
}

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
	case r.Validators == 0 && r.CLInFlightGwei != 0:
		return fmt.Errorf("%w: %d gwei in flight from no validators", ErrInvalidReport, r.CLInFlightGwei)
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
