package devnet

import (
	"context"
	"errors"
	"fmt"
)

const (
	usualSoakFrames = 60
	// Of a member's resident memory: what its trend may add from the end of the warm-up to the end, in percent, and a floor for short runs, in which the
	// garbage collector's own rhythm is most of the change.
	maxGrowthPercent = 15
	maxGrowthFloor   = 12 << 20
)

// soak looks at the memory of members for long.
func soak() scenario {
	return scenario{
		name:          "soak",
		summary:       "Nothing goes wrong, for long. Each frame is reported, and after a warm-up the memory of no member grows.",
		defaultFrames: usualSoakFrames,
		run:           runSoak,
	}
}

func runSoak(ctx context.Context, env *environment) error {
	samples := make([][]uint64, env.options.Members)
	for k := range uint64(env.options.Frames) {
		if _, err := env.awaitRebase(ctx, k); err != nil {
			return err
		}
		for i := range samples {
			p, err := env.fleet.process(i)
			if err != nil {
				return err
			}
			bytes, err := p.ResidentBytes()
			if err != nil {
				return err
			}
			samples[i] = append(samples[i], bytes)
		}
	}
	var errs []error
	for i, all := range samples {
		warm := all[len(all)/3:]
		start, growth := trend(warm)
		env.printer.printStep("Member %d: %.1f MiB after the warm-up; the trend adds %+.1f MiB in %d frames.", i, start/(1<<20), growth/(1<<20), len(warm))
		if most := max(start*maxGrowthPercent/100, maxGrowthFloor); growth > most {
			errs = append(errs, fmt.Errorf("%w: the memory of member %d grew by %.1f MiB in %d frames, at most %.1f were to be", ErrOutcome, i, growth/(1<<20), len(warm), most/(1<<20)))
		}
	}
	return errors.Join(errs...)
}

// trend is the straight line that fits best (least squares): its start, and how much it rises to its end.
func trend(samples []uint64) (start, growth float64) {
	n := float64(len(samples))
	var sumX, sumY, sumXX, sumXY float64
	for i, y := range samples {
		x := float64(i)
		sumX, sumY, sumXX, sumXY = sumX+x, sumY+float64(y), sumXX+x*x, sumXY+x*float64(y)
	}
	if n < 2 {
		return sumY, 0
	}
	slope := (n*sumXY - sumX*sumY) / (n*sumXX - sumX*sumX)
	return (sumY - slope*sumX) / n, slope * (n - 1)
}
