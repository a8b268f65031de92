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
		require.Equal(t, out.Finalized, onChain.Output.Finalized)
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
		TotalPooledWei: amount(), TotalShares: amount(), BufferedWei: amount(), LastCLWei: amount(), LastDepositedWei: amount(), CLWei: amount(), DepositedWei: amount(),
		WithdrawalVaultWei: amount(), ELRewardsVaultWei: amount(), DemandWei: amount(), DemandShares: amount(), PendingBurnShares: amount(),
		MaxPositiveRebasePpb: pick(d, 0, 1, 1_000_000_000, d.Uint32()), FeeBps: pick(d, 0, 10_000, uint16(d.Uint32())),
	}
	none := new(big.Int)
	switch d.IntN(8) {
	case 0:
		in.LastDepositedWei = none
	case 1:
		in.LastDepositedWei, in.LastCLWei = d.edge(in.DepositedWei), none
	case 2:
		in.TotalShares, in.LastDepositedWei = none, none
	case 3: // an empty pool that still has shares to burn
		in.TotalPooledWei, in.LastDepositedWei, in.LastCLWei, in.DepositedWei = none, none, none, none
		in.PendingBurnShares, in.DemandShares = d.edge(in.TotalShares), pick(d, none, amount())
	case 4: // a lock near all ether of the pool
		in.LastDepositedWei, in.CLWei, in.LastCLWei, in.DepositedWei = none, none, none, none
		in.DemandWei, in.DemandShares = d.edge(new(big.Int).Add(in.TotalPooledWei, in.WithdrawalVaultWei)), d.edge(in.TotalShares)
		in.BufferedWei = d.edge(in.DemandWei)
	case 5: // shares that are worth about as much as a word holds
		in.LastDepositedWei, in.LastCLWei, in.DepositedWei, in.TotalShares = none, none, none, big.NewInt(int64(d.IntN(4)))
		in.TotalPooledWei, in.CLWei, in.DemandShares = d.edge(most()), d.edge(most()), d.edge(most())
	}
	return in
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
