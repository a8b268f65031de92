package difftest

import (
	"context"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings/testbindings"
	"github.com/tidemark-oracle/tidemark/contracts/evmtest"
	"github.com/tidemark-oracle/tidemark/contracts/localnet"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	mathCases = 100_000
	batchSize = 500
	// everyBranch is how often each branch and each sanity code must occur among the cases.
	everyBranch = 1_000
)

// harness is the pure arithmetic of the contracts, on a chain.
type harness struct {
	chain *evmtest.Chain
	at    common.Address
	math  *testbindings.MathHarness
}

func newHarness(t *testing.T) harness {
	t.Helper()
	account := localnet.NewAccount("harness")
	chain, err := evmtest.New(evmtest.Config{ChainID: 1337, SecondsPerSlot: 12, Balances: map[common.Address]*big.Int{account.Address: localnet.Ether(1)}})
	require.NoError(t, err)
	at, _, err := bind.DeployContract(account.Auth(big.NewInt(1337)), common.FromHex(testbindings.MathHarnessMetaData.Bin), chain, nil)
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
		BufferedWei: d.wei(bits), LastCLWei: d.wei(bits), LastDepositedWei: d.wei(bits), TotalShares: new(big.Int).Add(d.wei(bits), big.NewInt(1)),
		MaxPositiveRebasePpb: pick[uint32](d, 0, 1, 1_000_000, 10_000_000, 1_000_000_000), FeeBps: pick[uint16](d, 0, 1, 1000, 10_000),
		DemandWei: new(big.Int), DemandShares: new(big.Int), PendingBurnShares: new(big.Int),
	}
	inFlight := d.wei(bits)
	in.TotalPooledWei = new(big.Int).Add(in.BufferedWei, new(big.Int).Add(in.LastCLWei, inFlight))
	in.DepositedWei = new(big.Int).Add(in.LastDepositedWei, d.below(inFlight))
	principal := new(big.Int).Add(in.LastCLWei, new(big.Int).Sub(in.DepositedWei, in.LastDepositedWei))
	capWei := new(big.Int).Mul(in.TotalPooledWei, big.NewInt(int64(in.MaxPositiveRebasePpb)))
	capWei.Quo(capWei, big.NewInt(1_000_000_000))
	in.CLWei = pick(d, d.near(principal), d.below(principal), d.near(new(big.Int).Add(principal, capWei)), d.wei(bits), new(big.Int).Add(principal, d.below(capWei)))
	in.WithdrawalVaultWei, in.ELRewardsVaultWei = pick(d, d.wei(bits), d.near(capWei), new(big.Int)), pick(d, d.wei(bits), d.below(capWei))
	if d.IntN(3) > 0 {
		in.DemandShares = d.below(in.TotalShares)
		worth := new(big.Int).Mul(in.DemandShares, in.TotalPooledWei)
		in.DemandWei = pick(d, d.near(worth.Quo(worth, in.TotalShares)), d.below(in.BufferedWei), d.wei(bits))
	}
	if d.IntN(3) == 0 {
		in.PendingBurnShares = d.below(new(big.Int).Sub(in.TotalShares, in.DemandShares))
	}
	switch d.IntN(40) {
	case 0: // all is lost
		in.BufferedWei, in.CLWei, in.WithdrawalVaultWei, in.ELRewardsVaultWei = new(big.Int), new(big.Int), new(big.Int), new(big.Int)
		in.TotalPooledWei, in.DepositedWei = new(big.Int).Set(in.LastCLWei), in.LastDepositedWei
	case 1: // inconsistent: less is pooled than the consensus layer lost
		in.TotalPooledWei, in.CLWei = d.below(in.LastCLWei), new(big.Int)
	}
	return in
}

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
		"gain", "loss", "quiet", "withdrawals capped", "rewards capped", "finalized", "lock below demand", "lock is demand", "buffer too small",
		"burn capped", "burn whole", "fee", "fee bounded by half", "empty pool", "negative",
	} {
		require.GreaterOrEqual(t, branches[name], everyBranch, "branch %q, of %v", name, branches)
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
	for name, met := range map[string]bool{
		"gain": out.CLChangeWei.Sign() > 0, "loss": out.CLChangeWei.Sign() < 0, "quiet": out.CLChangeWei.Sign() == 0,
		"withdrawals capped":  out.FromWithdrawalsWei.Cmp(in.WithdrawalVaultWei) < 0,
		"rewards capped":      out.FromRewardsWei.Cmp(in.ELRewardsVaultWei) < 0,
		"finalized":           out.Finalized,
		"lock below demand":   out.Finalized && out.LockWei.Cmp(in.DemandWei) < 0,
		"lock is demand":      out.Finalized && out.LockWei.Cmp(in.DemandWei) == 0,
		"buffer too small":    !out.Finalized && in.DemandShares.Sign() > 0 && out.RebasedPooledWei.Sign() > 0,
		"burn capped":         out.BurnShares.Sign() > 0 && out.PendingBurnShares.Sign() > 0,
		"burn whole":          out.BurnShares.Sign() > 0 && out.PendingBurnShares.Sign() == 0,
		"fee":                 out.FeeShares.Sign() > 0,
		"fee bounded by half": out.FeeWei.Sign() > 0 && out.FeeWei.Cmp(new(big.Int).Quo(out.PooledWei, big.NewInt(2))) == 0,
		"empty pool":          in.TotalPooledWei.Sign() == 0 || out.RebasedPooledWei.Sign() == 0,
	} {
		if met {
			b[name]++
		}
	}
}

func solidityInput(in report.RebaseInput) testbindings.RebaseInput {
	return testbindings.RebaseInput{
		TotalPooledWei: in.TotalPooledWei, TotalShares: in.TotalShares, BufferedWei: in.BufferedWei, LastClWei: in.LastCLWei, LastDepositedWei: in.LastDepositedWei,
		ClWei: in.CLWei, DepositedWei: in.DepositedWei, WithdrawalVaultWei: in.WithdrawalVaultWei, ElRewardsVaultWei: in.ELRewardsVaultWei,
		MaxPositiveRebasePpb: big.NewInt(int64(in.MaxPositiveRebasePpb)), FeeBps: big.NewInt(int64(in.FeeBps)),
		DemandWei: in.DemandWei, DemandShares: in.DemandShares, PendingBurnShares: in.PendingBurnShares,
	}
}

func solidityOutput(o report.RebaseOutput) testbindings.RebaseOutput {
	return testbindings.RebaseOutput{
		ClChangeWei: o.CLChangeWei, FromWithdrawalsWei: o.FromWithdrawalsWei, FromRewardsWei: o.FromRewardsWei, RebasedPooledWei: o.RebasedPooledWei,
		Finalized: o.Finalized, LockWei: o.LockWei, BurnShares: o.BurnShares, PendingBurnShares: o.PendingBurnShares, FeeWei: o.FeeWei, FeeShares: o.FeeShares,
		PooledWei: o.PooledWei, Shares: o.Shares,
	}
}

// words are an output's figures as text: big.Int has no canonical form to compare by.
func words(o testbindings.RebaseOutput) [11]string {
	var w [11]string
	for i, v := range []*big.Int{
		o.ClChangeWei, o.FromWithdrawalsWei, o.FromRewardsWei, o.RebasedPooledWei, o.LockWei, o.BurnShares, o.PendingBurnShares, o.FeeWei, o.FeeShares, o.PooledWei, o.Shares,
	} {
		w[i] = v.String()
	}
	return w
}
