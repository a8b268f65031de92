package testnet

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrSlotNotMissed says that a slot has a block although its proposer's client was paused, which happens when the
// machine was too busy to pause it in time: try again.
var ErrSlotNotMissed = errors.New("the slot was not missed")

// pauseLead is how long before its slot a proposer's client is paused: after its duties in the slot before are done.
const pauseLead = 700 * time.Millisecond

// MissSlot makes the next slot that can be missed be missed, and returns it when the chain has gone on: it pauses the
// client of that slot's proposer for the length of the slot. Up to two fifths of the attestations of one
// slot fail with it, which finality survives if an epoch has at most two such slots. It takes at least three slots.
func (n *Network) MissSlot(ctx context.Context) (slot uint64, err error) {
	n.missing.Lock()
	defer n.missing.Unlock()
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	victim, err := n.nextDuty(ctx)
	if err != nil {
		return 0, fmt.Errorf("choose a slot to be missed: %w", err)
	}
	client, err := n.validatorClient(clientOf(victim.validator))
	if err != nil {
		return 0, fmt.Errorf("miss slot %d: %w", victim.slot, err)
	}
	n.log.Info("slot will be missed", "slot", victim.slot, "validator", victim.validator, "client", client.name)
	if err := n.pausedDuring(ctx, client, victim.slot); err != nil {
		return 0, fmt.Errorf("miss slot %d: %w", victim.slot, err)
	}
	if err := n.WaitSlot(ctx, victim.slot+1); err != nil {
		return 0, fmt.Errorf("miss slot %d: %w", victim.slot, err)
	}
	has, err := n.hasBlock(ctx, victim.slot)
	if err != nil {
		return 0, fmt.Errorf("miss slot %d: %w", victim.slot, err)
	}
	if has {
		return 0, fmt.Errorf("slot %d: %w", victim.slot, ErrSlotNotMissed)
	}
	return victim.slot, nil
}

// PauseValidators suspends a validator client, by its number: 0 and 1 have 26 of the genesis validators each, 2 has the 12 that ask the second beacon
// node, 3 has the extra ones. Its proposals and attestations fail until ResumeValidators. Finality ends if 0 or 1 is paused for more than about four
// slots of an epoch.
func (n *Network) PauseValidators(client int) error {
	p, err := n.validatorClient(client)
	if err != nil {
		return fmt.Errorf("pause: %w", err)
	}
	return p.pause()
}

// ResumeValidators lets a validator client go on.
func (n *Network) ResumeValidators(client int) error {
	p, err := n.validatorClient(client)
	if err != nil {
		return fmt.Errorf("resume: %w", err)
	}
	return p.resume()
}

// nextDuty returns the first duty that a client of the genesis validators has, far enough ahead to be prevented.
func (n *Network) nextDuty(ctx context.Context) (duty, error) {
	earliest := n.slotAt(time.Now()) + 2
	for epoch := earliest / n.SlotsPerEpoch; epoch <= earliest/n.SlotsPerEpoch+1; epoch++ {
		duties, err := n.duties(ctx, epoch)
		if err != nil {
			return duty{}, err
		}
		if found, ok := firstDuty(duties, earliest); ok {
			return found, nil
		}
	}
	return duty{}, fmt.Errorf("no duty of a genesis validator from slot %d to the end of the next epoch", earliest)
}

// firstDuty returns the duty of a genesis validator in the first slot from earliest on.
func firstDuty(duties []duty, earliest uint64) (first duty, found bool) {
	for _, d := range duties {
		if d.slot >= earliest && d.validator < Validators && (!found || d.slot < first.slot) {
			first, found = d, true
		}
	}
	return first, found
}

// clientOf returns the number of the validator client that has a genesis validator's key.
func clientOf(validator uint64) int {
	return slices.IndexFunc(plan{}.keys(), func(k keyRange) bool { return validator < uint64(k.first+k.count) })
}

// pausedDuring pauses a client from shortly before the slot until shortly after it: then it is too late for its block.
func (n *Network) pausedDuring(ctx context.Context, client *process, slot uint64) error {
	if err := waitUntil(ctx, n.SlotStart(slot).Add(-pauseLead)); err != nil {
		return err
	}
	if err := client.pause(); err != nil {
		return err
	}
	waited := waitUntil(ctx, n.SlotStart(slot+1).Add(pollInterval))
	return errors.Join(waited, client.resume())
}

// SlotStart returns when a slot begins.
func (i Info) SlotStart(slot uint64) time.Time {
	return time.Unix(int64(i.GenesisTime+slot*i.SecondsPerSlot), 0)
}

// slotAt returns the slot of a time; before genesis it is 0.
func (i Info) slotAt(t time.Time) uint64 {
	return uint64(max(0, t.Unix()-int64(i.GenesisTime))) / i.SecondsPerSlot
}

func waitUntil(ctx context.Context, t time.Time) error {
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
