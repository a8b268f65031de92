package difftest

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings/testbindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// refusals are the errors of report.Rebase with the Solidity error that each stands for.
func refusals() map[error]string {
	const negative, panics = "NegativePool()", "Panic(uint256)"
	return map[error]string{
		report.ErrNegativePool: negative, report.ErrNegativePrincipal: panics, report.ErrNoShares: panics,
		report.ErrPayoutOverflow: panics, report.ErrLockAbovePool: panics, report.ErrBurnAboveShares: panics,
	}
}

// requireSameRebase requires that both implementations give the same, or that both refuse for the same reason, which it returns.
func requireSameRebase(t *testing.T, in report.RebaseInput, onChain testbindings.MathHarnessRebaseResult) error {
	t.Helper()
	out, err := report.Rebase(in)
	if err == nil {
		require.Equal(t, [4]byte{}, onChain.Reverted, "the contract reverts: %+v", in)
		require.Equal(t, words(solidityOutput(out)), words(onChain.Output), "%+v", in)
		return nil
	}
	for reason, signature := range refusals() {
		if errors.Is(err, reason) {
			require.Equal(t, [4]byte(crypto.Keccak256([]byte(signature))[:4]), onChain.Reverted, "Go: %v; %+v", err, in)
			return reason
		}
	}
	require.Failf(t, "refused for a reason that the contract does not have", "%v: %+v", err, in)
	return nil
}

// edge draws v or its neighbourhood, of at most 128 bits.
func (d dice) edge(v *big.Int) *big.Int {
	if moved := d.near(v); moved.Cmp(most()) < 0 {
		return moved
	}
	return most()
}

// most is the largest amount that a rebase is promised.
func most() *big.Int { return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1)) }

// absurdInput draws figures that no pool can have together, each of up to 128 bits.
func (d dice) absurdInput() report.RebaseInput {
	bits := pick(d, 2, 20, 96, 128)
	amount := func() *big.Int { return d.wei(bits) }
	in := report.RebaseInput{
		TotalPooledWei: amount(), TotalShares: amount(), BufferedWei: amount(), BookedWei: amount(), LastCLWei: amount(), LastDepositedWei: amount(), LastVaultLeftWei: amount(),
		CLWei: amount(), DepositedWei: amount(), WithdrawalVaultWei: amount(), ELRewardsVaultWei: amount(), BucketWei: amount(), UnconfirmedWei: amount(),
		Batch: report.Batch{
			DemandWei: amount(), DemandShares: amount(), FirstWei: amount(), FirstShares: amount(), LastWei: amount(), LastShares: amount(), SpansFall: d.IntN(16) == 0,
		},
		ElapsedSeconds: pick(d, 0, 86_400, d.Uint64()), MaxRiseBps: pick(d, 1, 1000, d.Uint64()), LossesInRow: pick[uint8](d, 0, 3, 255),
		NoisePcm: pick(d, 0, 65_535, uint16(d.Uint32())), NormalRewardBps: pick(d, 0, d.Uint32()), FeeBps: pick(d, 0, 10_000, uint16(d.Uint32())),
	}
	none := new(big.Int)
	switch d.IntN(8) {
	case 0:
		in.LastDepositedWei = none
	case 1:
		in.LastDepositedWei, in.LastCLWei = d.edge(in.DepositedWei), none
	case 2:
		in.TotalShares, in.LastDepositedWei, in.LossesInRow = none, none, 3
	case 3: // more to burn than shares
		in.LastDepositedWei, in.CLWei, in.LastCLWei, in.DepositedWei, in.LossesInRow = none, none, none, none, 3
		in.TotalShares = plus(in.TotalShares, big.NewInt(1))
		in.TotalShares = d.edge(in.TotalShares)
		in.Batch = one(d.below(in.BufferedWei), d.edge(in.TotalShares))
	case 4: // a lock near all ether of the pool
		in.LastDepositedWei, in.CLWei, in.LastCLWei, in.DepositedWei, in.LossesInRow = none, none, none, none, 3
		in.Batch = one(d.edge(plus(in.BookedWei, in.WithdrawalVaultWei)), d.edge(in.TotalShares))
		in.BufferedWei = d.edge(in.Batch.DemandWei)
	case 5: // shares that are worth about as much as a word holds
		in.LastDepositedWei, in.LastCLWei, in.DepositedWei, in.TotalShares, in.LossesInRow = none, none, none, big.NewInt(int64(d.IntN(4))), 3
		in.TotalPooledWei, in.BookedWei, in.CLWei = d.edge(most()), d.edge(most()), d.edge(most())
		in.Batch = one(in.Batch.DemandWei, d.edge(most()))
		in.Batch.FirstShares = pick(d, in.Batch.FirstShares, none)
	}
	return in
}

// one is a batch of one request.
func one(valueWei, shares *big.Int) report.Batch {
	return report.Batch{DemandWei: valueWei, DemandShares: shares, FirstWei: valueWei, FirstShares: shares, LastWei: valueWei, LastShares: shares}
}

func TestRebaseRefusesTheSameInGoAndSolidity(t *testing.T) {
	h, d := newHarness(t), newDice(7)
	met := make(map[error]int)
	for done := 0; done < mathCases; done += batchSize {
		inputs := make([]report.RebaseInput, batchSize)
		onChain := make([]testbindings.RebaseInput, batchSize)
		for i := range inputs {
			inputs[i] = d.absurdInput()
			onChain[i] = solidityInput(inputs[i])
		}
		results, err := h.math.UnpackRebase(h.call(t, h.math.PackRebase(onChain)))
		require.NoError(t, err)
		for i, in := range inputs {
			met[requireSameRebase(t, in, results[i])]++
		}
	}
	for reason := range refusals() {
		require.GreaterOrEqual(t, met[reason], everyBranch/10, "%v, of %v", reason, met)
	}
	require.GreaterOrEqual(t, met[nil], everyBranch, "accepted by both, of %v", met)
}
