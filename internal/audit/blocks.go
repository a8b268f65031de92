package audit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// Point is where a range begins or ends, as people say it.
type Point struct {
	kind  pointKind
	value uint64 // seconds before now, slot or block
}

type pointKind uint8

const (
	pointNone pointKind = iota
	pointAge
	pointSlot
	pointBlock
	pointHead
)

// maxAgeSeconds is more than the age of any chain with the merge: fifty years.
const maxAgeSeconds = 50 * secondsPerYear

// ParsePoint reads 30d, 12h, 90m, slot:N, block:N, head, or N for a slot. Errors: ErrRange.
func ParsePoint(s string) (Point, error) {
	number := func(digits string, kind pointKind, unit uint64) (Point, error) {
		// Quantities are plain decimal digits: ParseUint takes no sign, space or underscore in base 10.
		v, err := strconv.ParseUint(digits, 10, 64)
		if err != nil || kind == pointAge && v > maxAgeSeconds/unit || kind != pointAge && v > 1<<62 {
			return Point{}, fmt.Errorf("%w: %q", ErrRange, s)
		}
		return Point{kind, v * unit}, nil
	}
	units := map[byte]uint64{'d': 86_400, 'h': 3_600, 'm': 60}
	switch {
	case s == "":
		return Point{}, fmt.Errorf("%w: it is empty", ErrRange)
	case s == "head":
		return Point{kind: pointHead}, nil
	case strings.HasPrefix(s, "slot:"):
		return number(s[len("slot:"):], pointSlot, 1)
	case strings.HasPrefix(s, "block:"):
		return number(s[len("block:"):], pointBlock, 1)
	case units[s[len(s)-1]] > 0:
		return number(s[:len(s)-1], pointAge, units[s[len(s)-1]])
	}
	return number(s, pointSlot, 1)
}

// String is what ParsePoint reads; empty for none.
func (p Point) String() string {
	switch p.kind {
	case pointAge:
		return fmt.Sprintf("%dm", p.value/60)
	case pointSlot:
		return fmt.Sprintf("slot:%d", p.value)
	case pointBlock:
		return fmt.Sprintf("block:%d", p.value)
	case pointHead:
		return "head"
	case pointNone:
	}
	return ""
}

// IsZero tells that nothing was said.
func (p Point) IsZero() bool { return p.kind == pointNone }

// Blocks is a range that is audited.
type Blocks struct {
	First, Last events.Block
	Final       events.Block // newest finalized one; zero: none is
}

// finalized is the end of what cannot change any more.
func (b Blocks) finalized() events.Block { return b.Final }

// Resolve finds the blocks of a range. An age counts from the last block's time. Without an end it is the newest finalized block; without a
// beginning it is the deployment. Errors: ErrRange, and those of the nodes.
func (a *Auditor) Resolve(ctx context.Context, from, to Point) (b Blocks, err error) {
	b.Final, err = a.o.Chain.Finalized(ctx)
	if err != nil && !errors.Is(err, execution.ErrUnknownBlock) {
		return Blocks{}, fmt.Errorf("find what is final: %w", err)
	}
	head, err := a.o.Chain.Head(ctx)
	if err != nil {
		return Blocks{}, fmt.Errorf("find the newest block: %w", err)
	}
	end := b.Final
	if !to.IsZero() || end.IsZero() {
		end = head
	}
	if b.Last, err = a.at(ctx, to, head, end); err != nil {
		return Blocks{}, fmt.Errorf("end of the range: %w", err)
	}
	deployed, err := a.o.Chain.BlockByNumber(ctx, a.o.Manifest.DeploymentBlock)
	if err != nil {
		return Blocks{}, fmt.Errorf("block of the deployment: %w", err)
	}
	if b.First, err = a.at(ctx, from, b.Last, deployed); err != nil {
		return Blocks{}, fmt.Errorf("beginning of the range: %w", err)
	}
	if b.First.Number < deployed.Number {
		b.First = deployed
	}
	if b.Last.Number < b.First.Number {
		return Blocks{}, fmt.Errorf("%w: it would go from block %d to block %d", ErrRange, b.First.Number, b.Last.Number)
	}
	return b, nil
}

// at is the block of a point: the last one at or before it. newest bounds it, and is what ages count from; standard is for none.
func (a *Auditor) at(ctx context.Context, p Point, newest, standard events.Block) (events.Block, error) {
	seconds := uint64(0)
	switch p.kind {
	case pointNone:
		return standard, nil
	case pointHead:
		return newest, nil
	case pointBlock:
		if p.value > newest.Number {
			return events.Block{}, fmt.Errorf("%w: block %d is not there, the newest one is %d", ErrRange, p.value, newest.Number)
		}
		return a.o.Chain.BlockByNumber(ctx, p.value)
	case pointSlot:
		if p.value > a.schedule.SlotAt(newest.Time) {
			return events.Block{}, fmt.Errorf("%w: slot %d is not there, the newest block is of slot %d", ErrRange, p.value, a.schedule.SlotAt(newest.Time))
		}
		seconds = a.schedule.TimeOf(p.value)
	case pointAge:
		seconds = newest.Time - min(newest.Time, p.value)
	}
	return a.o.Chain.BlockAtTime(ctx, seconds, min(a.o.Manifest.DeploymentBlock, newest.Number), newest.Number)
}
