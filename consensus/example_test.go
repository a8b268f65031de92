package consensus_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

// exampleNode is what a runner owns: the core, its journal and the key that signs.
type exampleNode struct {
	peer    consensus.PeerID
	core    *consensus.Core
	journal *consensus.MemoryJournal
	key     *bls.SecretKey
}

// exampleNetwork delivers events in the order in which they were caused.
type exampleNetwork struct {
	now   consensus.Instant
	nodes []*exampleNode
	queue []func()
}

// step passes one event to a node's core and carries out the Ready that follows, in the order that Ready demands.
func (n *exampleNetwork) step(node *exampleNode, event consensus.Event) {
	ready := node.core.Step(n.now, event)

	// 1. Persist first: nothing else may leave before the records are durable.
	if err := node.journal.Append(ready.Persist...); err != nil {
		n.step(node, consensus.PersistFailed{Why: err.Error()})
		return
	}
	// 2. Sign what was recorded. In production this happens elsewhere, and Signed comes later.
	for _, s := range ready.Sign {
		signature := consensus.Signature(node.key.Sign(s.Message).Bytes())
		n.queue = append(n.queue, func() { n.step(node, consensus.Signed{Round: s.Round, Digest: s.Digest, Signature: signature}) })
	}
	// 3. Send. To is empty for everybody.
	for _, out := range ready.Send {
		for _, to := range n.nodes {
			if to != node && (out.To == "" || out.To == to.peer) {
				n.queue = append(n.queue, func() { n.step(to, consensus.Received{From: node.peer, Message: out.Message}) })
			}
		}
	}
	if ready.Submit != nil {
		c := ready.Submit.Certificate
		fmt.Printf("%s submits the certificate of slot %d, signed by members %v\n", node.peer, c.Round.RefSlot, c.Signers.Members())
	}
}

// deliver runs until nothing is under way any more.
func (n *exampleNetwork) deliver() {
	for len(n.queue) > 0 {
		next := n.queue[0]
		n.queue = n.queue[1:]
		next()
	}
}

// Four members agree on one report: each computes it, observes what the others computed, votes, and adds the votes up to one
// certificate. The member whose turn is first submits it.
func Example() {
	domain := report.Domain{ChainID: big.NewInt(1), Oracle: common.HexToAddress("0x01")}
	network := &exampleNetwork{now: 1_000}
	committee := consensus.Committee{Digest: common.Hash{0xc0, 0xff, 0xee}} // report.CommitteeDigest in production

	random := rand.NewChaCha8([32]byte{}) // crypto/rand.Reader in production
	for i := range 4 {
		key, err := bls.NewSecretKey(random)
		if err != nil {
			fmt.Println(err)
			return
		}
		publicKey, peer := consensus.Key(key.PublicKey().Bytes()), consensus.PeerID(fmt.Sprintf("member %d", i))
		committee.Members = append(committee.Members, consensus.Member{Key: publicKey, Peer: peer})

		core, err := consensus.New(consensus.Config{
			Domain: domain, Key: &publicKey, Verifier: consensus.BLSVerifier{}, Software: "example/1", Seed: uint64(i), Timing: consensus.DefaultTiming(),
		}, nil) // the journal is new
		if err != nil {
			fmt.Println(err)
			return
		}
		network.nodes = append(network.nodes, &exampleNode{peer: peer, core: core, journal: new(consensus.MemoryJournal), key: key})
	}

	// The reference slot has passed: each node opens the round. Since the journals are new, each asks the others for votes of its key.
	const refSlot, hour = 95, 3_600_000
	for _, node := range network.nodes {
		network.step(node, consensus.RoundOpened{Committee: committee, RefSlot: refSlot, Deadline: network.now + hour})
	}
	network.deliver()

	// The report follows from the chain, so all compute the same one.
	computed := report.Report{
		Version: report.Version, Committee: committee.Digest, RefSlot: refSlot, LastRefSlot: 63, RefBlockRoot: common.Hash{0xb0},
		Validators: 1, CLValidatorsGwei: 32_000_000_000, BalancesRoot: common.Hash{0xba},
	}
	for _, node := range network.nodes {
		network.step(node, consensus.Computed{Report: computed})
	}
	network.deliver()

	view := network.nodes[0].core.Rounds()[0]
	fmt.Printf("a quorum is %d of %d, all hold the certificate of %x\n", view.Quorum, view.Members, view.Certificate.Digest[:4])

	// The contract took it, and the block became final: the round ends.
	for _, node := range network.nodes {
		network.step(node, consensus.Accepted{RefSlot: refSlot, Digest: view.Certificate.Digest, Finalized: true})
	}
	fmt.Println(network.nodes[0].core.Rounds()[0].Closed)
	// Output:
	// member 1 submits the certificate of slot 95, signed by members [1 2 3]
	// a quorum is 3 of 4, all hold the certificate of 32153b71
	// round 95/c0ffee00: reported
}
