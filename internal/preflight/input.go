package preflight

import (
	"context"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Input is what there is to look at, and by what means. What is empty is not configured and skipped, with a word on what that means.
type Input struct {
	Manifest          *manifest.Manifest
	Beacon, Execution []string // URLs

	Keystore, KeystorePassword   string // files
	Identity                     string
	Submitter, SubmitterPassword string // files of the account that pays for submissions
	SubmitterAddress             *common.Address
	Journal                      string
	Observe                      bool // no key, no journal, no account

	Listen, Bootstrap []string // multiaddrs

	MaxFeeWei *big.Int // a gas, the cap that run is given: what the account must be able to pay

	Now  func() time.Time // by which slots go
	Wall func() time.Time // of the machine; the same, but on a devnet
	HTTP *http.Client     // for the clock's comparison and for execution nodes
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	Log  *slog.Logger // nil: silent
}

// run is one Run: what a check has found is there for those after it.
type run struct {
	Input
	*list

	key     *consensus.Key
	peer    consensus.PeerID
	account *common.Address

	requests *execution.Client
	head     *execution.BlockRef
	pool     *execution.Pool
}
