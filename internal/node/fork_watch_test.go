package node

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/report"
)

// dayClock lets every wait pass at once, and the test see it.
type dayClock struct {
	clock.Clock
	now    time.Time
	waited []time.Duration
}

func (c *dayClock) Now() time.Time { return c.now }

func (c *dayClock) After(d time.Duration) <-chan time.Time {
	c.now, c.waited = c.now.Add(d), append(c.waited, d)
	passed := make(chan time.Time, 1)
	passed <- c.now
	return passed
}

func TestAForkThatIsNotKnownIsWarnedOfDailyFromAMonthBefore(t *testing.T) {
	schedule := report.Schedule{GenesisTime: 1_700_000_000, SecondsPerSlot: 12, SlotsPerEpoch: 32}
	const epochsADay = 225
	c := &dayClock{now: time.Unix(1_700_000_000, 0)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var log bytes.Buffer
	looks := 0
	specs := func(context.Context) ([]beacon.NodeSpec, error) {
		if looks++; looks == 3 {
			return nil, errors.New("all are down")
		}
		if looks == 50 {
			cancel()
		}
		values := map[string]string{"GLOAS_FORK_EPOCH": "1", "HEZE_FORK_EPOCH": strconv.Itoa(40 * epochsADay)}
		return []beacon.NodeSpec{{Endpoint: "http://one", Values: values}, {Endpoint: "http://two", Values: values}}, nil
	}
	forkWatch{specs, schedule, c, slog.New(slog.NewTextHandler(&log, nil))}.run(ctx)

	require.Contains(t, c.waited, time.Hour, "after an hour it is asked again when no node answered")
	require.Equal(t, 30, strings.Count(log.String(), "level=WARN"), "once a day, for both nodes together: from day 10 to day 39")
	require.Contains(t, log.String(), "fork=HEZE epoch=9000")
	require.Contains(t, log.String(), "announcedBy=http://one daysLeft=29")
	require.NotContains(t, log.String(), "GLOAS")
	require.Positive(t, strings.Count(log.String(), "level=ERROR"), "it has begun")
}
