package manifest

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// MaxSeconds bounds every span of time: what is longer was meant in another unit, and sums with it might not fit the contracts' words.
const MaxSeconds = 10 * 365 * 24 * 3600

const maxBucketGwei = 1<<56 - 1

// Bounds are what bounds the pool's terms and reports for ever. They are immutables of its code and in no storage, so members take them from the
// manifest and preflight compares them with the pool's bounds().
type Bounds struct {
	MaxFeeBps           uint16 `yaml:"maxFeeBps"`           // of profit, parts per 10,000
	MaxNormalRewardBps  uint32 `yaml:"maxNormalRewardBps"`  // of consensus-layer ether a year, parts per 10,000
	MaxNoisePcm         uint16 `yaml:"maxNoisePcm"`         // of the recognised ether, hundred-thousandths
	MaxRiseBps          uint64 `yaml:"maxRiseBps"`          // fastest rise of the share rate, parts per 10,000 a year
	BucketGwei          uint64 `yaml:"bucketGwei"`          // what gains can take beyond the yearly rates
	BucketRefillSeconds uint64 `yaml:"bucketRefillSeconds"` // the time in which an empty bucket fills
	MinReportSeconds    uint64 `yaml:"minReportSeconds"`    // least time between the reference slots of two reports
	StaleAfterSeconds   uint64 `yaml:"staleAfterSeconds"`   // without a report for this long old requests can be finalized from the buffer
	DoubtAfterSeconds   uint64 `yaml:"doubtAfterSeconds"`   // the same while the rate is in doubt
	ReserveBps          uint16 `yaml:"reserveBps"`          // what stays in the buffer, parts per 10,000 of the recognised ether
}

// Pool is the part that reports depend on.
func (b Bounds) Pool() report.PoolBounds {
	return report.PoolBounds{MaxRiseBps: b.MaxRiseBps, BucketGwei: b.BucketGwei, BucketRefillSeconds: b.BucketRefillSeconds}
}

// BoundsOf takes what the pool's bounds() says. Errors: ErrInvalid when a number does not fit the manifest's.
func BoundsOf(b bindings.PoolBaseBounds) (Bounds, error) {
	bounds := Bounds{MaxFeeBps: b.MaxFeeBps, MaxNormalRewardBps: b.MaxNormalRewardBps, MaxNoisePcm: b.MaxNoisePcm, MaxRiseBps: b.MaxRiseBps, ReserveBps: b.ReserveBps}
	for _, n := range []struct {
		to   *uint64
		from *big.Int
	}{
		{&bounds.BucketGwei, b.BucketGwei}, {&bounds.BucketRefillSeconds, b.BucketRefillSeconds}, {&bounds.MinReportSeconds, b.MinReportSeconds},
		{&bounds.StaleAfterSeconds, b.StaleAfterSeconds}, {&bounds.DoubtAfterSeconds, b.DoubtAfterSeconds},
	} {
		if n.from == nil || !n.from.IsUint64() {
			return Bounds{}, fmt.Errorf("%w: bounds: %s does not fit 64 bits", ErrInvalid, n.from)
		}
		*n.to = n.from.Uint64()
	}
	return bounds, nil
}

// Fault says which bound could not work on a schedule, by its key in a manifest, and why; nil when all could.
func (b Bounds) Fault(s report.Schedule) (key string, why error) {
	for _, span := range []struct {
		key     string
		seconds uint64
	}{
		{"bucketRefillSeconds", b.BucketRefillSeconds}, {"minReportSeconds", b.MinReportSeconds}, {"staleAfterSeconds", b.StaleAfterSeconds},
		{"doubtAfterSeconds", b.DoubtAfterSeconds},
	} {
		if span.seconds == 0 || span.seconds > MaxSeconds {
			return span.key, errors.New("is zero or above ten years: is it in another unit?")
		}
	}
	frameSeconds := s.FrameSlots() * s.SecondsPerSlot
	switch {
	case b.MaxFeeBps > 5_000:
		return "maxFeeBps", errors.New("is above 5000")
	case b.MaxNoisePcm > 10_000:
		return "maxNoisePcm", errors.New("is above 10000, a tenth of the pool")
	case b.ReserveBps > 1_000:
		return "reserveBps", errors.New("is above 1000, a tenth of the pool")
	case b.MaxRiseBps == 0:
		return "maxRiseBps", errors.New("is zero: no reward could ever reach a holder")
	case uint64(b.MaxNormalRewardBps) > b.MaxRiseBps:
		return "maxNormalRewardBps", errors.New("is above maxRiseBps: normal rewards would reach the holders later and later")
	case b.BucketGwei > maxBucketGwei:
		return "bucketGwei", errors.New("is not in 56 bits")
	case b.MinReportSeconds > frameSeconds:
		return "minReportSeconds", fmt.Errorf("is above %d, the length of a frame: every second report would be refused", frameSeconds)
	case b.StaleAfterSeconds <= 2*frameSeconds:
		return "staleAfterSeconds", fmt.Errorf("is not above %d, two frames: the oracle would be called silent while it works", 2*frameSeconds)
	case b.DoubtAfterSeconds < b.StaleAfterSeconds:
		return "doubtAfterSeconds", errors.New("is below staleAfterSeconds: doubt must not pay sooner")
	}
	return "", nil
}
