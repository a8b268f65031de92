package beacon

import (
	"context"
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// maxVersionBytes bounds what a node calls itself.
const maxVersionBytes = 200

// Syncing is a node's answer to /eth/v1/node/syncing.
type Syncing struct {
	HeadSlot          uint64
	SyncDistanceSlots uint64
	IsSyncing         bool
	IsOptimistic      bool // the head is not verified by an execution node
	ELOffline         bool // the execution node is away
}

// Status is whether an endpoint can be used now.
type Status struct {
	Endpoint string // redacted
	Version  string // what the node calls itself; empty when it did not say
	Syncing  Syncing
	Err      error // nil: usable. Else an *Error with its reason.
}

// Statuses asks every endpoint at once whether it can be used, in the order of the configuration.
func (c *Client) Statuses(ctx context.Context) []Status {
	statuses := make([]Status, len(c.pool.Endpoints))
	var asking sync.WaitGroup
	for i, e := range c.pool.Endpoints {
		asking.Go(func() { statuses[i] = c.status(ctx, e) })
	}
	asking.Wait()
	return statuses
}

func (c *Client) status(ctx context.Context, e *endpoint.Endpoint) Status {
	s := Status{Endpoint: e.Name}
	s.Syncing, s.Err = endpoint.AskOne(ctx, c.pool, e, c.ready)
	if s.Err != nil {
		return s
	}
	// The version is only shown: a node that hides it is as good as another.
	if version, err := getJSON(ctx, c, e, versionCall, decodeVersion); err == nil {
		s.Version = e.Printable(version)
	}
	return s
}

// Version is what the first endpoint that answers calls itself.
func (c *Client) Version(ctx context.Context) (string, error) {
	return endpoint.Ask(ctx, c.pool, versionCall.doing, func(ctx context.Context, e *endpoint.Endpoint) (string, error) {
		version, err := getJSON(ctx, c, e, versionCall, decodeVersion)
		return e.Printable(version), err
	})
}

// ready refuses a node that is syncing, optimistic, or without its execution node. Errors: ErrSyncing, ErrOptimistic.
func (c *Client) ready(ctx context.Context, e *endpoint.Endpoint) (Syncing, error) {
	s, err := getJSON(ctx, c, e, syncingCall, decodeSyncing)
	switch {
	case err != nil:
		return s, err
	case s.ELOffline:
		return s, refusal(e, syncingCall, ErrSyncing, "its execution node is offline")
	case s.IsSyncing:
		return s, refusal(e, syncingCall, ErrSyncing, "its head is at slot "+AtSlot(s.HeadSlot).String()+", "+AtSlot(s.SyncDistanceSlots).String()+" slots behind")
	case s.IsOptimistic:
		return s, refusal(e, syncingCall, ErrOptimistic, "its head is optimistic")
	}
	return s, nil
}

var (
	syncingCall = call{doing: "ask whether it is syncing", path: "/eth/v1/node/syncing"}
	versionCall = call{doing: "read the version", path: "/eth/v1/node/version"}
)

func decodeSyncing(answer object) (Syncing, error) {
	data := answer.object("data")
	return Syncing{
		HeadSlot: data.uint("head_slot"), SyncDistanceSlots: data.uint("sync_distance"), IsSyncing: data.boolean("is_syncing"),
		IsOptimistic: data.boolean("is_optimistic"), ELOffline: data.boolean("el_offline"),
	}, answer.err()
}

func decodeVersion(answer object) (string, error) {
	version := answer.object("data").text("version")
	return version[:min(len(version), maxVersionBytes)], answer.err()
}
