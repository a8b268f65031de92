package chain_test

import (
	"testing"

	"go.uber.org/goleak"
)

// go-ethereum never ends the engine API's heartbeat and its recovery of senders, and its database library ends this worker some seconds after it was closed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}
