package difftest

import (
	"math"
	"math/big"
	"testing"

	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings/testbindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// sanityCase is one question to both implementations.
type sanityCase struct {
	limits report.Limits
	last   report.LastReport
	report report.Report
	input  report.SanityInput
}

func (d dice) uint(edge uint64) uint64 {
	switch d.IntN(4) {
	case 0:
		return edge
	case 1:
		return edge + 1
	case 2:
		return edge - min(edge, 1)
	default:
		return d.Uint64N(edge + edge/8 + 2)
	}
}

// sane draws a state and a report that breaks nothing.
func (d dice) sane() sanityCase {
	validators, exited := d.Uint32N(1_000_000), uint32(0)
	exited = d.Uint32N(validators + 1)
	balanceGwei := uint64(validators)*32e9 + d.Uint64N(1e12)
	deposited := d.wei(96)
	vault := d.wei(90)
	c := sanityCase{
		limits: report.Limits{AnnualGainBps: 1000, GiftMarginGwei: d.Uint64N(1e13), LossWindowPcm: 5000, NewValidatorsPerEpoch: 16, ExitsPerEpoch: 16, RequestMarginSeconds: 3600},
		last: report.LastReport{
			RefSlot: 319 + d.Uint64N(1e7), CLValidatorsGwei: balanceGwei, CLPendingGwei: d.Uint64N(1e14), Validators: validators, Exited: exited,
			DepositedWei: *uint256.MustFromBig(deposited), WithdrawalVaultLeftWei: *uint256.MustFromBig(d.below(vault)),
		},
		input: report.SanityInput{
			SecondsPerSlot: 12, SlotsPerEpoch: 32, WithdrawalVaultWei: vault, ELRewardsVaultWei: d.wei(90),
			DepositedWei: new(big.Int).Add(deposited, d.wei(80)), LastRequestID: d.Uint64N(1e6), RefTimestamp: 1_700_000_000 + d.Uint64N(1e9),
		},
	}
	c.input.BucketGwei = pick(d, 0, c.limits.GiftMarginGwei, d.Uint64N(1e13))
	c.input.ByGuardian = d.IntN(2) == 0
	c.last.UnconfirmedGwei, c.last.ConfirmedGwei = pick(d, 0, 0, d.Uint64N(1e13)), pick(d, 0, d.Uint64N(1e13), d.Uint64N(1e15))
	c.last.CLInFlightGwei, c.last.UnprovenGwei, c.last.SilentCalls = d.Uint64N(1e13), d.Uint64N(1e13), uint16(d.Uint32())
	c.input.LastFinalizedID = d.Uint64N(c.input.LastRequestID + 1)
	for range 16 {
		c.last.LossWindow.Lsh(&c.last.LossWindow, 16)
		c.last.LossWindow.Or(&c.last.LossWindow, uint256.NewInt(d.Uint64N(300)))
	}
	c.report = report.Report{
		Version: report.Version, RefSlot: c.last.RefSlot + 1 + d.Uint64N(2000), CLValidatorsGwei: balanceGwei, CLPendingGwei: c.last.CLPendingGwei,
		Validators: validators, Exited: exited, Slashed: d.Uint32N(validators + 1), DepositedWei: c.last.DepositedWei,
		WithdrawalVaultWei: c.last.WithdrawalVaultLeftWei, CLInFlightGwei: c.last.CLInFlightGwei,
	}
	if d.IntN(2) == 0 { // a sweep is under way
		moved := d.Uint64N(min(c.report.CLValidatorsGwei, 1e13) + 1)
		c.report.CLValidatorsGwei, c.report.CLInFlightGwei = c.report.CLValidatorsGwei-moved, c.report.CLInFlightGwei+moved
	}
	c.report.ELRewardsVaultWei.SetFromBig(d.below(c.input.ELRewardsVaultWei))
	return c
}

// spoil moves one figure to the edge of its bound, or beyond it.
func (d dice) spoil(c *sanityCase) {
	epochs := (c.report.RefSlot - c.last.RefSlot + 31) / 32
	setWei := func(to *uint256.Int, edge *big.Int) { to.SetFromBig(d.near(edge)) }
	switch d.IntN(22) {
	case 0:
		setWei(&c.report.WithdrawalVaultWei, c.input.WithdrawalVaultWei)
	case 1:
		setWei(&c.report.ELRewardsVaultWei, c.input.ELRewardsVaultWei)
	case 2:
		setWei(&c.report.DepositedWei, c.last.DepositedWei.ToBig())
	case 3:
		setWei(&c.report.DepositedWei, c.input.DepositedWei)
	case 4:
		c.report.Exited = uint32(d.uint(uint64(c.report.Validators)))
	case 5:
		c.report.Slashed = uint32(d.uint(uint64(c.report.Validators)))
	case 6:
		c.report.Validators = uint32(d.uint(uint64(c.last.Validators)))
		c.report.Exited, c.report.Slashed, c.last.Exited = 0, 0, 0
	case 7:
		c.report.Exited = uint32(d.uint(uint64(c.last.Exited)))
	case 8:
		c.report.FinalizeUpTo = d.uint(c.input.LastRequestID)
		c.input.FinalizeCreatedAt = c.input.RefTimestamp - 1e6
	case 9, 16, 17:
		c.report.FinalizeUpTo = d.uint(c.input.LastFinalizedID + 1)
		c.input.LastRequestID = math.MaxUint64
		c.input.FinalizeCreatedAt = d.uint(c.input.RefTimestamp - 3600)
	case 10:
		c.report.CLPendingGwei = d.uint(c.last.CLPendingGwei + c.giftGwei())
	case 11:
		c.report.Validators = uint32(d.uint(uint64(c.last.Validators) + 16*epochs))
		c.last.Exited, c.report.Exited = 0, 0
	case 12:
		c.report.Validators, c.last.Validators = c.report.Validators+1e6, c.last.Validators+1e6
		c.report.Exited = uint32(d.uint(uint64(c.last.Exited) + 16*epochs))
	case 13, 20, 21:
		principal := c.last.CLValidatorsGwei + c.last.CLPendingGwei + c.last.CLInFlightGwei
		c.report.CLInFlightGwei = c.last.CLInFlightGwei
		gain := new(big.Int).Mul(new(big.Int).SetUint64(principal), new(big.Int).SetUint64(1000*12*(c.report.RefSlot-c.last.RefSlot)))
		gain.Quo(gain, big.NewInt(10_000*365*24*3600))
		beyond := c.last.UnconfirmedGwei + c.giftGwei()
		if c.input.ByGuardian {
			beyond += pick(d, 0, c.last.ConfirmedGwei, c.last.ConfirmedGwei)
		}
		c.report.CLValidatorsGwei = d.uint(c.last.CLValidatorsGwei + gain.Uint64() + pick(d, beyond, c.last.UnconfirmedGwei))
	case 14:
		c.report.CLValidatorsGwei = c.last.CLValidatorsGwei - min(c.last.CLValidatorsGwei, d.uint(c.last.CLValidatorsGwei/50))
	case 15:
		c.report.CLValidatorsGwei = d.Uint64N(c.last.CLValidatorsGwei + 1)
		c.last.LossWindow.SetAllOne()
		c.limits.LossWindowPcm = uint32(d.uint(16 * math.MaxUint16))
	case 18:
		c.input.LastFalse = true
	case 19: // what arrived in the vault, of which a guardian may accept all
		c.input.WithdrawalVaultWei = new(big.Int).Add(c.input.WithdrawalVaultWei, d.wei(84))
		setWei(&c.report.WithdrawalVaultWei, c.input.WithdrawalVaultWei)
	}
}

// giftGwei is what may come beyond the yearly rate.
func (c sanityCase) giftGwei() uint64 {
	if c.input.ByGuardian {
		return c.limits.GiftMarginGwei
	}
	return min(c.limits.GiftMarginGwei, c.input.BucketGwei)
}

func TestSanityIsTheSameInGoAndSolidity(t *testing.T) {
	h, d := newHarness(t), newDice(2)
	codes, judged := make(map[report.Code]int), make(map[string]int)
	for done := 0; done < mathCases; done += batchSize {
		cases := make([]sanityCase, batchSize)
		onChain := make([]testbindings.MathHarnessSanityCase, batchSize)
		for i := range cases {
			cases[i] = d.sane()
			for range d.IntN(4) {
				d.spoil(&cases[i])
			}
			onChain[i] = cases[i].solidity()
		}
		verdicts, err := h.math.UnpackSanity(h.call(t, h.math.PackSanity(onChain)))
		require.NoError(t, err)
		for i, c := range cases {
			v := report.CheckSanity(c.limits, c.last, c.report, c.input)
			codes[v.Code]++
			require.Equal(t, uint8(v.Code), verdicts[i].Code, "%s in Go: %+v", v.Code, c)
			if v.Code == report.Sane || v.Code == report.LastReportFalse {
				requireSameJudged(t, v.Effect, verdicts[i].Judged)
				count(judged, v.Effect)
			}
			if v.Code != report.Sane {
				require.Equal(t, [2]string{v.Value.String(), v.Bound.String()}, [2]string{verdicts[i].Value.String(), verdicts[i].Bound.String()}, "%s: %+v", v.Code, c)
			}
		}
	}
	for code := report.Sane; code <= report.LastReportFalse; code++ {
		require.GreaterOrEqual(t, codes[code], everyBranch, "code %s, of %v", code, codes)
	}
	for _, name := range []string{"bucket", "confirmed", "guardian", "loss", "none"} {
		require.GreaterOrEqual(t, judged[name], everyBranch/2, "%s, of %v", name, judged)
	}
}

func requireSameJudged(t *testing.T, v report.SanityEffect, onChain testbindings.Judged) {
	t.Helper()
	require.Equal(t, v.LossWindow.ToBig().String(), onChain.LossWindow.String())
	onChain.LossWindow = nil
	require.Equal(t, testbindings.Judged{BucketGwei: v.BucketGwei, ConfirmedGwei: v.ConfirmedGwei, ByGuardian: v.ByGuardian}, onChain)
}

func count(judged map[string]int, v report.SanityEffect) {
	for name, met := range map[string]bool{
		"bucket": v.BucketGwei > 0, "confirmed": v.ConfirmedGwei > 0, "guardian": v.ByGuardian, "loss": v.LossWindow.Uint64()&math.MaxUint16 > 0,
		"none": v.BucketGwei == 0 && v.ConfirmedGwei == 0,
	} {
		if met {
			judged[name]++
		}
	}
}

func (c sanityCase) solidity() testbindings.MathHarnessSanityCase {
	return testbindings.MathHarnessSanityCase{
		Limits: testbindings.Limits(c.limits),
		Last: testbindings.LastReport{
			RefSlot: c.last.RefSlot, ClValidatorsGwei: c.last.CLValidatorsGwei, ClPendingGwei: c.last.CLPendingGwei, Validators: c.last.Validators, Exited: c.last.Exited,
			DepositedWei: c.last.DepositedWei.ToBig(), WithdrawalVaultLeftWei: c.last.WithdrawalVaultLeftWei.ToBig(), LossWindow: c.last.LossWindow.ToBig(),
			ClInFlightGwei: c.last.CLInFlightGwei, UnprovenGwei: c.last.UnprovenGwei, SilentCalls: c.last.SilentCalls,
			UnconfirmedGwei: c.last.UnconfirmedGwei, ConfirmedGwei: c.last.ConfirmedGwei,
		},
		Report: testbindings.Report(abi.Report(c.report)),
		Input: testbindings.SanityInput{
			SecondsPerSlot: number(c.input.SecondsPerSlot), SlotsPerEpoch: number(c.input.SlotsPerEpoch), RefTimestamp: number(c.input.RefTimestamp),
			WithdrawalVaultWei: c.input.WithdrawalVaultWei, ElRewardsVaultWei: c.input.ELRewardsVaultWei, DepositedWei: c.input.DepositedWei,
			LastRequestId: number(c.input.LastRequestID), LastFinalizedId: number(c.input.LastFinalizedID), FinalizeCreatedAt: number(c.input.FinalizeCreatedAt),
			BucketGwei: number(c.input.BucketGwei), LastFalse: c.input.LastFalse, ByGuardian: c.input.ByGuardian,
		},
	}
}

func TestSchedulesAreTheSameInGoAndSolidity(t *testing.T) {
	h, d := newHarness(t), newDice(3)
	valid, opened := 0, 0
	for range 40 {
		var list []report.Schedule
		var onChain []testbindings.Schedule
		var timestamps []*big.Int
		for range batchSize {
			s := report.Schedule{
				GenesisTime: d.Uint64N(1 << 41), SecondsPerSlot: pick(d, 0, 1, 4, 12, 8191, d.Uint64N(70_000)), SlotsPerEpoch: pick(d, 0, 1, 6, 32, d.Uint64()),
				InitialEpoch: pick(d, 0, 1, d.Uint64N(1e6), d.Uint64()), EpochsPerFrame: pick(d, 3, 4, 225, 253, 254, 255, 1e18, d.Uint64N(300)),
			}
			frame := s.SlotsPerEpoch * s.EpochsPerFrame
			s.FinalityMarginSlots = pick(d, 2*s.SlotsPerEpoch, 2*s.SlotsPerEpoch, 2*s.SlotsPerEpoch-1, frame, frame-1)
			left := frame - s.FinalityMarginSlots
			s.CloseSlots = pick(d, 0, 1, 2, 2, 8, 8, left-4, left-4, left-3, frame, d.Uint64())
			list, onChain = append(list, s), append(onChain, testbindings.Schedule(s))
			first := s.GenesisTime + (s.InitialEpoch%1e7)*(s.SlotsPerEpoch%100)*(s.SecondsPerSlot%100)
			timestamps = append(timestamps, new(big.Int).SetUint64(pick(d, first, first-1, first+d.Uint64N(1e6), d.Uint64N(s.GenesisTime+1))))
		}
		answers, err := h.math.UnpackSchedules(h.call(t, h.math.PackSchedules(onChain, timestamps)))
		require.NoError(t, err)
		for i, s := range list {
			require.Equal(t, s.Validate() == nil, answers[i].Valid, "%+v: %v", s, s.Validate())
			if !answers[i].Valid {
				continue
			}
			valid++
			slot := s.SlotAt(timestamps[i].Uint64())
			require.Equal(t, slot, answers[i].Slot.Uint64())
			require.Equal(t, s.NextRefSlot(slot), answers[i].Next.Uint64())
			require.Equal(t, s.RefSlotOfChange(slot), answers[i].Change.Uint64())
			current, err := s.CurrentRefSlot(slot)
			require.Equal(t, err == nil, answers[i].Opened)
			if err == nil {
				opened++
				require.Equal(t, current, answers[i].Current.Uint64())
				require.Equal(t, s.CloseSlot(current), answers[i].Close.Uint64())
			}
		}
	}
	require.Greater(t, valid, 200)
	require.Greater(t, opened, 50)
}
