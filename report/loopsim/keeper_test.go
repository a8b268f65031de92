package loopsim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// quietWorld is a pool of compounding validators to which nothing happens, with a report in force that allows so much.
func quietWorld(terms Terms, exitGwei uint64) *world {
	f := &facts{compounding: true, startGwei: 10_000 * ether, sweepEpochs: 1000, frames: make([]frameFacts, 1)}
	w := newWorld(f, terms)
	w.chain.epoch += 1000 // validators may leave
	w.pool.inForce = certified{exitGwei: exitGwei, until: far}
	return w
}

func TestPartsAreAskedOfTheFullestValidatorFirst(t *testing.T) {
	w := quietWorld(DefaultTerms(), 100*ether)
	w.pool.ask(w.chain.epoch, 500*ether)
	fullest := w.fullest()
	w.keep()
	require.Equal(t, []call{{fullest, 100 * ether}}, w.chain.contract)
	require.Equal(t, 100*ether, w.pool.asked)
	w.keep()
	require.Len(t, w.chain.contract, 1, "all that the report allows was asked for")
}

func TestWholeValidatorsAreAskedWhereThereAreNoParts(t *testing.T) {
	w := quietWorld(DefaultTerms(), 40*ether)
	for i := range w.chain.validators {
		w.chain.validators[i].balanceGwei = leastGwei
	}
	w.pool.ask(w.chain.epoch, 500*ether)
	w.keep()
	require.Equal(t, []call{{0, 0}, {1, 0}}, w.chain.contract)
	require.Equal(t, 64*ether, w.pool.asked)
}

// A slashing ends partial withdrawals that are pending. What waits for them waits for nothing; whoever still counts them lets nobody ask again.
func TestAPartThatWillNeverBePaidDoesNotKeepOthersFromBeingAsked(t *testing.T) {
	for _, ends := range []bool{false, true} {
		terms := DefaultTerms()
		terms.EndDropped = ends
		w := quietWorld(terms, 100*ether)
		w.pool.ask(w.chain.epoch, 110*ether)
		key := w.fullest()
		w.keep()
		churn := w.chain.exitChurn()
		w.chain.step(&frameFacts{}, churn)
		w.chain.leave(key, churn)
		w.chain.validators[key].slashed = true
		w.pool.inForce = certified{exitGwei: 100 * ether, askedGwei: w.pool.asked, until: far} // the next report sees that nothing of it will come
		w.keep()
		if ends {
			require.Equal(t, 200*ether, w.pool.asked)
		} else {
			require.Equal(t, 128*ether, w.pool.asked, "only what rounding to whole validators leaves")
		}
	}
}
