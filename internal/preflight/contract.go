package preflight

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	contractArea = "contract"
	// submitGas is above what a report takes in docs/gas.md; wantedReports of them should be paid for.
	submitGas     = 600_000
	wantedReports = 10
)

// checkContract asks the proven contracts who is in the committee, and whether the account can pay.
func (r *run) checkContract(ctx context.Context) {
	if r.pool == nil {
		r.skip(contractArea, r.Manifest.Name, "no execution node has proven the contracts")
		return
	}
	r.checkBounds(ctx)
	r.checkMembership(ctx)
	r.checkFunds(ctx)
	r.checkLastReport()
}

// checkBounds compares what bounds the pool for ever with the manifest: reports depend on it, and no storage holds it.
func (r *run) checkBounds(ctx context.Context) {
	pool := bindings.NewStakingPool()
	onChain, err := view(ctx, r, "read the pool's bounds", r.Manifest.Contracts.StakingPool, pool.PackBounds(), pool.UnpackBounds)
	var bounds manifest.Bounds
	if err == nil {
		bounds, err = manifest.BoundsOf(onChain)
	}
	switch {
	case err != nil:
		r.fail(contractArea, r.Manifest.Name, fmt.Sprintf("the pool's bounds: %v", err), "see the execution node above")
	case bounds != r.Manifest.Bounds:
		r.fail(contractArea, r.Manifest.Name, fmt.Sprintf("the pool is bounded by %+v, the manifest says %+v: reports would be computed wrongly", bounds, r.Manifest.Bounds),
			"use the manifest that came with the network")
	default:
		r.pass(contractArea, r.Manifest.Name, "the pool's bounds are the manifest's")
	}
}

// view calls a view at the head that was proven and unpacks its answer; another endpoint is asked when that fails.
func view[T any](ctx context.Context, r *run, what string, at common.Address, data []byte, unpack func([]byte) (T, error)) (value T, err error) {
	_, err = r.requests.Ask(ctx, what, func(ctx context.Context, ask execution.Asker) (err error) {
		value, err = execution.View(ctx, ask, r.head.Hash, at, data, unpack)
		return err
	})
	return value, err
}

func (r *run) checkMembership(ctx context.Context) {
	refSlot, err := r.refSlotNow()
	if errors.Is(err, report.ErrBeforeFirstFrame) {
		refSlot, err = report.Schedule(r.Manifest.Schedule).RefSlot(0), nil
	}
	if err != nil {
		r.fail(contractArea, r.Manifest.Name, err.Error(), clockRemedy)
		return
	}
	committee, err := r.pool.Committee(ctx, refSlot)
	if err != nil {
		r.fail(contractArea, r.Manifest.Name, fmt.Sprintf("the committee of reference slot %d: %v", refSlot, err), "ask the network's owner; a network begins when members are admitted")
		return
	}
	r.checkOwnMembership(ctx, committee)
}

func (r *run) checkOwnMembership(ctx context.Context, c execution.Committee) {
	text := fmt.Sprintf("%d members answer for reference slot %d", len(c.Members), c.RefSlot)
	if r.key == nil {
		r.pass(contractArea, r.Manifest.Name, text)
		return
	}
	own := slices.IndexFunc(c.Members, func(m execution.Member) bool {
		key, err := bls.ParseAffinePublicKey(m.Key[:])
		return err == nil && consensus.Key(key.Bytes()) == *r.key
	})
	if own < 0 {
		r.warn(contractArea, r.Manifest.Name, text+"; this key is not among them", "oraclenode join registers it; after admission it answers from a coming frame on. Until then the node observes")
		return
	}
	registered, err := r.registeredPeer(ctx, c.Members[own].ID)
	switch {
	case err != nil:
		r.fail(contractArea, r.Manifest.Name, fmt.Sprintf("%s; which network identity member %d has: %v", text, own, err), "see the execution node above")
	case r.peer != "" && registered != r.peer:
		r.fail(contractArea, r.Manifest.Name, fmt.Sprintf("%s; member %d is registered with another network identity than %s", text, own, p2p.PeerIDText(r.peer)),
			"run with the identity file that was there at oraclenode join: the others let in no other")
	default:
		r.pass(contractArea, r.Manifest.Name, fmt.Sprintf("%s; this node is member %d", text, own))
	}
}

// registeredPeer is the network identity of a member as an execution node says it.
func (r *run) registeredPeer(ctx context.Context, id common.Hash) (consensus.PeerID, error) {
	contract := bindings.NewOracleCommittee()
	member, err := view(ctx, r, "read a member", r.Manifest.Contracts.OracleCommittee, contract.PackMember(id), contract.UnpackMember)
	return consensus.PeerID(member.PeerId), err
}

func (r *run) checkFunds(ctx context.Context) {
	if r.account == nil {
		return
	}
	proven, _, err := r.requests.Account(ctx, *r.head, *r.account, nil)
	if err != nil {
		r.fail(contractArea, r.account.String(), fmt.Sprintf("its balance: %v", err), "see the execution node above")
		return
	}
	balance := proven.BalanceWei.ToBig()
	text := ether(balance) + " ether"
	if r.MaxFeeWei == nil {
		r.pass(contractArea, r.account.String(), text)
		return
	}
	one := new(big.Int).Mul(r.MaxFeeWei, big.NewInt(submitGas))
	all := new(big.Int).Mul(one, big.NewInt(wantedReports))
	switch {
	case balance.Cmp(one) < 0:
		r.fail(contractArea, r.account.String(), text+", less than one report may cost", fmt.Sprintf("send it at least %s ether, or lower --max-fee-gwei", ether(all)))
	case balance.Cmp(all) < 0:
		r.warn(contractArea, r.account.String(), text, fmt.Sprintf("%d reports may cost %s ether at the fee cap", wantedReports, ether(all)))
	default:
		r.pass(contractArea, r.account.String(), text)
	}
}

func (r *run) checkLastReport() {
	last := r.pool.Last.RefSlot
	refSlot, err := r.refSlotNow()
	if err != nil {
		r.pass(contractArea, r.Manifest.Name, "the first frame is yet to come")
		return
	}
	schedule := report.Schedule(r.Manifest.Schedule)
	frame := schedule.FrameSlots()
	text := fmt.Sprintf("last report is of reference slot %d", last)
	if last < schedule.RefSlot(0) {
		text = "no report was accepted yet"
	}
	if refSlot > last+2*frame {
		r.warn(contractArea, r.Manifest.Name, fmt.Sprintf("%s, the newest frame's is %d", text, refSlot), "the committee lacks a quorum, or reports are paused: ask the others")
		return
	}
	r.pass(contractArea, r.Manifest.Name, text)
}

// ether writes wei for people, cut to six places.
func ether(wei *big.Int) string { return format.Fixed(wei, format.WeiDecimals, 6) }
