package txmgr

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNoBidIsEverAboveTheCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fees{MaxFeeWei: rapid.Uint64Range(1, maxFeeCapWei).Draw(t, "cap")}
		f.TipWei = rapid.Uint64Range(1, f.MaxFeeWei).Draw(t, "tip")
		require.NoError(t, f.Complete())
		b := f.first(rapid.Uint64().Draw(t, "base"))
		for range 20 {
			require.LessOrEqual(t, b.maxWei, f.MaxFeeWei)
			require.LessOrEqual(t, b.tipWei, b.maxWei)
			next, ok := f.next(b, rapid.Uint64().Draw(t, "base"), rapid.SampledFrom([]uint64{gently, doubled}).Draw(t, "eighths"))
			require.LessOrEqual(t, next.maxWei, f.MaxFeeWei)
			if !ok {
				return
			}
			// What geth asks for: above by a tenth of the old, rounded down, in both fields.
			require.GreaterOrEqual(t, next.maxWei, b.maxWei*110/100)
			require.GreaterOrEqual(t, next.tipWei, b.tipWei*110/100)
			require.Greater(t, next.maxWei, b.maxWei)
			require.Greater(t, next.tipWei, b.tipWei)
			b = next
		}
	})
}

func TestFirstBidBearsADoublingOfTheBaseFee(t *testing.T) {
	f := Fees{MaxFeeWei: 100e9, TipWei: 1e9}
	require.Equal(t, bid{maxWei: 41e9, tipWei: 1e9}, f.first(20e9))
	require.Equal(t, bid{maxWei: 100e9, tipWei: 1e9}, f.first(60e9))
	require.Equal(t, bid{maxWei: 100e9, tipWei: 1e9}, f.first(math.MaxUint64))
}

func TestBidRisesByAnEighthUntilTheCapLeavesTooLittle(t *testing.T) {
	f := Fees{MaxFeeWei: 50e9, TipWei: 8e9}
	b, ok := f.next(bid{maxWei: 40e9, tipWei: 8e9}, 1e9, gently)
	require.True(t, ok)
	require.Equal(t, bid{maxWei: 45e9, tipWei: 9e9}, b)
	b, ok = f.next(b, 1e9, gently)
	require.True(t, ok, "the cap is a ninth above: enough")
	require.Equal(t, uint64(50e9), b.maxWei)
	_, ok = f.next(b, 1e9, gently)
	require.False(t, ok)
}

func TestFeesThatCannotWorkAreRefused(t *testing.T) {
	require.ErrorIs(t, (&Fees{MaxFeeWei: 1e9, TipWei: 2e9}).Complete(), ErrConfig)
	require.ErrorIs(t, (&Fees{MaxFeeWei: maxFeeCapWei + 1}).Complete(), ErrConfig)
	standard := Fees{}
	require.NoError(t, standard.Complete())
	require.Equal(t, Fees{MaxFeeWei: DefaultMaxFeeWei, TipWei: DefaultTipWei}, standard)
	low := Fees{MaxFeeWei: 5}
	require.NoError(t, low.Complete())
	require.Equal(t, uint64(5), low.TipWei)
}
