package report_test

import (
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/report"
)

// exampleExits is a pool of 10,000 ether on mainnet. 150 ether wait to be paid, and 20 are in the buffer.
func exampleExits() report.ExitDemandInput {
	wei := func(ether int64) *big.Int { return new(big.Int).Mul(big.NewInt(ether), big.NewInt(1e18)) }
	const now = 400_000
	return report.ExitDemandInput{
		WaitingWei: wei(150), WaitingShares: wei(150), PooledWei: wei(10_000), TotalShares: wei(10_000),
		BufferWei: wei(20), VaultsWei: wei(3), BookedWei: wei(10_000),
		Bounds: report.PoolBounds{MaxRiseBps: 1000, BucketGwei: 50e9, BucketRefillSeconds: 30 * 86_400}, BucketGwei: 50e9,
		Epoch: now, Registry: 1_000_000, TotalActiveGwei: 36_000_000e9, PoolActiveGwei: 9_800e9, SweptActiveGwei: 9_800e9,
		EarnedGwei: 700_000_000, EarnedEpochs: 225, ComingBps: 8_000,
		Consensus: report.ConsensusRules{
			SecondsPerSlot: 12, SlotsPerEpoch: 32, EffectiveBalanceIncrementGwei: 1e9, BaseRewardFactor: 64,
			EpochsPerSlashingsVector: 8192, ProportionalSlashingMultiplier: 3, MinValidatorWithdrawabilityDelay: 256,
		},
		Rules: report.ExitRules{
			MinChurnGwei: 128e9, MaxChurnGwei: 256e9, ChurnQuotient: 1 << 16, ChurnQuotientGloas: 1 << 15, MaxSeedLookahead: 4,
			ShardCommitteePeriod: 256, MinActivationGwei: 32e9, WithdrawalsPerPayload: 16, PendingPartialsLimit: 1 << 27,
		},
		Queue: report.ExitQueue{EarliestEpoch: now + 675, BalanceToConsumeGwei: 128e9}, // three days of exits
		Validators: []report.ExitValidator{ // one asked to leave a week ago
			{Index: 5, BalanceGwei: 32_020_000_000, EffectiveBalanceGwei: 32e9, ExitEpoch: now + 100, WithdrawableEpoch: now + 356},
		},
	}
}

// The exit demand of a report: what waits, less what is there, leaves already, or is swept in time.
func ExampleExitDemand() {
	out, err := report.ExitDemand(exampleExits())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range out.Explain() {
		fmt.Printf("%s: %s. %s\n", line.Field, line.Value, line.Sentence)
	}
	// Output:
	// exitGwei: 87799555556 gwei (87.799555556 ETH). Ether that exits must bring home for the requests that wait: 150 ETH that they are paid, less 23 ETH that the pool has, 32.02 ETH that leave already and 7.180444444 ETH that are swept.
	// demand: 150000000000 gwei (150 ETH). What the requests are paid that this report does not finalize, at the rate that it leaves.
	// home: epoch 402885. When an exit that begins now would be home: it becomes withdrawable in epoch 400931, by the exits before it and by 256 ETH that may leave in an epoch; as a whole validator it waits for the sweep, up to 1,954 epochs more.
	// have: 23000000000 gwei (23 ETH). 20 ETH in the buffer after this report, 3 ETH that the bound on the share rate lets out of the vaults until then, and 0 ETH in flight.
	// leaving: 32020000000 gwei (32.02 ETH). What is home not later: 32.02 ETH of validators that leave, of which 0 ETH will be lost to penalties; 0 ETH of partial withdrawals; 0 ETH that were asked for and have not reached the beacon chain. Later, and not counted: 0 ETH.
	// coming: 7180444444 gwei (7.180444444 ETH). What is relied on of 8.975555555 ETH of rewards that the sweep brings until then, at the lower of the normal reward and the last one.
}

// A report that was read before a call does not allow what was called for once more.
func ExampleExitsAllowed() {
	const exitGwei, exitsAskedGwei = 90e9, 500e9 // of a report: 90 ether must come home, and 500 had been asked for ever when its state was read
	for _, askedNowGwei := range []uint64{500e9, 560e9, 600e9} {
		fmt.Println(report.ExitsAllowed(exitGwei, exitsAskedGwei, askedNowGwei)/1e9, "ether may be asked for")
	}
	// Output:
	// 90 ether may be asked for
	// 30 ether may be asked for
	// 0 ether may be asked for
}
