package node

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/status"
)

// endpointView is what is known of the nodes that this one asks.
type endpointView struct {
	checked      bool // at least once
	beaconUsable bool // at least one
	beaconWhy    string
	headSlot     uint64
	list         []status.Endpoint
}

// endpoints asks again and again whether the beacon nodes can be used.
type endpoints struct {
	*parts
	changed func()

	mu   sync.Mutex
	view endpointView
}

func (e *endpoints) now() endpointView {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.view
}

// run looks once a slot until ctx ends.
func (e *endpoints) run(ctx context.Context) {
	for ctx.Err() == nil {
		started := time.Now()
		var v endpointView
		var whys []string
		for _, s := range e.beacon.Statuses(ctx) {
			one := status.Endpoint{
				Kind: "beacon", Name: hostOf(s.Endpoint), Usable: s.Err == nil, Why: shortReason(s.Err), Height: s.Syncing.HeadSlot,
				LatencyMs: time.Since(started).Milliseconds(), Checked: e.clock.Now(),
			}
			if s.Err == nil {
				v.beaconUsable, v.headSlot = true, max(v.headSlot, s.Syncing.HeadSlot)
			} else {
				whys = append(whys, one.Why)
			}
			v.list = append(v.list, one)
		}
		if ctx.Err() != nil {
			return
		}
		v.checked, v.beaconWhy = true, strings.Join(whys, "; ")
		e.set(v)
		select {
		case <-ctx.Done():
		case <-e.clock.After(e.slot()):
		}
	}
}

func (e *endpoints) set(v endpointView) {
	e.mu.Lock()
	was := e.view
	e.view = v
	e.mu.Unlock()
	if was.checked && was.beaconUsable != v.beaconUsable {
		if v.beaconUsable {
			e.log.Info("A beacon node can be used again.")
		} else {
			e.log.Warn("No beacon node can be used. The node goes on without, and computes nothing meanwhile.", "reason", v.beaconWhy)
		}
	}
	e.changed()
}

// hostOf is host and port of a redacted URL.
func hostOf(name string) string {
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		return u.Host
	}
	return name
}
