package txmgr

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

const (
	// DefaultMaxFeeWei and DefaultTipWei are what is bid for a unit of gas when the configuration does not say.
	DefaultMaxFeeWei = 200e9
	DefaultTipWei    = 1e9

	maxFeeCapWei = 1e15 // no sane cap is above a million gwei; products stay within 64 bits
)

// Fees bound what is bid for a unit of gas, in wei (EIP-1559).
type Fees struct {
	MaxFeeWei uint64 // hard cap of max fee per gas: never exceeded
	TipWei    uint64 // max priority fee per gas of the first transaction
}

// Complete puts defaults in place of zero. Errors: ErrConfig.
func (f *Fees) Complete() error {
	f.MaxFeeWei, f.TipWei = cmp.Or(f.MaxFeeWei, DefaultMaxFeeWei), cmp.Or(f.TipWei, min(DefaultTipWei, cmp.Or(f.MaxFeeWei, DefaultMaxFeeWei)))
	switch {
	case f.MaxFeeWei > maxFeeCapWei:
		return fmt.Errorf("%w: a cap of %s for a unit of gas is above %s", ErrConfig, gwei(f.MaxFeeWei), gwei(maxFeeCapWei))
	case f.TipWei > f.MaxFeeWei:
		return fmt.Errorf("%w: the tip of %s is above the cap of %s", ErrConfig, gwei(f.TipWei), gwei(f.MaxFeeWei))
	}
	return nil
}

// bid is what a transaction offers for a unit of gas, in wei.
type bid struct{ maxWei, tipWei uint64 }

// first is the bid of a new transaction: the base fee may double until it is mined.
func (f Fees) first(baseFeeWei uint64) bid {
	base := min(baseFeeWei, f.MaxFeeWei)
	b := bid{maxWei: min(2*base+f.TipWei, f.MaxFeeWei)}
	b.tipWei = min(f.TipWei, b.maxWei)
	return b
}

// next is the bid that replaces old, by a factor in eighths: nodes ask for a tenth more in both fields. It is not ok when the cap leaves less.
func (f Fees) next(old bid, baseFeeWei, eighths uint64) (b bid, ok bool) {
	fresh := f.first(baseFeeWei)
	b.maxWei = min(max(fresh.maxWei, raised(old.maxWei, eighths)), f.MaxFeeWei)
	b.tipWei = min(max(fresh.tipWei, raised(old.tipWei, eighths)), b.maxWei)
	return b, b.replaces(old)
}

const (
	gently  = 1 // an eighth more
	doubled = 8
)

func raised(wei, eighths uint64) uint64 { return wei + max(1, (wei*eighths+7)/8) }

// replaces tells whether nodes take b in the place of old: at least ten percent more in both fields (geth, Besu, Nethermind, Erigon, Reth).
func (b bid) replaces(old bid) bool {
	return tenthMore(b.maxWei, old.maxWei) && tenthMore(b.tipWei, old.tipWei)
}

func tenthMore(wei, old uint64) bool { return wei > old && 10*wei >= 11*old }

// costWei is the most that gas units can cost.
func (b bid) costWei(gas uint64) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(b.maxWei), new(big.Int).SetUint64(gas))
}

// transaction is one that makes this bid.
func (b bid) transaction(chainID *big.Int, nonce uint64, to common.Address, valueWei *big.Int, gas uint64, data []byte) *types.DynamicFeeTx {
	return &types.DynamicFeeTx{
		ChainID: chainID, Nonce: nonce, To: &to, Value: valueWei, Gas: gas, Data: data,
		GasFeeCap: new(big.Int).SetUint64(b.maxWei), GasTipCap: new(big.Int).SetUint64(b.tipWei),
	}
}

// withMargin is a quarter more gas than was estimated: what a contract finds may change until the block.
func withMargin(gas uint64) uint64 { return min(gas+gas/4, maxGas) }

// gwei writes a fee.
func gwei(wei uint64) string {
	return format.Fixed(new(big.Int).SetUint64(wei), format.GweiDecimals, 3) + " gwei"
}

// ether writes an amount.
func ether(wei *big.Int) string { return format.Fixed(wei, format.WeiDecimals, 6) + " ether" }
