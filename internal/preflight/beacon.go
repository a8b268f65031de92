package preflight

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	beaconArea   = "beacon"
	beaconRemedy = "name one with --beacon: a beacon node of your own, synced, with the debug API for states"
	behindSlots  = 4 // a head that is further behind the clock is worth a word
)

// checkBeacon makes the calls that a report needs, on each beacon node, and sees whether they agree on what is final.
func (r *run) checkBeacon(ctx context.Context) {
	if len(r.Beacon) == 0 {
		r.fail(beaconArea, "", "no beacon node is configured", beaconRemedy)
		return
	}
	for _, endpoint := range r.Beacon {
		r.checkBeaconNode(ctx, endpoint)
	}
	if len(r.Beacon) == 1 {
		r.warn(beaconArea, "all", "one node: what is final is its word alone", "name a second one of other software and another operator, if you can")
		return
	}
	r.checkAgreement(ctx)
}

func (r *run) beaconClient(endpoints []string) (*beacon.Client, error) {
	return beacon.New(beacon.Options{Endpoints: endpoints, Network: snapshot.Network(r.Manifest), Attempts: 1, Log: r.Log})
}

func (r *run) checkBeaconNode(ctx context.Context, endpoint string) {
	client, err := r.beaconClient([]string{endpoint})
	if err != nil {
		r.fail(beaconArea, "configuration", err.Error(), beaconRemedy)
		return
	}
	defer client.Close()
	status := client.Statuses(ctx)[0]
	if status.Err != nil {
		r.fail(beaconArea, status.Endpoint, status.Err.Error(), "start it, wait until it is synced, and see that it follows network "+r.Manifest.Name)
		return
	}
	r.checkHead(status)
	r.checkForks(ctx, client)
	fork, err := openFinalizedState(ctx, client)
	if err != nil {
		r.fail(beaconArea, status.Endpoint, fmt.Sprintf("gives no finalized state: %v", err), "turn on its debug API (states as SSZ); some nodes call it --enable-debug-rpc-endpoints")
		return
	}
	r.pass(beaconArea, status.Endpoint, fmt.Sprintf("serves whole finalized states (%s) as SSZ", fork))
}

func (r *run) checkHead(status beacon.Status) {
	now := report.Schedule(r.Manifest.Schedule).SlotAt(uint64(max(0, r.Now().Unix())))
	head := status.Syncing.HeadSlot
	text := fmt.Sprintf("%s, head at slot %d", status.Version, head)
	switch {
	case head > now+1:
		r.fail(beaconArea, status.Endpoint, fmt.Sprintf("%s, which this machine's clock says is yet to come (slot %d)", text, now), clockRemedy)
	case head+behindSlots < now:
		r.warn(beaconArea, status.Endpoint, fmt.Sprintf("%s, %d slots behind the clock", text, now-head), "see whether it keeps up, and whether this machine's clock is right")
	default:
		r.pass(beaconArea, status.Endpoint, text)
	}
}

// checkForks warns of forks that the node announces and that this program cannot read.
func (r *run) checkForks(ctx context.Context, client *beacon.Client) {
	nodes, err := client.Specs(ctx)
	if err != nil {
		r.fail(beaconArea, "forks", fmt.Sprintf("does not tell the network's parameters: %v", err), "see that it answers /eth/v1/config/spec")
		return
	}
	schedule := report.Schedule(r.Manifest.Schedule)
	for _, f := range state.UnknownForks(nodes[0].Values) {
		begins := time.Unix(int64(schedule.TimeOf(f.Epoch*schedule.SlotsPerEpoch)), 0).UTC()
		left := begins.Sub(r.Now())
		text := fmt.Sprintf("announces the fork %s at epoch %d, %s, which this program does not know", f.Name, f.Epoch, begins.Format(time.RFC3339))
		if left <= 0 {
			r.fail(beaconArea, nodes[0].Endpoint, text+": it has begun", "update this program: it can report nothing until then")
			continue
		}
		r.warn(beaconArea, nodes[0].Endpoint, fmt.Sprintf("%s: %.0f days are left", text, left.Hours()/24), "update this program before then: it can report nothing from that fork on")
	}
}

// openFinalizedState begins to read a state, and leaves it at that: it may have hundreds of megabytes.
func openFinalizedState(ctx context.Context, client *beacon.Client) (fork string, err error) {
	stream, err := client.OpenState(ctx, beacon.Finalized())
	if err != nil {
		return "", err
	}
	_, err = io.ReadFull(stream, make([]byte, 8)) // genesis_time
	if closed := stream.Close(); err == nil {
		err = closed
	}
	return stream.Fork, err
}

func (r *run) checkAgreement(ctx context.Context) {
	client, err := r.beaconClient(r.Beacon)
	if err != nil {
		r.fail(beaconArea, "configuration", err.Error(), beaconRemedy)
		return
	}
	defer client.Close()
	agreed, err := client.Agreement(ctx)
	switch {
	case errors.Is(err, beacon.ErrDisagreement):
		r.fail(beaconArea, "all", err.Error(), "find out which of them is on the wrong chain and remove it: until then nothing is reported")
	case err != nil:
		r.fail(beaconArea, "all", fmt.Sprintf("no finalized checkpoint: %v", err), "see the nodes above")
	default:
		r.pass(beaconArea, "all", fmt.Sprintf("agree that epoch %d is final", agreed.Epoch))
	}
}
