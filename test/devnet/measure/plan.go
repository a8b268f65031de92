package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/tidemark-oracle/tidemark/test/devnet"
)

// result is all that was measured.
type result struct {
	settings settings
	machine  machine
	load     load
	rounds   []*measured // of loopback and of the delay in turn
	idle     []*idle
}

// meter is what measuring needs.
type meter struct {
	settings
	program  string // devnet
	progress io.Writer
}

// measureAll builds the devnet in a temporary folder that it removes, and runs one devnet after the other.
func measureAll(ctx context.Context, s settings, progress io.Writer) (_ *result, err error) {
	folder, err := os.MkdirTemp("", "tidemark-measure-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	m := &meter{settings: s, progress: progress}
	fmt.Fprintln(progress, "building the devnet")
	if m.program, err = build(ctx, s.repository, folder); err != nil {
		return nil, err
	}
	r := &result{settings: s}
	if r.machine, err = thisMachine(); err != nil {
		return nil, err
	}
	fmt.Fprintln(progress, r.machine)
	began, err := readCounters()
	if err != nil {
		return nil, err
	}
	if err := m.measureDevnets(ctx, r); err != nil {
		return nil, err
	}
	ended, err := readCounters()
	if err != nil {
		return nil, err
	}
	r.load = ended.since(began)
	fmt.Fprintln(progress, r.load)
	return r, nil
}

func (m *meter) measureDevnets(ctx context.Context, r *result) error {
	for _, members := range m.members {
		for _, delay := range []time.Duration{0, m.delay} {
			fmt.Fprintf(m.progress, "%d members, %s\n", members, lineName(delay))
			one := &measured{members: members, delay: delay, slot: m.slotOf(members)}
			if err := m.runDevnet(ctx, members, delay, one.slot, func(ctx context.Context, v *devnet.View) error { return one.watch(ctx, v, m.frames) }); err != nil {
				return fmt.Errorf("%d members, %s: %w", members, lineName(delay), err)
			}
			r.rounds = append(r.rounds, one)
		}
		if !slices.Contains(m.watched, members) {
			continue
		}
		fmt.Fprintf(m.progress, "%d members, idle\n", members)
		one := &idle{members: members, slot: m.slotIdle}
		if err := m.runDevnet(ctx, members, 0, one.slot, one.watch); err != nil {
			return fmt.Errorf("%d idle members: %w", members, err)
		}
		r.idle = append(r.idle, one)
	}
	return nil
}

func (m *meter) runDevnet(ctx context.Context, members int, delay, slot time.Duration, watch func(context.Context, *devnet.View) error) error {
	return devnet.Watch(ctx, devnet.Options{
		Members: members, Seed: 1, SlotTime: slot, Delay: delay, Member: []string{m.program, "member"}, Out: io.Discard, Now: time.Now,
	}, watch)
}

// lineName says what lies between members.
func lineName(delay time.Duration) string {
	if delay == 0 {
		return "loopback"
	}
	return fmt.Sprintf("%d ms each way", delay.Milliseconds())
}
