package sim

import (
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// What a Change item does to the committee.
const (
	changeEject   = iota // Node leaves; the last member takes its place
	changeAdmit          // the spare node comes in
	changeReorder        // the same members in another order
	changeBack           // the last change is reorganised away
	changeKinds
)

func changeName(v int64) string {
	return [...]string{"eject", "admit", "reorder", "back"}[v]
}

// changes draws what happens to the committee.
func (g *generator) changes() {
	if !g.chance(25) {
		return
	}
	for range 1 + g.below(3) {
		i := Item{Kind: Change, At: g.moment(), Node: g.node(), Value: int64(g.below(changeKinds))}
		if i.Value == changeEject {
			if g.ejects+1 >= g.script.Size {
				continue
			}
			g.ejects++
		}
		g.add(i)
	}
}

// electorate is a committee as the contract has it from a time on.
type electorate struct {
	from      int64
	members   []int // nodes in member order
	committee consensus.Committee
}

func (e *electorate) size() int { return len(e.members) }

// index is the node's place, -1 for none.
func (e *electorate) index(node int) int { return slices.Index(e.members, node) }

func newElectorate(from int64, nodes []int) *electorate {
	e := &electorate{from: from, members: nodes}
	var packed []byte
	for _, node := range nodes {
		e.committee.Members = append(e.committee.Members, consensus.Member{Key: keyOf(node), Peer: peerOf(node)})
		packed = binary.BigEndian.AppendUint16(packed, uint16(node))
	}
	e.committee.Digest = crypto.Keccak256Hash(packed)
	return e
}

// electorates are the committees of a run, by time. The kept items alone count.
func (s *Script) electorates() []*electorate {
	first := make([]int, s.Size)
	for i := range first {
		first[i] = i
	}
	list := []*electorate{newElectorate(0, first)}
	var changes []Item
	for i, item := range s.Items {
		if item.Kind == Change && s.Kept[i] {
			changes = append(changes, item)
		}
	}
	slices.SortStableFunc(changes, func(a, b Item) int { return int(a.At - b.At) })
	for _, c := range changes {
		now := list[len(list)-1]
		if next := now.after(c, s.Size, list); next != nil && !slices.Equal(next, now.members) {
			list = append(list, newElectorate(c.At, next))
		}
	}
	return list
}

// after is who is a member after the change; nil when there is nothing to change.
func (e *electorate) after(c Item, size int, before []*electorate) []int {
	next := slices.Clone(e.members)
	switch c.Value {
	case changeEject:
		place, last := e.index(c.Node), len(next)-1
		if place < 0 || last == 0 {
			return nil
		}
		next[place] = next[last]
		return next[:last]
	case changeAdmit:
		if e.index(size) < 0 {
			return append(next, size)
		}
	case changeReorder:
		return append(next[1:], next[0])
	case changeBack:
		if len(before) > 1 {
			return slices.Clone(before[len(before)-2].members)
		}
	}
	return nil
}

// oracle is the domain of all runs.
func oracle() report.Domain {
	return report.Domain{ChainID: big.NewInt(17000), Oracle: common.HexToAddress("0x71de")}
}

// reportOf is what a node computes; variant 0 is right.
func reportOf(committee common.Hash, refSlot uint64, variant int64) report.Report {
	return report.Report{
		Version: report.Version, Committee: committee, RefSlot: refSlot, RefBlockRoot: common.Hash{1, byte(refSlot)},
		CLValidatorsGwei: 64_000_000_000 + uint64(variant), Validators: 2,
		DepositedWei: *uint256.NewInt(64), BalancesRoot: common.Hash{2, byte(variant)},
	}
}
