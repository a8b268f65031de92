package report

import (
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
	UnprovenGwei     uint64 // of the sums of validators and pending deposits, first ether of keys that are not proven; 0 until keys are proven
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

	BalancesRoot common.Hash // commitment to every pool validator's balance
	PendingRoot  common.Hash // commitment to the pool's pending deposits; 0 until they are committed to
}
