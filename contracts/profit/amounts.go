package profit

import "math/big"

const (
	weiPerGwei  = 1_000_000_000
	yearSeconds = 365 * 24 * 60 * 60
	bps         = 10_000
)

func zero() *big.Int               { return new(big.Int) }
func number(n int64) *big.Int      { return big.NewInt(n) }
func plus(a, b *big.Int) *big.Int  { return new(big.Int).Add(a, b) }
func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }

// times is a * b / c, rounded down.
func times(a, b, c *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Quo(p, c)
}

// timesUp is a * b / c, rounded up.
func timesUp(a, b, c *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Add(p, minus(c, number(1))).Quo(p, c)
}

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func positive(a *big.Int) *big.Int {
	if a.Sign() < 0 {
		return zero()
	}
	return a
}

func wholeGwei(wei *big.Int) *big.Int {
	return minus(wei, new(big.Int).Rem(wei, number(weiPerGwei)))
}

func upToGwei(wei *big.Int) *big.Int { return wholeGwei(plus(wei, number(weiPerGwei-1))) }

// yearly is wei * bps a year for so many seconds.
func yearly(wei *big.Int, rateBps, seconds int64) *big.Int {
	p := new(big.Int).Mul(wei, number(rateBps))
	return p.Mul(p, number(seconds)).Quo(p, number(bps*yearSeconds))
}
