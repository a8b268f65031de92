package format

import (
	"fmt"
	"time"
)

const layout = time.DateTime + " UTC"

// Time is "2026-01-02 15:04:05 UTC"; an unknown time is a dash.
func Time(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(layout)
}

// Unix is Time for seconds since 1970, and the number if no calendar has it.
func Unix(seconds uint64) string {
	const lastYear9999 = 253402300799
	if seconds > lastYear9999 {
		return Count(seconds) + " s after 1970"
	}
	return time.Unix(int64(seconds), 0).UTC().Format(layout)
}

// Seconds is "3,600.000 s".
func Seconds(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%s.%03d s", Count(uint64(ms/1000)), ms%1000)
}

// Span writes a length of time with its two largest units.
func Span(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}
