package main

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// teller writes what happens as lines on standard error.
func teller(env environment) func(operator.Progress) {
	return func(p operator.Progress) { fmt.Fprintln(env.errOut, p.Text) }
}

// joinJSON is what join prints with --json.
type joinJSON struct {
	MemberID    common.Hash    `json:"memberId"`
	Owner       common.Address `json:"owner"`
	PeerID      string         `json:"peerId"`
	State       string         `json:"state"`
	BondWei     string         `json:"bondWei"`
	FromRefSlot uint64         `json:"fromRefSlot,omitempty"`
	MostWei     string         `json:"mostWei,omitempty"` // bond and fees at most, of a dry run
}

func printJoinPlan(env environment, f joinFlags, j operator.Joining, p operator.JoinPlan) error {
	if f.asJSON {
		view := joinJSON{MemberID: j.ID(), Owner: j.Signer.Address(), PeerID: j.PeerIDText(), State: p.Registration.State.String()}
		if p.Call != nil {
			view.BondWei, view.MostWei = p.BondWei.String(), p.MostWei.String()
		} else {
			view.Owner, view.BondWei = p.Registration.Owner, p.Registration.BondWei.String()
		}
		return writeJSON(env.out, view)
	}
	var s sheet
	s.line("Dry run: nothing was sent.")
	s.title("Joining " + j.Network.Manifest.Name)
	s.row("chain", format.Count(j.Network.Manifest.ChainID))
	s.row("committee contract", j.Network.Manifest.Contracts.OracleCommittee.Hex())
	s.row("member id", j.ID().Hex())
	s.row("peer id", j.PeerIDText())
	s.row("owner", fmt.Sprintf("%s\nhas %s", j.Signer.Address().Hex(), format.Ether(p.BalanceWei)))
	s.row("state", p.Registration.State.String())
	if p.Call == nil {
		s.row("would do", "nothing is to be sent: the key is registered")
	} else {
		s.row("would do", fmt.Sprintf("register with a bond of %s", format.Ether(p.BondWei)))
		s.row("would cost at most", format.Ether(p.MostWei)+", bond and fees")
		s.row("the contract", "would take it")
	}
	return s.writeTo(env.out)
}

func printJoined(env environment, f joinFlags, j operator.Joining, joined operator.Joined) error {
	r := joined.Registration
	if f.asJSON {
		return writeJSON(env.out, joinJSON{
			MemberID: r.ID, Owner: r.Owner, PeerID: j.PeerIDText(), State: r.State.String(), BondWei: r.BondWei.String(), FromRefSlot: joined.FromRefSlot,
		})
	}
	var s sheet
	if r.State == operator.Member {
		s.line("This key is a member of the committee of %s.", j.Network.Manifest.Name)
	} else {
		s.line("This key is registered as a candidate of the committee of %s.", j.Network.Manifest.Name)
	}
	s.title("Member")
	s.row("member id", r.ID.Hex())
	s.row("owner", r.Owner.Hex())
	s.row("bond", format.Ether(r.BondWei))
	if joined.FromRefSlot > 0 {
		s.row("answers from", fmt.Sprintf("reference slot %s, %s", format.Count(joined.FromRefSlot), format.Unix(joined.FromTime)))
	}
	s.title("Next")
	if r.State == operator.Member {
		s.line("  Start the node with 'oraclenode run --home %s', and look at it with 'oraclenode status'.", f.home.folder)
	} else {
		s.line("  Tell the owner of the network the member id. Run 'oraclenode join' again to wait for admission. The node may be started before.")
	}
	return s.writeTo(env.out)
}
