package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/clock"
)

// Following audits again and again.
type Following struct {
	From     Point
	Interval time.Duration // between the beginnings of two audits
	Clock    clock.Clock
	Each     func(r Result, fresh []Finding) error // findings that no audit before had; its error ends the following
	Failed   func(error)                           // an audit failed and is repeated; may be nil
}

// Follow audits up to the newest block, once in each interval, until ctx ends. What is not final yet is checked again each time, so a finding in a block that
// is undone comes once, and the report that takes its place is checked by itself. It returns ctx's error or that of Each.
func (a *Auditor) Follow(ctx context.Context, f Following) error {
	seen := make(map[string]bool)
	for {
		began := f.Clock.Elapsed()
		r, err := a.upToHead(ctx, f.From)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			if err := f.Each(r, newFindings(r.Findings, seen)); err != nil {
				return err
			}
		case f.Failed != nil:
			f.Failed(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-f.Clock.After(max(f.Interval-(f.Clock.Elapsed()-began), 0)):
		}
	}
}

// newFindings are the findings that no earlier audit had. Several checks may find the same kind in one report: each of them counts.
func newFindings(findings []Finding, seen map[string]bool) []Finding {
	fresh, before := []Finding{}, make(map[string]int)
	for _, finding := range findings {
		key := finding.Key()
		before[key]++
		if numbered := fmt.Sprintf("%s #%d", key, before[key]); !seen[numbered] {
			seen[numbered] = true
			fresh = append(fresh, finding)
		}
	}
	return fresh
}

func (a *Auditor) upToHead(ctx context.Context, from Point) (Result, error) {
	blocks, err := a.Resolve(ctx, from, Point{kind: pointHead})
	if err != nil {
		return Result{}, err
	}
	return a.Run(ctx, blocks)
}
