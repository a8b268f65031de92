package node

import (
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// DevnetChainID is the chain on which a node may have a clock that runs faster.
const DevnetChainID = 1337

// Hooks let the devnet and tests plant faults. Only RunWithHooks takes them, which oraclenode does not call (a test holds it); each may be nil.
type Hooks struct {
	// Tamper changes the report that the node computed: a bug, or another view of the chain.
	Tamper func(*report.Report)
	// Blocked are peers with whom nothing is exchanged now: a partition.
	Blocked func() []consensus.PeerID
	// Clock is the node's time in place of the machine's.
	Clock clock.Clock
	// ClockRate is how many times as fast as the machine's clock the node's runs, from ClockOrigin on, when both showed the same; 0 and 1: as fast.
	ClockRate   int64
	ClockOrigin time.Time
	// ClockOffset is how far the machine's clock is ahead for all of the node, also in what it sends to other members: a machine without time synchronisation.
	ClockOffset time.Duration
	// Started is given the addresses of the HTTP server (empty: none) and of the network, once both listen.
	Started func(api string, addresses []string)

	// Source is given the node's description of itself before it starts.
	Source func(status.Source)

	openRecords func() (records, error)
}
