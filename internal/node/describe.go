package node

import (
	"encoding/hex"
	"runtime"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// describe makes the snapshot. It runs in the runner's goroutine.
func (r *runner) describe(e endpointView) status.Status {
	s := status.Status{
		Overview: status.Overview{
			Version: status.Version, Software: r.config.Software, Time: r.clock.Now().UTC().Round(0), Network: r.describeNetwork(), Frame: r.describeFrame(e),
			Reasons: r.reasons(e), Endpoints: slices.Clone(e.list), Missed: slices.Clone(r.metrics.missed), Alarms: slices.Clone(r.metrics.alarms),
			Reports: r.describeReports(), Token: r.describeToken(),
		},
		Counters: copyCounters(r.metrics.counters),
	}
	s.Ready = len(s.Reasons) == 0
	s.Queue = r.describeQueue()
	connected := make(map[consensus.PeerID]p2p.Peer)
	for _, n := range r.host.Peers() {
		connected[n.ID] = n
	}
	committee := r.newestCommittee()
	s.Self = r.describeSelf(committee)
	s.Members = r.describeMembers(committee, connected)
	s.Peers = describePeers(committee, connected)
	if r.core != nil {
		for i, v := range r.core.Rounds() {
			s.Rounds = append(s.Rounds, r.describeRound(v, i == 0, connected))
			for _, evidence := range v.Evidence {
				s.Evidence = append(s.Evidence, describeEvidence(evidence))
			}
		}
	}
	if r.sender != nil {
		account := r.sender.State()
		s.Submitter, s.Counters.Submissions, s.Counters.SpentWei = account.Submitter(), account.Transactions, account.SpentWei.String()
	}
	if r.chores != nil {
		s.Keeper = r.chores.describe()
	}
	for _, d := range r.host.Drops() {
		what := "network " + d.What
		if s.Counters.Dropped[what] == nil {
			s.Counters.Dropped[what] = make(map[string]uint64)
		}
		s.Counters.Dropped[what][string(d.Reason)] += d.Count
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	s.Counters.MemoryBytes = memory.Sys - memory.HeapReleased
	return s
}

func (r *runner) describeNetwork() status.Network {
	m := r.manifest
	return status.Network{
		Name: m.Name, ChainID: m.ChainID, Oracle: m.Contracts.ReportOracle, GenesisTime: m.Schedule.GenesisTime, SecondsPerSlot: m.Schedule.SecondsPerSlot,
		SlotsPerEpoch: m.Schedule.SlotsPerEpoch, EpochsPerFrame: m.Schedule.EpochsPerFrame,
	}
}

func (r *runner) describeFrame(e endpointView) status.Frame {
	f := status.Frame{Slot: r.slotNow(), HeadSlot: e.headSlot}
	if r.finalSeen {
		f.FinalizedSlot = min(r.finalized, f.Slot/r.schedule.SlotsPerEpoch) * r.schedule.SlotsPerEpoch // A beacon node may claim the future.
	}
	if refSlot, err := r.schedule.CurrentRefSlot(f.Slot); err == nil {
		f.RefSlot = refSlot
		f.OpenedAt, f.Deadline = r.timeOf(refSlot+1).UTC(), r.timeOf(r.schedule.CloseSlot(refSlot)).UTC()
	}
	return f
}

// newestCommittee is that of the open round, or of the next reference slot that is known.
func (r *runner) newestCommittee() consensus.Committee {
	if r.frame.open {
		return r.frame.current
	}
	var newest consensus.Committee
	last := uint64(0)
	for refSlot, c := range r.chainNow.committees {
		if refSlot >= last {
			last, newest = refSlot, c
		}
	}
	return newest
}

func (r *runner) describeSelf(committee consensus.Committee) status.Self {
	s := status.Self{
		Name: r.config.Name, Observe: r.config.Observe, Member: -1, PeerID: p2p.PeerIDText(r.identity.PeerID()), Listen: r.host.Addresses(),
	}
	if r.key != nil {
		s.Key = hex.EncodeToString(r.key[:])
		s.Member = slices.IndexFunc(committee.Members, func(m consensus.Member) bool { return m.Key == *r.key })
	}
	return s
}

func (r *runner) describeMembers(committee consensus.Committee, connected map[consensus.PeerID]p2p.Peer) []status.Member {
	members := make([]status.Member, 0, len(committee.Members))
	for i, m := range committee.Members {
		peer, isConnected := connected[m.Peer]
		self := r.key != nil && m.Key == *r.key
		members = append(members, status.Member{
			Index: i, Key: hex.EncodeToString(m.Key[:]), PeerID: p2p.PeerIDText(m.Peer), Self: self, Connected: isConnected || self,
			Software: peer.Software, Seen: r.metrics.seen[m.Peer],
		})
	}
	return members
}

func describePeers(committee consensus.Committee, connected map[consensus.PeerID]p2p.Peer) []status.Peer {
	peers := make([]status.Peer, 0, len(connected))
	for id, n := range connected {
		peers = append(peers, status.Peer{
			PeerID: p2p.PeerIDText(id), Member: slices.IndexFunc(committee.Members, func(m consensus.Member) bool { return m.Peer == id }),
			Address: n.Address, Software: n.Software, RoundTripMs: float64(n.RoundTrip.Microseconds()) / 1000, ClockOffsetMs: n.ClockOffset.Milliseconds(),
			Score: n.Score,
		})
	}
	slices.SortFunc(peers, func(a, b status.Peer) int { return slices.Compare([]byte(a.PeerID), []byte(b.PeerID)) })
	return peers
}

func describeEvidence(e consensus.Evidence) status.Evidence {
	return status.Evidence{
		Member: int(e.Member), Key: hex.EncodeToString(e.Key[:]), Committee: e.Round.Committee, RefSlot: e.Round.RefSlot, DigestA: e.DigestA, DigestB: e.DigestB,
		SignatureA: hex.EncodeToString(e.SignatureA[:]), SignatureB: hex.EncodeToString(e.SignatureB[:]),
	}
}

func (r *runner) describeToken() *status.Token {
	t := r.chainNow.token
	if t == nil {
		return nil
	}
	return &status.Token{
		Block: t.Block.Number, Time: unix(t.Block.Time), TotalPooledWei: weiText(t.TotalPooledWei), TotalShares: weiText(t.TotalShares),
		ShareRateRay: weiText(t.ShareRateRay), BufferedWei: weiText(t.BufferedWei), LockedWei: weiText(t.LockedWei),
	}
}

// hashOrNil is nil for zero.
func hashOrNil(h common.Hash) *common.Hash {
	if h == (common.Hash{}) {
		return nil
	}
	return &h
}
