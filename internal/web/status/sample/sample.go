package sample

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Steps is how many steps the sample's round has; Status takes 0 to Steps-1.
const Steps = 9

// The network's times. Frames are a day of 225 epochs.
const (
	genesisTime    = 1_606_824_023
	secondsPerSlot = 12
	slotsPerEpoch  = 32
	epochsPerFrame = 225
	refSlot        = 12_400_000/(slotsPerEpoch*epochsPerFrame)*(slotsPerEpoch*epochsPerFrame) - 1
	slotsPerFrame  = slotsPerEpoch * epochsPerFrame
	closeSlots     = 8
	members        = 7
	quorum         = 5
	self           = 2
	differing      = 4
	away           = 6
	twiceVoted     = 5
)

// slotTime is when a slot begins.
func slotTime(slot uint64) time.Time {
	return time.Unix(int64(genesisTime+slot*secondsPerSlot), 0).UTC()
}

// hash is a fixed hash of a name and a number.
func hash(name string, n uint64) common.Hash {
	return crypto.Keccak256Hash([]byte(name), binary.BigEndian.AppendUint64(nil, n))
}

func hashOf(name string, n uint64) *common.Hash {
	h := hash(name, n)
	return &h
}

func key(member int) string {
	a, b := hash("key", uint64(member)), hash("key's end", uint64(member))
	return hex.EncodeToString(append(a[:], b[:16]...))
}

func signature(seed uint64) string {
	return strings.Repeat(hex.EncodeToString(hash("signature", seed).Bytes()), 3)
}

func peerID(member int) string {
	return fmt.Sprintf("12D3KooW%x", hash("peer", uint64(member)).Bytes()[:22])
}

// Status is the node's description at a step of the newest round: 0 waiting for finality, 1 computing, 2 observed, 3 all have told their
// report, 4 voting, 5 certified, 6 submitted, 7 accepted, 8 final.
func Status(step int) status.Status {
	clock := slotTime(refSlot + 1).Add(moments()[step])
	slot := uint64(clock.Unix()-genesisTime) / secondsPerSlot
	s := status.Status{
		Overview: status.Overview{
			Version: status.Version, Software: "oraclenode/1.0.0", Time: clock, StartedAt: clock.Add(-9*24*time.Hour - 3*time.Hour),
			Network: status.Network{
				Name: "mainnet", ChainID: 1, Oracle: common.BytesToAddress(hash("oracle", 0).Bytes()), GenesisTime: genesisTime,
				SecondsPerSlot: secondsPerSlot, SlotsPerEpoch: slotsPerEpoch, EpochsPerFrame: epochsPerFrame,
			},
			Ready: true, Reasons: []status.Reason{},
			Frame: status.Frame{
				Slot: slot, HeadSlot: slot, FinalizedSlot: slot/slotsPerEpoch*slotsPerEpoch - 2*slotsPerEpoch, RefSlot: refSlot,
				OpenedAt: slotTime(refSlot + 1), Deadline: slotTime(refSlot + slotsPerFrame - closeSlots),
			},
			Members: committee(clock), Endpoints: endpoints(clock, slot), Alarms: alarms(), Missed: []status.Missed{{
				RefSlot: refSlot - 17*slotsPerFrame, Result: "no quorum", Why: "Only 4 of 7 members voted before the deadline; 5 are needed.",
			}},
		},
		Self: status.Self{
			Name: "north", Member: self, Key: key(self), PeerID: peerID(self),
			Listen: []string{"/ip4/192.0.2.12/udp/9100/quic-v1/p2p/" + peerID(self), "/ip4/192.0.2.12/tcp/9100/p2p/" + peerID(self)},
		},
		Rounds: []status.Round{round(step), roundBefore()}, Queue: queue(), Peers: peers(),
		Submitter: &status.Submitter{Address: common.BytesToAddress(hash("submitter", 0).Bytes()), BalanceWei: "1843220114907551224", Why: "Waits for a certificate."},
		Keeper: &status.Keeper{
			Unproven: 3, Turn: 2, Done: map[string]uint64{"predeposit": 2, "proveKey": 9, "topUp": 3}, SpentWei: "8123000000000000",
		},
		Evidence: []status.Evidence{{
			Member: twiceVoted, Key: key(twiceVoted), Committee: hash("committee", 1), RefSlot: refSlot - 11*slotsPerFrame,
			DigestA: hash("digest", 900), DigestB: hash("digest", 901), SignatureA: signature(900), SignatureB: signature(901),
		}},
		Counters: counters(),
	}
	s.Reports, s.Token = history(step >= accepted, step >= final)
	if step >= submitted && step < accepted {
		s.Submitter.Pending, s.Submitter.Why = hashOf("transaction", refSlot), "Waits for block 21504411 or later to include the transaction."
	}
	return s
}

// The steps that other parts of the sample depend on.
const (
	computing = 1
	observed  = 2
	compared  = 3
	voting    = 4
	certified = 5
	submitted = 6
	accepted  = 7
	final     = 8
)

// moments are when each step is shown, from the opening of the frame.
func moments() [Steps]time.Duration {
	const finality = 16 * time.Minute
	return [Steps]time.Duration{
		5 * time.Minute, finality + 4*time.Second, finality + 21*time.Second, finality + 22*time.Second, finality + 23*time.Second,
		finality + 24*time.Second, finality + 30*time.Second, finality + 49*time.Second, finality + 16*time.Minute,
	}
}

func committee(clock time.Time) []status.Member {
	var all []status.Member
	for i := range members {
		m := status.Member{Index: i, Key: key(i), PeerID: peerID(i), Self: i == self, Connected: i != away, Software: "oraclenode/1.0.0", Seen: clock.Add(-time.Duration(i+1) * time.Second)}
		switch i {
		case differing:
			m.Software = "oraclenode/0.9.2"
		case away:
			m.Seen = clock.Add(-26 * time.Hour)
		}
		all = append(all, m)
	}
	return all
}

func peers() []status.Peer {
	var all []status.Peer
	for i := range members {
		if i == self || i == away {
			continue
		}
		all = append(all, status.Peer{
			PeerID: peerID(i), Member: i, Address: fmt.Sprintf("/ip4/198.51.100.%d/udp/9100/quic-v1", 10+i), Software: committee(time.Time{})[i].Software,
			RoundTripMs: []float64{23.4, 41.8, 0, 88.1, 35.9, 140.2}[i], ClockOffsetMs: []int64{3, -12, 0, 8, -41, 6}[i], Score: 12.5 - float64(i),
		})
	}
	return append(all, status.Peer{PeerID: peerID(40), Member: -1, Address: "/ip4/203.0.113.77/tcp/9100", Software: "oraclenode/1.0.0", RoundTripMs: 61.3, ClockOffsetMs: -2})
}

func endpoints(clock time.Time, slot uint64) []status.Endpoint {
	return []status.Endpoint{
		{Kind: "beacon", Name: "beacon-a.example:5052", Usable: true, Height: slot, LatencyMs: 14, Checked: clock.Add(-2 * time.Second)},
		{Kind: "beacon", Name: "beacon-b.example:5052", Usable: false, Why: "It is syncing: its head is 4121 slots behind.", Height: slot - 4121, LatencyMs: 31, Checked: clock.Add(-5 * time.Second)},
		{Kind: "execution", Name: "geth.example:8545", Usable: true, Height: 21_504_410, LatencyMs: 9, Checked: clock.Add(-1 * time.Second)},
	}
}

func alarms() []status.Alarm {
	return []status.Alarm{
		{Time: slotTime(refSlot - slotsPerFrame + 90), Kind: "endpoint-down", RefSlot: 0, Text: "The beacon node beacon-b.example:5052 cannot be used: it is syncing. The other one serves alone."},
		{Time: slotTime(refSlot - 11*slotsPerFrame + 85), Kind: "equivocation", RefSlot: refSlot - 11*slotsPerFrame, Text: "Member 5 voted for two reports. The proof is kept: oraclenode evidence submit sends it."},
	}
}

func counters() status.Counters {
	return status.Counters{
		Rounds: map[string]uint64{"reported": 8, "no quorum": 1}, Computations: 9, ComputeErrors: 2, ComputeMs: 16_840, StateBytes: 308_412_776,
		VotesSigned: 9, Certificates: 9, Submissions: map[string]uint64{"accepted": 1, "overtaken": 2}, SpentWei: "1124093110293311",
		Alarms:    map[string]uint64{"endpoint-down": 1, "equivocation": 1},
		Dropped:   map[string]map[string]uint64{"vote": {"duplicate": 118, "old round": 4}, "observation": {"not a member": 2}},
		LatencyMs: status.Histogram{Bounds: []float64{10_000, 20_000, 30_000, 60_000, 120_000}, Counts: []uint64{0, 1, 5, 2, 0, 0}, Sum: 228_400}, MemoryBytes: 84 << 20,
	}
}
