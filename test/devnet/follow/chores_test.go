package follow_test

import (
	"errors"

	"github.com/ethereum/go-ethereum"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// chore does what a member's keeper would do next for the pool's keys, a call a slot.
func (c *committee) chore() {
	c.Helper()
	books := c.follower.Books()
	var due []network.Call
	for _, key := range books.UnprovenKeys() {
		prove, err := c.ProveCall(c.Context(), key)
		if errors.Is(err, keys.ErrNoValidator) {
			continue
		}
		require.NoError(c, err)
		due = append(due, prove)
	}
	for _, call := range append(due, c.TopUpCall(1), c.PredepositCall(1)) {
		message := ethereum.CallMsg{From: call.From.Address, To: &call.To, Data: call.Data}
		if _, err := c.Chain.Client().CallContract(c.Context(), message, nil); err != nil {
			continue // the contracts do not take it now
		}
		_, err := c.Send(c.Context(), call)
		require.NoError(c, err)
		return
	}
}

// count is how often somebody did something.
func (c *committee) count(what follow.ActKind) (count int) {
	for _, act := range find[follow.Act](all(c.follower)) {
		if act.What == what {
			count++
		}
	}
	return count
}
