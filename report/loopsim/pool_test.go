package loopsim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// shortPool waits for 100 ether more than it has.
func shortPool() *pool {
	p := &pool{terms: DefaultTerms(), bufferGwei: 20 * ether, bucketGwei: 1000 * ether}
	p.ask(1, 120*ether)
	return p
}

// A lying quorum says that a million ether must come home.
func TestALyingReportBringsHomeNoMoreThanWhatWaits(t *testing.T) {
	p := shortPool()
	p.inForce = certified{exitGwei: 1_000_000 * ether, until: 500}
	require.Equal(t, 128*ether, p.mayAsk(10, leastGwei), "100, rounded up to whole validators")
	p.exit(10, 128*ether, 0)
	require.Zero(t, p.mayAsk(11, leastGwei))
	p.bucketGwei = 5 * ether
	p.ask(12, 500*ether)
	require.Equal(t, 5*ether, p.mayAsk(12, leastGwei), "the bucket")
}

func TestAReportThatHasNotSeenTheCallsDoesNotRenewThem(t *testing.T) {
	p := shortPool()
	p.inForce = certified{exitGwei: 100 * ether, until: 500}
	p.exit(10, 100*ether, 0)
	p.outstanding = nil                                      // as if the contract did not know
	p.inForce = certified{exitGwei: 100 * ether, until: 700} // read before the call, accepted after it
	require.Zero(t, p.mayAsk(11, leastGwei))
	p.inForce = certified{exitGwei: 7 * ether, askedGwei: 100 * ether, until: 900} // it saw the call
	require.Equal(t, 7*ether, p.mayAsk(12, leastGwei))
}

func TestAnOldReportAllowsNothing(t *testing.T) {
	p := shortPool()
	p.inForce = certified{exitGwei: 100 * ether, until: 500}
	require.NotZero(t, p.mayAsk(500, leastGwei))
	require.Zero(t, p.mayAsk(501, leastGwei))
}

func TestWhatWasAskedForIsOutstandingUntilAsMuchWasPulledOrPatienceEnds(t *testing.T) {
	p := shortPool()
	p.exit(10, 128*ether, 0)
	require.Zero(t, p.bound(10, leastGwei))
	p.pull(30 * ether) // 70 are short, 98 outstanding
	require.Zero(t, p.bound(11, leastGwei))
	p.bufferGwei -= 30 * ether
	require.Equal(t, 30*ether, p.bound(11, leastGwei))
	require.Equal(t, 128*ether, p.bound(11+p.terms.PatienceEpochs, leastGwei))
}

// Deposit, stake and request in a row would make others pay for the queues.
func TestOnlyOldEtherThatNobodyWaitsForIsStaked(t *testing.T) {
	p := &pool{terms: Terms{ReserveBps: 10}}
	p.deposit(100 * ether)
	require.Zero(t, p.stakeable(10_000*ether), "it is not older than the last report")
	p.oldGwei = p.bufferGwei
	require.Equal(t, 90*ether, p.stakeable(10_000*ether), "less the reserve")
	p.ask(1, 60*ether)
	require.Equal(t, 30*ether, p.stakeable(10_000*ether))
	p.bunker = true
	require.Zero(t, p.stakeable(10_000*ether))
}
