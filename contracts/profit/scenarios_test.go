package profit

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// million is a world with a pool of a million ether, a part of it on the consensus layer, no fee and no bucket; the attacker has ten times that.
func million(options Options, clEther, rewardBps int64) *world {
	w := newWorld(options, rand.New(rand.NewPCG(1, 1)), nil)
	terms := Terms{
		NoisePcm: 20, NormalRewardBps: 300, MaxRiseBps: 1000, AnnualGainBps: 1000, BucketRefillSeconds: 30 * day, MinReportSeconds: day / 2,
		StaleAfterSeconds: 7 * day,
	}
	w.pool = newPool(options.Rules, terms, ether(1_000_000), ether(clEther))
	w.earning, w.base, w.rewardBps, w.closed, w.slow = w.lastCL, w.lastCL, rewardBps, true, false
	w.startWei = ether(10_000_000)
	w.wei = w.startWei
	return w
}

func (w *world) reports(t *testing.T, seconds int64, lie *big.Int) {
	t.Helper()
	w.passTime(seconds)
	w.readFacts(lie)
	require.NotNil(t, w.look)
	require.NoError(t, w.apply(w.tooHigh(*w.look)))
	require.Nil(t, w.look)
}

// profitOf winds up and gives the attacker's profit in ether.
func (w *world) profitOf(t *testing.T) int64 {
	t.Helper()
	require.NoError(t, w.windUp())
	return new(big.Int).Quo(w.profit(), ether(1)).Int64()
}

func TestRequestsFromBeforeAndAfterALossAreForSaleWhenTheyAreJudgedInOne(t *testing.T) {
	play := func(rules Rules) int64 {
		w := million(Options{Rules: rules}, 500_000, 0)
		w.slow = true
		w.pool.request(others, ether(250_000), w.now)
		w.earning = minus(w.earning, ether(20_000))
		w.reports(t, day, nil)
		w.reports(t, day, nil)
		w.pool.request(others, ether(250_000), w.now)
		w.rewards = ether(7_000)
		w.reports(t, 28*day, nil)
		require.NoError(t, w.attackerDeposits(w.wei))
		return w.profitOf(t)
	}
	require.Equal(t, int64(1667), play(Rules{WaitingInOne: true}))
	require.LessOrEqual(t, play(Rules{}), int64(0))
}

func TestAWrongLossThatDueCarriesIsNotForSale(t *testing.T) {
	w := million(Options{}, 900_000, 0)
	w.rewards = ether(20_000)
	w.reports(t, day, ether(10_000))
	require.NotZero(t, w.unconfirmed.Sign(), "it is seen although the recognised ether does not fall")
	require.False(t, w.open(), "deposits wait")
}

// TestOnlyASecondWrongLossInARowTakesFromWhoWaits holds what docs/threat-model.md names: the bound lets a confirmed loss back in slowly, and who is paid
// meanwhile leaves a part of it to who stays.
func TestOnlyASecondWrongLossInARowTakesFromWhoWaits(t *testing.T) {
	play := func(liesEther ...int64) int64 {
		w := million(Options{}, 900_000, 0)
		require.NoError(t, w.attackerDeposits(ether(1_000_000)))
		w.pool.request(others, ether(100_000), w.now)
		for _, lie := range liesEther {
			w.reports(t, day, ether(lie))
		}
		w.reports(t, day, nil)
		w.earning, w.base, w.vault = minus(w.earning, ether(100_000)), minus(w.base, ether(100_000)), ether(100_000)
		w.reports(t, day, nil)
		require.Equal(t, 1, w.finalized)
		return w.profitOf(t)
	}
	require.LessOrEqual(t, play(50_000), int64(0), "the true report takes the whole loss back at once")
	require.Equal(t, int64(1302), play(50_000, 100_000))
}

func TestAWrongLossComesBackAlsoWhileEtherIsSwept(t *testing.T) {
	missing := func(sweptEther int64) int64 {
		w := million(Options{}, 900_000, 0)
		w.wei = zero()
		w.pool.request(attacker, ether(400_000), w.now) // Here the attacker is who is robbed.
		w.reports(t, day, ether(10_000))
		require.NotZero(t, w.unconfirmed.Sign())
		w.earning, w.base, w.vault = minus(w.earning, ether(sweptEther)), minus(w.base, ether(sweptEther)), ether(sweptEther)
		if sweptEther == 0 {
			w.buffer, w.earning, w.base = plus(w.buffer, ether(400_000)), minus(w.earning, ether(400_000)), minus(w.base, ether(400_000))
			w.lastCL = minus(w.lastCL, ether(400_000))
		}
		w.reports(t, day, nil)
		require.Equal(t, 1, w.finalized)
		return new(big.Int).Quo(minus(ether(400_000), w.wei), ether(1)).Int64()
	}
	require.Zero(t, missing(0), "the ether was home before")
	require.Zero(t, missing(400_000))
}

func TestWhatSilenceBringsHomeIsForSaleWithoutItsAccrual(t *testing.T) {
	play := func(rules Rules) int64 {
		w := million(Options{Rules: rules}, 900_000, 300)
		w.pool.request(others, ether(100_000), w.now)
		w.passTime(8 * day)
		w.vault, w.earning, w.base = w.earning, zero(), zero()
		w.silence()
		require.Equal(t, 1, w.finalized)
		require.NoError(t, w.attackerDeposits(w.wei))
		return w.profitOf(t)
	}
	require.Equal(t, int64(542), play(Rules{HomeForgets: true}))
	require.LessOrEqual(t, play(Rules{}), int64(0))
}

// TestAFrontRunKeyIsNothingToBuy: the holder of 128 keys deposits them for itself, buys after the report, and has its bonds pay later.
func TestAFrontRunKeyIsNothingToBuy(t *testing.T) {
	play := func(rules Rules) *big.Int {
		w := million(Options{Rules: rules}, 900_000, 0)
		w.reports(t, day, nil)
		require.NoError(t, w.sendFirst(mostUnproven, mostUnproven))
		w.reports(t, day, nil)
		require.NoError(t, w.attackerDeposits(w.wei))
		require.NoError(t, w.prove())
		require.NoError(t, w.windUp())
		return w.profit()
	}
	require.Equal(t, int64(116), new(big.Int).Quo(play(Rules{FirstEtherNotAtPar: true}), ether(1)).Int64(), "ten of eleven parts of the bonds")
	require.LessOrEqual(t, play(Rules{}).Sign(), 0)
}

func TestWhatIsDepositedStaysInTheBufferUntilAReport(t *testing.T) {
	w := million(Options{}, 999_999, 0)
	w.terms.ReserveBps = 10
	require.Equal(t, zero(), w.usable(), "the reserve is a thousand ether")
	require.NoError(t, w.attackerDeposits(ether(10_000)))
	require.Equal(t, zero(), w.usable())
	w.reports(t, day, nil)
	reserve := times(w.pooled, number(10), number(bps))
	require.Equal(t, minus(ether(10_001), reserve), w.usable())
	w.attackerRequests(w.shares)
	require.Equal(t, zero(), w.usable(), "the request needs it")
}
