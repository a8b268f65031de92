package profit

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
)

// ErrBroken: a rule that holds at every step does not.
var ErrBroken = errors.New("a rule of the price is broken")

// dustWei is what roundings may add up to in one world: the pool counts what lies in a vault, and losses, in gwei.
const dustWei = 100 * weiPerGwei

// Result is what a search found.
type Result struct {
	Steps, Worlds int64
	BestWei       *big.Int // the largest profit, also below dust
	BestWorld     uint64   // its number
	Err           error    // the first world's in which a rule was broken
	ErrWorld      uint64
}

// Found reports whether there is a profit beyond dust or a broken rule.
func (r Result) Found() bool { return r.Err != nil || r.BestWei.Cmp(number(dustWei)) > 0 }

// Search tries worlds of a seed, from the first, for at least so many steps; with stop it ends at the first profit.
func Search(options Options, seed uint64, steps int64, stop bool) Result {
	result := Result{BestWei: number(-1)}
	for world := uint64(0); result.Steps < steps; world++ {
		profit, count, err := Replay(options, seed, world, nil)
		result.Worlds++
		result.Steps += count
		if err != nil && result.Err == nil {
			result.Err, result.ErrWorld = err, world
		}
		if err == nil && (world == 0 || profit.Cmp(result.BestWei) > 0) {
			result.BestWei, result.BestWorld = profit, world
		}
		if stop && result.Found() {
			break
		}
	}
	return result
}

// Replay runs one world of a seed and gives the profit, in wei, and the steps. All that happens is appended to trace unless that is nil.
func Replay(options Options, seed, world uint64, trace *[]string) (*big.Int, int64, error) {
	random := rand.New(rand.NewPCG(seed, world))
	w := newWorld(options, random, trace)
	before, with := random.IntN(30), 5+random.IntN(40)
	for n := range before + with {
		if err := w.step(n >= before); err != nil {
			return nil, int64(n), fmt.Errorf("world %d: %w", world, err)
		}
		if err := w.buyAndSellInOneBlock(); err != nil {
			return nil, int64(n), fmt.Errorf("world %d: %w", world, err)
		}
	}
	if err := w.windUp(); err != nil {
		return nil, int64(before + with), fmt.Errorf("world %d: %w", world, err)
	}
	return w.profit(), int64(before + with), nil
}
