package difftest

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/layout"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	priceCases   = 3_000
	priceGenesis = 1_600_000_000
)

var (
	priceToken   = common.Address{0x70, 1}
	priceQueue   = common.Address{0x70, 2}
	priceRewards = common.Address{0x70, 3}
)

// pricedPool is the deployed pool between a token and a queue that answer every call with their first two storage words, and a zero: totals, and what waits and
// is worth at the rate.
type pricedPool struct{ *contract }

func newPricedPool(t *testing.T) pricedPool {
	t.Helper()
	c := newChain(t)
	for _, at := range []common.Address{priceToken, priceQueue} {
		c.state.SetCode(at, hexutil.MustDecode("0x5f545f5260015460205260605ff3"), 0)
	}
	config := bindings.PoolBaseConfig{
		Admin: common.Address{1}, Oracle: common.Address{2}, Pauser: common.Address{4}, Resumer: common.Address{5}, Registry: common.Address{6},
		Wiring: bindings.PoolBaseWiring{
			Token: priceToken, Queue: priceQueue, WithdrawalVault: common.Address{7}, ElRewardsVault: priceRewards, DepositContract: common.Address{8},
		},
		Terms: bindings.PoolBaseTerms{Treasury: common.Address{9}, FeeBps: 1000},
		Bounds: bindings.PoolBaseBounds{
			MaxFeeBps: 5000, MaxNormalRewardBps: 1 << 31, MaxNoisePcm: 100, MaxRiseBps: 1000, BucketGwei: big.NewInt(1e12), BucketRefillSeconds: big.NewInt(86_400),
			MinReportSeconds: big.NewInt(1), StaleAfterSeconds: big.NewInt(1e6), DoubtAfterSeconds: big.NewInt(1e7),
		},
		Schedule: bindings.Schedule{
			GenesisTime: priceGenesis, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 1, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8,
		},
		StakeLimitWei: big.NewInt(1e18), StakeLimitRefillSeconds: big.NewInt(86_400),
	}
	extension := c.deploy(&bindings.PoolExtensionMetaData, config)
	parsed, err := bindings.StakingPoolMetaData.ParseABI()
	require.NoError(t, err)
	args, err := parsed.Pack("", config, extension.address)
	require.NoError(t, err)
	creator := c.config(common.Address{0xde})
	creator.Value = big.NewInt(1e12)
	c.state.AddBalance(creator.Origin, uint256.NewInt(1e18), tracing.BalanceChangeUnspecified)
	_, address, _, err := runtime.Create(append(common.FromHex(bindings.StakingPoolMetaData.Bin), args...), creator)
	require.NoError(t, err)
	return pricedPool{&contract{chain: c, address: address, abi: *parsed}}
}

// field is a variable within a word, from the least significant end.
type field struct {
	offsetBytes uint
	value       *big.Int
}

func (c *chain) set(at common.Address, slot uint64, fields ...field) {
	word := new(big.Int)
	for _, f := range fields {
		word.Or(word, new(big.Int).Lsh(f.value, 8*f.offsetBytes))
	}
	c.state.SetState(at, common.BigToHash(number(slot)), common.BigToHash(word))
}

// priceCase is a pool's words and the time of a deposit.
type priceCase struct {
	bufferedWei, pooledWei, shares, waitingWei, waitingShares, rewardsVaultWei *big.Int
	forcedWei                                                                  *big.Int // into the pool
	unprovenGwei                                                               uint64   // of the last report's sums
	unprovenKeys                                                               uint64
	validatorsGwei, pendingGwei, depositedGwei, lastDepositedGwei, leftGwei    uint64
	normalRewardBps                                                            uint32
	refSlot, timestamp                                                         uint64
}

func (d dice) priceCase() priceCase {
	bits := pick(d, 30, 60, 90, 95)
	c := priceCase{
		bufferedWei: d.wei(bits), validatorsGwei: d.Uint64N(1 << 55), pendingGwei: d.Uint64N(1 << 50), lastDepositedGwei: d.Uint64N(1 << 55),
		leftGwei: pick(d, 0, d.Uint64N(1<<50)), rewardsVaultWei: pick(d, new(big.Int), d.wei(80)), shares: plus(d.wei(bits), big.NewInt(1)),
		forcedWei: pick(d, new(big.Int), d.wei(70)), normalRewardBps: pick[uint32](d, 0, 300, 1000, 1<<31), refSlot: d.Uint64N(1 << 24),
	}
	c.unprovenKeys = pick[uint64](d, 0, 1, 128)
	if d.IntN(8) == 0 { // nothing on the consensus layer
		c.validatorsGwei, c.pendingGwei, c.unprovenKeys = 0, 0, 0
	}
	c.unprovenGwei = min(c.validatorsGwei+c.pendingGwei, pick(d, 0, 1e9, d.Uint64N(129e9)))
	c.depositedGwei = c.lastDepositedGwei + pick(d, 0, d.Uint64N(1<<50))
	c.pooledWei = pick(d, c.booked(), d.below(c.booked()), new(big.Int))
	c.waitingShares = pick(d, new(big.Int), d.below(c.shares))
	worth := new(big.Int).Mul(c.waitingShares, c.pooledWei)
	c.waitingWei = pick(d, d.near(worth.Quo(worth, c.shares)), d.wei(95))
	// A last report whose reference slot is still to come has no accrual.
	c.timestamp = priceGenesis + c.refSlot*12 + pick(d, 0, 1, 86_400, d.Uint64N(1<<31))
	if d.IntN(8) == 0 {
		c.timestamp = priceGenesis + d.Uint64N(c.refSlot*12+1)
	}
	return c
}

func gweiAsWei(gwei uint64) *big.Int { return new(big.Int).Mul(number(gwei), big.NewInt(1e9)) }

func (c priceCase) clWei() *big.Int {
	return gweiAsWei(c.validatorsGwei + c.pendingGwei - c.unprovenGwei)
}

// booked has first ether of keys at par, whatever the report says of it; it earns nothing.
func (c priceCase) booked() *big.Int {
	return plus(plus(plus(c.bufferedWei, gweiAsWei(c.unprovenKeys*1e9)), c.clWei()), gweiAsWei(c.depositedGwei-c.lastDepositedGwei))
}

func (c priceCase) input() report.PriceInput {
	at := uint64(priceGenesis) + c.refSlot*12
	return report.PriceInput{
		TotalPooledWei: c.pooledWei, TotalShares: c.shares, UnrecognisedWei: plus(new(big.Int).Sub(c.booked(), c.pooledWei), c.forcedWei), VaultLeftWei: gweiAsWei(c.leftGwei),
		RewardsVaultWei: c.rewardsVaultWei, EarningWei: plus(c.clWei(), gweiAsWei(c.depositedGwei-c.lastDepositedGwei)), NormalRewardBps: c.normalRewardBps, SinceSeconds: c.timestamp - min(c.timestamp, at),
		WaitingWei: c.waitingWei, WaitingShares: c.waitingShares,
	}
}

func (p pricedPool) put(c priceCase) {
	p.set(priceToken, 0, field{0, c.pooledWei})
	p.set(priceToken, 1, field{0, c.shares})
	p.set(priceQueue, 0, field{0, report.Payout(c.waitingWei, c.waitingShares, c.pooledWei, c.shares)})
	p.set(priceQueue, 1, field{0, c.waitingShares})
	p.set(p.address, layout.StakingPoolMoneySlot,
		field{layout.StakingPoolMoneyBufferedWeiOffset, c.bufferedWei}, field{layout.StakingPoolMoneyDepositedGweiOffset, number(c.depositedGwei)})
	p.set(p.address, layout.StakingPoolLastSlot, field{layout.StakingPoolLastRefSlotOffset, number(c.refSlot)},
		field{layout.StakingPoolLastClValidatorsGweiOffset, number(c.validatorsGwei)}, field{layout.StakingPoolLastClPendingGweiOffset, number(c.pendingGwei)},
		field{layout.StakingPoolLastUnprovenGweiOffset, number(c.unprovenGwei)})
	p.set(p.address, layout.StakingPoolLastMoreSlot, field{layout.StakingPoolLastMoreDepositedGweiOffset, number(c.lastDepositedGwei)},
		field{layout.StakingPoolLastMoreWithdrawalVaultLeftGweiOffset, number(c.leftGwei)})
	p.set(p.address, layout.StakingPoolRunningSlot, field{layout.StakingPoolRunningNormalRewardBpsOffset, number(uint64(c.normalRewardBps))},
		field{layout.StakingPoolRunningUnprovenKeysOffset, number(c.unprovenKeys)})
	p.state.SetBalance(p.address, uint256.MustFromBig(plus(c.bufferedWei, c.forcedWei)), tracing.BalanceChangeUnspecified)
	p.state.SetBalance(priceRewards, uint256.MustFromBig(c.rewardsVaultWei), tracing.BalanceChangeUnspecified)
}

// ask calls a view at a time; ok is false when it reverts with the named error.
func (p pricedPool) ask(timestamp uint64, reason, method string, args ...any) (results []any, ok bool) {
	p.t.Helper()
	input, err := p.abi.Pack(method, args...)
	require.NoError(p.t, err)
	config := p.config(common.Address{0xca})
	config.Time = timestamp
	out, _, err := runtime.Call(p.address, input, config)
	if err != nil {
		require.Equal(p.t, reason, p.reason(out))
		return nil, false
	}
	results, err = p.abi.Unpack(method, out)
	require.NoError(p.t, err)
	return results, true
}

func TestTheDepositPriceIsTheSameInGoAndSolidity(t *testing.T) {
	p, d := newPricedPool(t), newDice(11)
	met := make(map[string]int)
	for range priceCases {
		c := d.priceCase()
		p.put(c)
		in := c.input()
		due, ok := p.ask(c.timestamp, "", "dueWei")
		require.True(t, ok)
		require.Equal(t, in.DueWei().String(), due[0].(*big.Int).String(), "%+v", c)
		onChain, ok := p.ask(c.timestamp, "NoPrice", "depositPrice")
		price, err := report.DepositPrice(in)
		require.Equal(t, ok, err == nil, "%v: %+v", err, c)
		if !ok {
			require.ErrorIs(t, err, report.ErrNoPrice)
			met["no price"]++
			continue
		}
		require.Equal(t, [2]string{price.Wei.String(), price.Shares.String()}, [2]string{onChain[0].(*big.Int).String(), onChain[1].(*big.Int).String()}, "%+v", c)
		amount := d.wei(90)
		if want := price.SharesFor(amount); want.BitLen() <= 256 {
			shares, ok := p.ask(c.timestamp, "", "sharesForDeposit", amount)
			require.True(t, ok)
			require.Equal(t, want.String(), shares[0].(*big.Int).String())
		}
		waiting := report.Payout(in.WaitingWei, in.WaitingShares, in.TotalPooledWei, in.TotalShares)
		for name, is := range map[string]bool{
			"nothing waits": in.WaitingShares.Sign() == 0, "waiting by value": waiting.Cmp(in.WaitingWei) == 0 && waiting.Sign() > 0, "waiting by shares": waiting.Cmp(in.WaitingWei) < 0,
			"at par": c.unprovenKeys > 0, "unproven in the report": c.unprovenGwei > 0, "unrecognised": in.UnrecognisedWei.Sign() > 0, "no time since": in.SinceSeconds == 0, "accrual": in.SinceSeconds > 0 && in.NormalRewardBps > 0 && in.EarningWei.Sign() > 0,
		} {
			if is {
				met[name]++
			}
		}
	}
	for _, name := range []string{"no price", "nothing waits", "waiting by value", "waiting by shares", "at par", "unproven in the report", "unrecognised", "no time since", "accrual"} {
		require.GreaterOrEqual(t, met[name], 10, "%s, of %v", name, met)
	}
}
