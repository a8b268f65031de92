package p2p

import (
	"context"
	"encoding/binary"
	"slices"
	"sync"
	"testing"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// besieger is an arbitrary member: it does one thing to all, as fast as it can, until ctx ends.
type besieger struct {
	*testNode
	committee consensus.Committee
	victims   []*voter
	number    uint64
}

// attacks are what a member can do with the protocols of the host. Each is one go at one victim, and false when it has to wait for a connection.
var attacks = map[string]func(context.Context, *besieger, *voter) bool{
	"tells each another observation": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, string(pubsub.GossipSubID_v12), func() []byte {
			o := testObservation(testRound(b.committee, 1), b.member())
			b.number++
			o.Attempt = b.number
			return b.rpcOf(b.signWith(b.config.Identity, o, b.number))
		})
	},
	"replays another's gossip": func(ctx context.Context, b *besieger, v *voter) bool {
		author := b.victims[0] // of these messages, long ago
		return b.write(ctx, v, string(pubsub.GossipSubID_v12), func() []byte {
			b.number++
			return b.rpcOf(b.signWith(author.config.Identity, testVote(testRound(b.committee, 0), 0), b.number))
		})
	},
	"forges signatures": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, string(pubsub.GossipSubID_v12), func() []byte {
			b.number++
			m := b.signWith(b.config.Identity, testVote(testRound(b.committee, 1), 0), b.number)
			m.From = []byte(b.victims[0].self)
			return b.rpcOf(m)
		})
	},
	"invents topics": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, string(pubsub.GossipSubID_v12), func() []byte {
			rpc := new(pubsubpb.RPC)
			for range 100 {
				b.number++
				name, subscribe := topicName([32]byte(binary.BigEndian.AppendUint64(make([]byte, 24), b.number))), true
				rpc.Subscriptions = append(rpc.Subscriptions, &pubsubpb.RPC_SubOpts{Topicid: &name, Subscribe: &subscribe})
			}
			return marshalRPC(rpc)
		})
	},
	"announces and asks without end": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, string(pubsub.GossipSubID_v12), func() []byte {
			rpc := &pubsubpb.RPC{Control: new(pubsubpb.ControlMessage)}
			topic := topicName(b.committee.Digest)
			var ids []string
			for range 200 {
				b.number++
				ids = append(ids, string(binary.BigEndian.AppendUint64(nil, b.number)))
			}
			rpc.Control.Ihave = []*pubsubpb.ControlIHave{{TopicID: &topic, MessageIDs: ids}}
			rpc.Control.Iwant = []*pubsubpb.ControlIWant{{MessageIDs: ids}}
			return marshalRPC(rpc)
		})
	},
	"sends statuses": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, syncProtocol, b.frame(&consensus.Status{Round: testRound(b.committee, 1), Attempt: 1, Votes: consensus.Bitmap{0xff}}))
	},
	"asks and never reads": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, syncProtocol, b.frame(&consensus.RoundRequest{Round: testRound(b.committee, 1)}))
	},
	"answers what nobody asked": func(ctx context.Context, b *besieger, v *voter) bool {
		a := &consensus.RoundAnswer{Round: testRound(b.committee, 1), Open: true}
		for i := range 2 * len(b.committee.Members) {
			a.Votes = append(a.Votes, *testVote(testRound(b.committee, 1), uint16(i)))
		}
		return b.write(ctx, v, syncProtocol, b.frame(a))
	},
	"begins large frames": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, syncProtocol, func() []byte { return append(binary.AppendUvarint(nil, uint64(v.maxSyncBytes())), 1) })
	},
	"opens hellos": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, helloProtocol, func() []byte { return appendFrame([]byte("hello")) })
	},
	"asks for addresses": func(ctx context.Context, b *besieger, v *voter) bool {
		return b.write(ctx, v, addressProtocol, func() []byte { return appendFrame([]byte{8, 1}) })
	},
	"comes and goes": func(ctx context.Context, b *besieger, v *voter) bool {
		err := b.libp2p.Connect(ctx, v.libp2p.Peerstore().PeerInfo(v.self))
		b.disconnect(v.self)
		return err == nil
	},
}

// member is the node's own number.
func (b *besieger) member() uint16 {
	return uint16(slices.IndexFunc(b.committee.Members, func(m consensus.Member) bool { return m.Peer == b.Self() }))
}

func (b *besieger) frame(m consensus.Message) func() []byte {
	encoded, err := Encode(m)
	return func() []byte {
		if err != nil {
			b.t.Error(err)
		}
		return appendFrame(encoded)
	}
}

func (b *besieger) signWith(identity *Identity, m consensus.Message, number uint64) *pubsubpb.Message {
	signed, err := signGossip(identity, m, number)
	if err != nil {
		b.t.Error(err)
	}
	return signed
}

func (b *besieger) rpcOf(m *pubsubpb.Message) []byte {
	return marshalRPC(&pubsubpb.RPC{Publish: []*pubsubpb.Message{m}})
}

func marshalRPC(rpc *pubsubpb.RPC) []byte {
	encoded, err := proto.Marshal(rpc)
	if err != nil {
		panic(err)
	}
	return appendFrame(encoded)
}

// write opens a stream and writes to it until that fails.
func (b *besieger) write(ctx context.Context, v *voter, protocol string, next func() []byte) bool {
	s, err := b.open(ctx, v.self, protocol)
	if err != nil {
		return false
	}
	defer context.AfterFunc(ctx, func() { _ = s.Reset() })()
	defer func() { _ = s.Reset() }()
	for ctx.Err() == nil {
		if s.SetWriteDeadline(time.Now().Add(time.Second)) != nil {
			return true
		}
		if _, err := s.Write(next()); err != nil {
			return true
		}
	}
	return true
}

// besiege attacks each victim in a goroutine of its own.
func (b *besieger) besiege(ctx context.Context, group *sync.WaitGroup, attack func(context.Context, *besieger, *voter) bool) {
	for i, v := range b.victims {
		each := *b
		each.number = uint64(i+1) << 56 // others' numbers are its own
		group.Go(func() {
			for ctx.Err() == nil {
				if attack(ctx, &each, v) {
					continue
				}
				select {
				case <-ctx.Done():
				case <-time.After(20 * time.Millisecond): // it is banned for a while
				}
			}
		})
	}
}

// f members do their worst to all others, who are just a quorum: each of them has to be heard. They agree in three rounds, and hold nothing against each other.
func TestAQuorumGoesOnVotingUnderEveryAttack(t *testing.T) {
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) { siege(t, 4, 1, attack) })
	}
}

func TestAQuorumGoesOnVotingUnderAllAttacksAtOnce(t *testing.T) {
	var all []func(context.Context, *besieger, *voter) bool
	for _, attack := range attacks {
		all = append(all, attack)
	}
	siege(t, 7, 2, all...)
}

func siege(t *testing.T, n, f int, by ...func(context.Context, *besieger, *voter) bool) {
	t.Helper()
	quick := func(c *Config) { // it comes back soon; addresses are asked for as seldom as they may be
		c.Timing.BanTime, c.Timing.AddressInterval = 200*time.Millisecond, 10*time.Second
	}
	var voters []*voter
	for i := range n - f {
		var known []*testNode
		if i > 0 {
			known = append(known, voters[0].testNode)
		}
		voters = append(voters, startVoter(t, uint64(i)+1, quick, bootstrap(known...)))
	}
	var hostile []*testNode
	for i := range f {
		hostile = append(hostile, startNode(t, uint64(n-f+i)+1, quick, bootstrap(voters[0].testNode)))
	}
	all := append(voterNodes(voters), hostile...)
	c := votersCommittee(ids(all))
	for _, node := range all {
		node.admit(ids(all)...)
		require.NoError(t, node.Join(c))
	}
	for _, v := range voters {
		v.awaitConnected(voterNodes(voters, v)...)
	}
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	defer group.Wait()
	defer stop()
	for _, v := range voters {
		group.Go(func() { v.tick(ctx) })
	}
	for _, h := range hostile {
		for _, attack := range by {
			(&besieger{testNode: h, committee: c, victims: voters}).besiege(ctx, &group, attack)
		}
	}
	for slot := uint64(1); slot <= 3; slot++ {
		round := testRound(c, slot)
		for _, v := range voters {
			v.step(consensus.RoundOpened{Committee: c, RefSlot: slot, Deadline: instantNow().After(time.Hour)})
		}
		for _, v := range voters {
			v.step(consensus.Computed{Report: testReport(round)})
		}
		for _, v := range voters {
			v.eventually("not certified", func() bool { return v.certified(round) })
		}
	}
	for _, v := range voters {
		used, limit := v.Memory()
		require.LessOrEqual(t, used, limit)
		for _, other := range voterNodes(voters, v) {
			require.Zero(t, v.scores.penalty(other.self), "an honest member has a penalty: %v", v.Drops())
			require.NotEqual(t, network.NotConnected, v.libp2p.Network().Connectedness(other.self))
		}
	}
}

// voterNodes are the voters' hosts, but one.
func voterNodes(voters []*voter, but ...*voter) []*testNode {
	var nodes []*testNode
	for _, v := range voters {
		if len(but) == 0 || v != but[0] {
			nodes = append(nodes, v.testNode)
		}
	}
	return nodes
}
