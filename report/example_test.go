package report_test

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/report"
)

// ether is an amount in wei.
func ether(n uint64) uint256.Int {
	return *new(uint256.Int).Mul(uint256.NewInt(n), uint256.NewInt(1e18))
}

// exampleSnapshot is a pool of three validators and 100 ether that earned 0.03 ether in a day.
func exampleSnapshot() report.Snapshot {
	const (
		refSlot       = 327_199
		slotsPerFrame = 225 * 32
		timestamp     = 1_700_000_000 // at which refSlot begins
	)
	vault := common.HexToAddress("0x00000000000000000000000000000000000000aa")
	return report.Snapshot{
		Domain:    report.Domain{ChainID: big.NewInt(1), Oracle: common.HexToAddress("0x0a")},
		Committee: common.Hash{0xc0}, RefSlot: refSlot, EpochsPerFrame: 225, Vault: vault,
		Block: report.BlockRef{
			Slot: refSlot, Root: common.Hash{0xb0}, StateRoot: common.Hash{0x50}, ExecutionHash: common.Hash{0xe0}, RefTimestamp: timestamp,
		},
		Consensus: report.ConsensusLayer{
			Rules: report.ConsensusRules{
				SecondsPerSlot: 12, SlotsPerEpoch: 32, EffectiveBalanceIncrementGwei: 1e9, BaseRewardFactor: 64,
				EpochsPerSlashingsVector: 8192, ProportionalSlashingMultiplier: 3, MinValidatorWithdrawabilityDelay: 256,
			},
			Validators:      []report.PoolValidator{{Index: 5, BalanceGwei: 32_010_000_000}, {Index: 9, BalanceGwei: 32_010_000_000}, {Index: 12, BalanceGwei: 32_010_000_000}},
			TotalActiveGwei: 34_000_000e9, PoolActiveGwei: 96e9, Eth1DepositIndex: 77, DepositRequestsStartIndex: 77,
		},
		Execution: report.ExecutionLayer{
			DepositedWei: ether(96), BufferedWei: ether(4), TotalPooledWei: ether(100), TotalShares: ether(100),
			Terms:        report.PoolTerms{FeeBps: 1000, NormalRewardBps: 36_500, NoisePcm: 20},
			Bounds:       report.PoolBounds{MaxRiseBps: 36_500, BucketGwei: 3e9, BucketRefillSeconds: 30 * 86_400},
			Head:         report.PoolHead{Round: 7, Flags: report.FlagSet},
			Limits:       report.Limits{AnnualGainBps: 36_500, LossWindowPcm: 5000, NewValidatorsPerEpoch: 16, ExitsPerEpoch: 16},
			Last:         report.LastReport{RefSlot: refSlot - slotsPerFrame, CLValidatorsGwei: 96e9, Validators: 3, DepositedWei: ether(96)},
			LastReportAt: timestamp - slotsPerFrame*12 + 1000,
		},
		Request: func(uint64) (report.QueuedRequest, error) {
			return report.QueuedRequest{}, errors.New("nobody asked for a withdrawal")
		},
	}
}

// One report follows from a snapshot. Compute explains each of its numbers, says what the contracts will make of it, and what it
// does to the pool.
func ExampleCompute() {
	// Deposit signatures are asked for only when a pending deposit might make a new validator of the pool.
	verify := report.NewDepositVerifier([4]byte{})
	c, err := report.Compute(exampleSnapshot(), verify)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("validators hold", c.Report.CLValidatorsGwei, "gwei, bunker:", c.Report.Bunker)
	fmt.Println("sanity:", c.Sanity.Code)
	fmt.Println("earned:", c.Rebase.CLChangeWei, "wei")
	fmt.Println("pooled:", c.Rebase.PooledWei, "wei, shares:", c.Rebase.Shares)
	for _, line := range c.Explanation[5:6] {
		fmt.Printf("%s: %s. %s\n", line.Field, line.Value, line.Sentence)
	}
	// Output:
	// validators hold 96030000000 gwei, bunker: false
	// sanity: OK
	// earned: 30000000000000000 wei
	// pooled: 100030000000000000000 wei, shares: 100002999190218640966
	// clValidatorsGwei: 96030000000 gwei (96.03 ETH). Sum of the actual balances of the 3 validators whose withdrawal credentials name the pool's vault, read from the beacon state.
}

// The digest identifies a report for one oracle on one chain. Members sign the vote message, which is bound to the round too.
func ExampleDomain_Digest() {
	c, err := report.Compute(exampleSnapshot(), report.NewDepositVerifier([4]byte{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	mainnet := report.Domain{ChainID: big.NewInt(1), Oracle: common.HexToAddress("0x0a")}
	hoodi := report.Domain{ChainID: big.NewInt(560_048), Oracle: mainnet.Oracle}
	digest := mainnet.Digest(c.Report)
	fmt.Println("digest:      ", digest)
	fmt.Println("to be signed:", mainnet.VoteMessage(c.Report.Committee, c.Report.RefSlot, digest))
	fmt.Println("the same on another chain:", hoodi.Digest(c.Report) == digest)
	// Output:
	// digest:       0x7ecc547a3932b8461b16282755943fb623ce30c4164ad73ba07b903196ae661a
	// to be signed: 0xb2ca5d3fb5f5bd9b2d904eddd4d580dcb07f2c2564989cb730f754b23926d349
	// the same on another chain: false
}

// Two nodes whose reports differ compare the hashes of the sections first, and the values afterwards.
func ExampleDiff() {
	verify := report.NewDepositVerifier([4]byte{})
	ours, err := report.Compute(exampleSnapshot(), verify)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := exampleSnapshot()
	s.Consensus.Validators[1].BalanceGwei--
	theirs, err := report.Compute(s, verify)
	if err != nil {
		fmt.Println(err)
		return
	}
	for section := range report.Section(report.SectionCount) {
		if ours.Sections[section] != theirs.Sections[section] {
			fmt.Println("section", section, "differs")
		}
	}
	for _, d := range report.Diff(ours.Report, theirs.Report) {
		fmt.Printf("%s: %.12s here, %.12s there\n", d.Field, d.A, d.B)
	}
	// Output:
	// section consensus layer differs
	// section commitment differs
	// clValidatorsGwei: 96030000000 here, 96029999999 there
	// balancesRoot: 0xfe7a963920 here, 0x5f6d875e7d there
}

// Rebase is the arithmetic of the pool: what a report does to recognised ether and shares. All amounts are in wei.
func ExampleRebase() {
	wei := func(milliEther int64) *big.Int { return new(big.Int).Mul(big.NewInt(milliEther), big.NewInt(1e15)) }
	out, err := report.Rebase(report.RebaseInput{
		TotalPooledWei: wei(100_000), TotalShares: wei(100_000), BufferedWei: wei(4_000), BookedWei: wei(100_000),
		LastCLWei: wei(96_000), LastDepositedWei: wei(96_000), LastVaultLeftWei: wei(0),
		CLWei: wei(96_030), DepositedWei: wei(96_000), WithdrawalVaultWei: wei(0), ELRewardsVaultWei: wei(10), // earned 0.03 and 0.01 ether
		ElapsedSeconds: 86_400, MaxRiseBps: 36_500, BucketWei: wei(0), UnconfirmedWei: wei(0), NoisePcm: 20,
		NormalRewardBps: 36_500, FeeBps: 1000, Batch: report.NoBatch(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("pooled:", out.PooledWei)
	fmt.Println("shares:", out.Shares)
	fmt.Println("fee:   ", out.FeeWei, "wei, a tenth of what was earned")
	// Output:
	// pooled: 100040000000000000000
	// shares: 100003998560518213443
	// fee:    4000000000000000 wei, a tenth of what was earned
}

// Anyone can prove the balance of a validator that a report committed to.
func ExampleProveBalance() {
	s := exampleSnapshot()
	c, err := report.Compute(s, report.NewDepositVerifier([4]byte{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	proof, root, err := report.ProveBalance(9, s.Balances())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the report commits to this root:", root == c.Report.BalancesRoot)
	total, err := proof.Verify(c.Report.BalancesRoot)
	fmt.Println("validator", proof.ValidatorIndex, "has", proof.BalanceGwei, "of", total.BalanceGwei, "gwei, exited:", proof.Exited, err)

	proof.BalanceGwei++
	_, err = proof.Verify(c.Report.BalancesRoot)
	fmt.Println("a false balance is refused:", errors.Is(err, report.ErrNotCommitted))
	// Output:
	// the report commits to this root: true
	// validator 9 has 32010000000 of 96030000000 gwei, exited: false <nil>
	// a false balance is refused: true
}
