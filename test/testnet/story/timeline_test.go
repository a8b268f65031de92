//go:build testnet && linux

package story

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// holding is what a holder has at a block.
type holding struct {
	events.Token
	balanceWei *big.Int // of the holder's rebasing tokens
}

// line is something that happened, and what holders saw of it.
type line struct {
	slot          uint64
	event         string
	before, after *holding // nil: it was no transaction
}

// timeline is what happened, printed at the end.
type timeline struct {
	*chain
	holder common.Address
	lines  []line
}

// at is what holders have after a block.
func (t *timeline) at(number uint64) *holding {
	t.Helper()
	block, err := t.reader.BlockByNumber(t.ctx, number)
	require.NoError(t, err)
	token, err := t.reader.Token(t.ctx, block)
	require.NoError(t, err)
	staked := bindings.NewStakedEther()
	balance, err := staked.UnpackBalanceOf(t.call(t.manifest.Contracts.StakedEther, staked.PackBalanceOf(t.holder), new(big.Int).SetUint64(number)))
	require.NoError(t, err)
	return &holding{Token: token, balanceWei: balance}
}

// addTransaction adds an event that was a transaction.
func (t *timeline) addTransaction(receipt *types.Receipt, format string, args ...any) line {
	t.Helper()
	number := receipt.BlockNumber.Uint64()
	l := line{event: fmt.Sprintf(format, args...), before: t.at(number - 1), after: t.at(number)}
	l.slot = t.slotOf(l.after.Block)
	t.add(l)
	return l
}

// addNote adds an event of the consensus layer, or of the test.
func (t *timeline) addNote(slot uint64, format string, args ...any) {
	t.Helper()
	t.add(line{slot: slot, event: fmt.Sprintf(format, args...)})
}

func (t *timeline) add(l line) {
	t.lines = append(t.lines, l)
	t.Log(l.text())
}

func (l line) text() string {
	if l.before == nil {
		return fmt.Sprintf("%5d  %-78s", l.slot, l.event)
	}
	return fmt.Sprintf("%5d  %-78s  %s  %s  %14s  %s", l.slot, l.event, decimal(l.before.ShareRateRay, 27, 9), decimal(l.after.ShareRateRay, 27, 9),
		decimal(new(big.Int).Sub(l.after.balanceWei, l.before.balanceWei), 18, 9), decimal(l.after.WrappedWei, 18, 9))
}

// print logs everything in the order of slots.
func (t *timeline) print() {
	slices.SortStableFunc(t.lines, func(a, b line) int { return int(a.slot) - int(b.slot) })
	var text strings.Builder
	fmt.Fprintf(&text, "\n%5s  %-78s  %-11s  %-11s  %14s  %s\n", "slot", "event", "rate before", "rate after", "holder's ether", "wrapped token")
	for _, l := range t.lines {
		fmt.Fprintln(&text, strings.TrimRight(l.text(), " "))
	}
	t.Log(text.String())
}

// decimal writes an integer with that many decimals, cut to fewer.
func decimal(v *big.Int, decimals, shown int) string {
	if v == nil {
		return "-"
	}
	sign := ""
	if v.Sign() < 0 {
		sign, v = "-", new(big.Int).Neg(v)
	}
	digits := fmt.Sprintf("%0*s", decimals+1, v)
	whole, rest := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	return sign + whole + "." + rest[:shown]
}
