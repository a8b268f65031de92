package difftest

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings/testbindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

const (
	mathCases = 100_000
	batchSize = 500
	// everyBranch is how often each branch and each sanity code must occur among the cases.
	everyBranch = 1_000
)

// harness is the pure arithmetic of the contracts, on a chain.
type harness struct {
	chain *evm.Chain
	at    common.Address
	math  *testbindings.MathHarness
}

func newHarness(t *testing.T) harness {
	t.Helper()
	account := localnet.NewAccount("harness")
	chain, err := evm.New(evm.Config{ChainID: 1337, SecondsPerSlot: 12, Balances: map[common.Address]*big.Int{account.Address: localnet.Ether(1)}})
	require.NoError(t, err)
	auth := account.Auth(big.NewInt(1337))
	auth.GasLimit = chain.TxGasLimit()
	at, _, err := bind.DeployContract(auth, common.FromHex(testbindings.MathHarnessMetaData.Bin), chain, nil)
	require.NoError(t, err)
	return harness{chain, at, testbindings.NewMathHarness()}
}

func (h harness) call(t *testing.T, data []byte) []byte {
	t.Helper()
	out, err := h.chain.CallContract(context.Background(), ethereum.CallMsg{To: &h.at, Data: data}, nil)
	require.NoError(t, err)
	return out
}

// dice draws values that meet edges often.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 1))} }

// wei draws up to 2^bits-1: edges, powers of two and everything between, on a logarithmic scale.
func (d dice) wei(bits int) *big.Int {
	switch d.IntN(8) {
	case 0:
		return new(big.Int)
	case 1:
		return big.NewInt(1)
	case 2:
		return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(bits)), big.NewInt(1))
	default:
		v := new(big.Int).SetUint64(d.Uint64())
		v.Lsh(v, 64).Or(v, new(big.Int).SetUint64(d.Uint64()))
		return v.Rsh(v, uint(128-1-d.IntN(bits)))
	}
}

// below draws from 0 to top, the top and its neighbourhood often.
func (d dice) below(top *big.Int) *big.Int {
	switch d.IntN(4) {
	case 0:
		return new(big.Int).Set(top)
	case 1:
		if top.Sign() > 0 {
			return new(big.Int).Sub(top, big.NewInt(1))
		}
		return new(big.Int)
	default:
		v := new(big.Int).SetUint64(d.Uint64())
		v.Lsh(v, 64).Or(v, new(big.Int).SetUint64(d.Uint64()))
		return v.Mod(v, new(big.Int).Add(top, big.NewInt(1)))
	}
}

// near draws v, a little more or a little less, never below zero.
func (d dice) near(v *big.Int) *big.Int {
	moved := new(big.Int).Add(v, big.NewInt(int64(d.IntN(5))-2))
	if moved.Sign() < 0 {
		return new(big.Int)
	}
	return moved
}

func pick[T any](d dice, values ...T) T { return values[d.IntN(len(values))] }

// rebaseInput draws a pool, what happened to it, and requests.
func (d dice) rebaseInput() report.RebaseInput {
	bits := pick(d, 20, 60, 90, 96, 112)
	in := report.RebaseInput{
		BufferedWei: d.wei(bits), LastCLWei: d.wei(bits), LastDepositedWei: d.wei(bits), TotalShares: plus(d.wei(bits), big.NewInt(1)),
		ElapsedSeconds: pick[uint64](d, 0, 12, 86_400, 86_400, 30*86_400), MaxRiseBps: pick[uint64](d, 1, 1000, 36_500, 365_000), FeeBps: pick[uint16](d, 0, 1, 1000, 5000, 10_000),
		NormalRewardBps: pick[uint32](d, 0, 300, 1000, 36_500), NoisePcm: pick[uint16](d, 0, 20, 10_000), LossesInRow: pick[uint8](d, 0, 0, 2, 3, 255),
		BucketWei: pick(d, new(big.Int), d.wei(bits)), UnconfirmedWei: pick(d, new(big.Int), new(big.Int), d.wei(bits)), Batch: report.NoBatch(),
	}
	inFlight := d.wei(bits)
	in.BookedWei = plus(in.BufferedWei, plus(in.LastCLWei, inFlight))
	in.TotalPooledWei = pick(d, in.BookedWei, in.BookedWei, d.below(in.BookedWei))
	in.DepositedWei = plus(in.LastDepositedWei, d.below(inFlight))
	principal := plus(in.LastCLWei, new(big.Int).Sub(in.DepositedWei, in.LastDepositedWei))
	timely := new(big.Int).Mul(in.TotalPooledWei, new(big.Int).SetUint64(in.MaxRiseBps*in.ElapsedSeconds))
	timely.Quo(timely, big.NewInt(10_000*365*86_400))
	in.CLWei = pick(d, d.near(principal), d.below(principal), d.near(plus(principal, timely)), d.wei(bits), plus(principal, d.below(timely)))
	in.WithdrawalVaultWei, in.ELRewardsVaultWei = pick(d, d.wei(bits), d.near(timely), new(big.Int)), pick(d, d.wei(bits), d.below(timely))
	in.LastVaultLeftWei = pick(d, new(big.Int), d.below(in.WithdrawalVaultWei))
	if d.IntN(3) > 0 {
		in.Batch = d.batch(in)
	}
	switch d.IntN(30) {
	case 0: // all is lost
		none := func() *big.Int { return new(big.Int) }
		in.BufferedWei, in.CLWei, in.WithdrawalVaultWei, in.ELRewardsVaultWei = none(), none(), none(), none()
		in.BookedWei, in.TotalPooledWei, in.DepositedWei = in.LastCLWei, in.LastCLWei, in.LastDepositedWei
		in.NoisePcm, in.LossesInRow = pick[uint16](d, 20, 65_535), pick[uint8](d, 0, 3)
	case 1: // inconsistent: less is booked than the consensus layer lost
		in.BookedWei, in.CLWei = d.below(in.LastCLWei), new(big.Int)
	}
	return in
}

// batch draws requests, most of them worth about what they are at the pool's rate.
func (d dice) batch(in report.RebaseInput) report.Batch {
	atRate := func(shares *big.Int) *big.Int {
		worth := new(big.Int).Mul(shares, in.TotalPooledWei)
		return pick(d, d.near(worth.Quo(worth, in.TotalShares)), d.below(in.BufferedWei), d.wei(96))
	}
	var b report.Batch
	b.DemandShares, b.FirstShares, b.LastShares = d.below(in.TotalShares), d.below(in.TotalShares), d.below(in.TotalShares)
	b.DemandWei, b.FirstWei, b.LastWei = atRate(b.DemandShares), atRate(b.FirstShares), atRate(b.LastShares)
	b.SpansFall = d.IntN(20) == 0
	return b
}

func plus(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }

func TestRebaseIsTheSameInGoAndSolidity(t *testing.T) {
	h, d := newHarness(t), newDice(1)
	branches := make(map[string]int)
	for done := 0; done < mathCases; done += batchSize {
		inputs := make([]report.RebaseInput, batchSize)
		onChain := make([]testbindings.RebaseInput, batchSize)
		for i := range inputs {
			inputs[i] = d.rebaseInput()
			onChain[i] = solidityInput(inputs[i])
		}
		results, err := h.math.UnpackRebase(h.call(t, h.math.PackRebase(onChain)))
		require.NoError(t, err)
		for i, in := range inputs {
			if requireSameRebase(t, in, results[i]) != nil {
				branches["negative"]++
				continue
			}
			out, err := report.Rebase(in)
			require.NoError(t, err)
			countBranches(branches, in, out)
		}
	}
	for _, name := range []string{
		"gain", "loss", "quiet", "withdrawals held back", "rewards held back", "booked held back", "regained", "regained in part", "noise", "beyond noise", "bucket used",
		"finalized", "lock below demand", "lock is demand", "skipped: Loss", "skipped: Empty", "skipped: SpansFall", "skipped: Mixed", "skipped: Buffer", "burn",
		"fee", "fee bounded by half", "fee bounded by the gain", "fee bounded by the normal reward", "empty pool", "negative",
	} {
		require.GreaterOrEqual(t, branches[name], everyBranch/2, "branch %q, of %v", name, branches)
	}
}

func TestPayoutsAreTheSameInGoAndSolidity(t *testing.T) {
	h, d := newHarness(t), newDice(4)
	byValue, byRate := 0, 0
	for done := 0; done < mathCases; done += batchSize {
		bits := pick(d, 20, 60, 96, 128)
		pooled, total := d.wei(bits), new(big.Int).Add(d.wei(bits-1), big.NewInt(1))
		values, shares := make([]*big.Int, batchSize), make([]*big.Int, batchSize)
		for i := range values {
			shares[i] = d.below(total)
			atRate := new(big.Int).Mul(shares[i], pooled)
			values[i] = pick(d, d.wei(bits), d.near(atRate.Quo(atRate, total)))
		}
		paid, err := h.math.UnpackPayouts(h.call(t, h.math.PackPayouts(values, shares, pooled, total)))
		require.NoError(t, err)
		for i := range paid {
			want := report.Payout(values[i], shares[i], pooled, total)
			require.Equal(t, want.String(), paid[i].String())
			if want.Cmp(values[i]) == 0 {
				byValue++
			} else {
				byRate++
			}
		}
	}
	require.Greater(t, byValue, everyBranch)
	require.Greater(t, byRate, everyBranch)
}

func countBranches(b map[string]int, in report.RebaseInput, out report.RebaseOutput) {
	half := new(big.Int).Quo(out.PooledWei, big.NewInt(2))
	stay := new(big.Int).Sub(out.Shares, out.FeeShares)
	before := new(big.Int).Mul(in.TotalPooledWei, stay)
	gained := new(big.Int).Sub(out.PooledWei, before.Quo(before, in.TotalShares))
	normal := plus(report.NormalRewardWei(in.LastCLWei, in.NormalRewardBps, in.ElapsedSeconds), out.FromRewardsWei)
	normal.Mul(normal, big.NewInt(int64(in.FeeBps))).Quo(normal, big.NewInt(10_000))
	fee := out.FeeWei.Sign() > 0
	for name, met := range map[string]bool{
		"gain": out.CLChangeWei.Sign() > 0, "loss": out.CLChangeWei.Sign() < 0, "quiet": out.CLChangeWei.Sign() == 0,
		"withdrawals held back":            out.FromWithdrawalsWei.Cmp(in.WithdrawalVaultWei) < 0,
		"rewards held back":                out.FromRewardsWei.Cmp(in.ELRewardsVaultWei) < 0,
		"booked held back":                 out.BookedWei.Cmp(out.PooledWei) > 0,
		"regained":                         out.RegainedWei.Sign() > 0 && out.RegainedWei.Cmp(in.UnconfirmedWei) == 0,
		"regained in part":                 out.RegainedWei.Sign() > 0 && out.RegainedWei.Cmp(in.UnconfirmedWei) < 0,
		"noise":                            out.LostWei.Sign() > 0 && !out.BeyondNoise,
		"beyond noise":                     out.BeyondNoise,
		"bucket used":                      out.BucketUsedWei.Sign() > 0,
		"finalized":                        out.Finalized,
		"lock below demand":                out.Finalized && out.LockWei.Cmp(in.Batch.DemandWei) < 0,
		"lock is demand":                   out.Finalized && out.LockWei.Cmp(in.Batch.DemandWei) == 0,
		"skipped: " + out.Skip.String():    out.Skip != report.SkipNone,
		"burn":                             out.BurnShares.Sign() > 0,
		"fee":                              out.FeeShares.Sign() > 0,
		"fee bounded by half":              fee && out.FeeWei.Cmp(half) == 0,
		"fee bounded by the gain":          fee && out.FeeWei.Cmp(gained) == 0,
		"fee bounded by the normal reward": fee && out.FeeWei.Cmp(normal) == 0,
		"empty pool":                       in.TotalPooledWei.Sign() == 0 || out.RebasedPooledWei.Sign() == 0,
	} {
		if met {
			b[name]++
		}
	}
}

func number(v uint64) *big.Int { return new(big.Int).SetUint64(v) }

func solidityInput(in report.RebaseInput) testbindings.RebaseInput {
	return testbindings.RebaseInput{
		TotalPooledWei: in.TotalPooledWei, TotalShares: in.TotalShares, BufferedWei: in.BufferedWei, BookedWei: in.BookedWei,
		LastClWei: in.LastCLWei, LastDepositedWei: in.LastDepositedWei, LastVaultLeftWei: in.LastVaultLeftWei,
		ClWei: in.CLWei, DepositedWei: in.DepositedWei, WithdrawalVaultWei: in.WithdrawalVaultWei, ElRewardsVaultWei: in.ELRewardsVaultWei,
		ElapsedSeconds: number(in.ElapsedSeconds), MaxRiseBps: number(in.MaxRiseBps), BucketWei: in.BucketWei, UnconfirmedWei: in.UnconfirmedWei,
		LossesInRow: number(uint64(in.LossesInRow)), NoisePcm: number(uint64(in.NoisePcm)), NormalRewardBps: number(uint64(in.NormalRewardBps)),
		FeeBps: number(uint64(in.FeeBps)), Batch: testbindings.Batch(in.Batch),
	}
}

func solidityOutput(o report.RebaseOutput) testbindings.RebaseOutput {
	return testbindings.RebaseOutput{
		ClChangeWei: o.CLChangeWei, FromWithdrawalsWei: o.FromWithdrawalsWei, FromRewardsWei: o.FromRewardsWei, RebasedPooledWei: o.RebasedPooledWei,
		RegainedWei: o.RegainedWei, LostWei: o.LostWei, BeyondNoise: o.BeyondNoise, Finalized: o.Finalized, Skip: uint8(o.Skip), LockWei: o.LockWei,
		BurnShares: o.BurnShares, FeeWei: o.FeeWei, FeeShares: o.FeeShares, BucketUsedWei: o.BucketUsedWei, BookedWei: o.BookedWei,
		PooledWei: o.PooledWei, Shares: o.Shares,
	}
}

// words are an output's figures as text: big.Int has no canonical form to compare by.
func words(o testbindings.RebaseOutput) [17]string {
	return [17]string{
		o.ClChangeWei.String(), o.FromWithdrawalsWei.String(), o.FromRewardsWei.String(), o.RebasedPooledWei.String(), o.RegainedWei.String(), o.LostWei.String(),
		fmt.Sprint(o.BeyondNoise), fmt.Sprint(o.Finalized), report.Skip(o.Skip).String(), o.LockWei.String(), o.BurnShares.String(), o.FeeWei.String(), o.FeeShares.String(),
		o.BucketUsedWei.String(), o.BookedWei.String(), o.PooledWei.String(), o.Shares.String(),
	}
}
