package deploy

import (
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

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
}

// Pool is the part that reports depend on.
func (b Bounds) Pool() report.PoolBounds {
	return report.PoolBounds{MaxRiseBps: b.MaxRiseBps, BucketGwei: b.BucketGwei, BucketRefillSeconds: b.BucketRefillSeconds}
}

// BoundsOf takes what the pool's bounds() says. Errors: ErrManifest when a number does not fit the manifest's.
func BoundsOf(b bindings.PoolBaseBounds) (Bounds, error) {
	bounds := Bounds{MaxFeeBps: b.MaxFeeBps, MaxNormalRewardBps: b.MaxNormalRewardBps, MaxNoisePcm: b.MaxNoisePcm, MaxRiseBps: b.MaxRiseBps}
	for _, n := range []struct {
		to   *uint64
		from *big.Int
	}{
		{&bounds.BucketGwei, b.BucketGwei}, {&bounds.BucketRefillSeconds, b.BucketRefillSeconds}, {&bounds.MinReportSeconds, b.MinReportSeconds},
		{&bounds.StaleAfterSeconds, b.StaleAfterSeconds}, {&bounds.DoubtAfterSeconds, b.DoubtAfterSeconds},
	} {
		if n.from == nil || !n.from.IsUint64() {
			return Bounds{}, fmt.Errorf("%w: bounds: %s does not fit 64 bits", ErrManifest, n.from)
		}
		*n.to = n.from.Uint64()
	}
	return bounds, nil
}
