package beacon

import (
	"cmp"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"time"
)

// Bounds of options.
const (
	maxEndpoints = 16
	maxAttempts  = 16
)

// Clock is what the client needs of time. SystemClock is the real one.
type Clock interface {
	// AfterFunc calls f in its own goroutine when d has passed, unless stop is called before; stop reports whether it prevented the call.
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// SystemClock is the machine's monotonic clock.
type SystemClock struct{}

// AfterFunc is time.AfterFunc.
func (SystemClock) AfterFunc(d time.Duration, f func()) (stop func() bool) {
	return time.AfterFunc(d, f).Stop
}

// Options of a client. Endpoints and Network are needed; zero values of the rest mean what is said at each.
type Options struct {
	Endpoints []string // http or https URLs in order of preference, at most 16; user info becomes basic authentication
	Network   Network  // what every endpoint must follow

	Transport http.RoundTripper       // nil: one of its own, closed by Client.Close
	Clock     Clock                   // nil: SystemClock
	Random    func(below int64) int64 // uniform in [0, below), for jitter; nil: math/rand/v2
	Log       *slog.Logger            // nil: silent

	Attempts      int           // tries of each endpoint for one call, at most 16; 0: 3
	RetryDelay    time.Duration // before the second try, doubled for each further one, half of it random; 0: 500 ms
	MaxRetryDelay time.Duration // also bounds what Retry-After can ask for; 0: 30 s

	RequestTimeout     time.Duration // one small call, body included; 0: 10 s
	StateTimeout       time.Duration // until a state's first byte: nodes may have to compute it; 0: 5 min
	StateStallTimeout  time.Duration // between two pieces of a state; 0: 60 s
	WholeStateTimeout  time.Duration // of a whole state, after its first byte: 300 MB and more on mainnet; 0: 30 min
	HintTimeout        time.Duration // of a whole list of pending deposits, after its first byte; 0: 60 s
	MaxStateBytes      uint64        // after decompression; 0: 8 GiB
	MaxEmptySlots      uint64        // searched above the reference slot; 0: 16 epochs, at least one epoch
	MaxLinkedSlots     uint64        // followed by parent links from the finalized block; 0: 8192, what EIP-4788 remembers
	PollInterval       time.Duration // of WatchFinalized while no event stream is open; 0: one slot
	StreamPollInterval time.Duration // of WatchFinalized while an event stream is open; 0: one epoch
}

// withDefaults checks the options and fills in what is zero.
func (o Options) withDefaults() (Options, error) {
	if len(o.Endpoints) == 0 || len(o.Endpoints) > maxEndpoints {
		return o, fmt.Errorf("%d endpoints, 1 to %d are possible: %w", len(o.Endpoints), maxEndpoints, ErrConfig)
	}
	if err := o.Network.validate(); err != nil {
		return o, err
	}
	if o.Attempts < 0 || o.Attempts > maxAttempts {
		return o, fmt.Errorf("%d attempts, 1 to %d are possible: %w", o.Attempts, maxAttempts, ErrConfig)
	}
	if o.MaxStateBytes > math.MaxInt64-1 {
		return o, fmt.Errorf("states of %d bytes: %w", o.MaxStateBytes, ErrConfig)
	}
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	if o.Random == nil {
		o.Random = rand.Int64N
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	slot := time.Duration(o.Network.SecondsPerSlot) * time.Second
	epoch := slot * time.Duration(o.Network.SlotsPerEpoch)
	o.Attempts, o.MaxStateBytes, o.MaxLinkedSlots = cmp.Or(o.Attempts, 3), cmp.Or(o.MaxStateBytes, 8<<30), cmp.Or(o.MaxLinkedSlots, 8192)
	o.MaxEmptySlots = max(cmp.Or(o.MaxEmptySlots, 16*o.Network.SlotsPerEpoch), o.Network.SlotsPerEpoch)
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{
		{&o.RetryDelay, 500 * time.Millisecond}, {&o.MaxRetryDelay, 30 * time.Second}, {&o.RequestTimeout, 10 * time.Second},
		{&o.StateTimeout, 5 * time.Minute}, {&o.StateStallTimeout, time.Minute},
		{&o.WholeStateTimeout, 30 * time.Minute}, {&o.HintTimeout, time.Minute}, {&o.PollInterval, slot}, {&o.StreamPollInterval, epoch},
	} {
		if *d.value < 0 {
			return o, fmt.Errorf("a duration of %s: %w", *d.value, ErrConfig)
		}
		*d.value = cmp.Or(*d.value, d.standard)
	}
	return o, nil
}
