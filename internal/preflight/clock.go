package preflight

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

const (
	clock = "clock"
	// The Date of an answer is cut to whole seconds, and half a second off centre is the best that can be said of it.
	dateGrain     = time.Second
	clockDoubt    = 2 * time.Second
	clockBad      = 12 * time.Second // a mainnet slot: frames would open in another slot than everybody's
	clockAnswer   = 10 * time.Second
	clockRemedy   = "set the machine's clock by NTP or chrony, and keep it running"
	clockNobody   = "no node's answer had a Date header"
	maxClockNodes = 8
)

// checkClock compares this machine's clock with those of the nodes that are asked, by the Date of an HTTP answer (RFC 9110, section 6.6.1).
func (r *run) checkClock(ctx context.Context) {
	var offsets []time.Duration
	for _, endpoint := range slices.Concat(r.Beacon, r.Execution) {
		if len(offsets) == maxClockNodes {
			break
		}
		if offset, ok := r.clockOffset(ctx, endpoint); ok {
			offsets = append(offsets, offset)
		}
	}
	if len(offsets) == 0 {
		r.skip(clock, "this machine", clockNobody+": nothing to compare with")
		return
	}
	slices.Sort(offsets)
	median := offsets[len(offsets)/2]
	text := fmt.Sprintf("%s from the median of %d nodes", signed(median.Round(100*time.Millisecond)), len(offsets))
	switch {
	case median.Abs() > clockBad:
		r.fail(clock, "this machine", text, clockRemedy)
	case median.Abs() > clockDoubt:
		r.warn(clock, "this machine", text, clockRemedy)
	default:
		r.pass(clock, "this machine", text)
	}
}

func signed(d time.Duration) string {
	if d > 0 {
		return "+" + d.String()
	}
	return d.String()
}

// clockOffset is how far this machine's clock is ahead of the node's; within the grain and the round trip it is none.
func (r *run) clockOffset(ctx context.Context, endpoint string) (time.Duration, bool) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return 0, false
	}
	ctx, cancel := context.WithTimeout(ctx, clockAnswer)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, u.String(), nil)
	if err != nil {
		return 0, false
	}
	before := r.Wall()
	answer, err := r.HTTP.Do(request)
	after := r.Wall()
	if err != nil {
		return 0, false
	}
	_ = answer.Body.Close() // an answer to HEAD has none
	date, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	switch { // The node's clock stood in [date, date + grain) at some time between before and after.
	case before.After(date.Add(dateGrain)):
		return before.Sub(date.Add(dateGrain)), true
	case after.Before(date):
		return after.Sub(date), true
	}
	return 0, true
}
