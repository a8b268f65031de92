package events_test

import (
	"encoding/json"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

func TestMembersThatCannotBeAdmittedOrRemovedAreSkipped(t *testing.T) {
	s := newScene(t)
	reader, err := s.Watcher()
	require.NoError(t, err)
	contract, committee := bindings.NewOracleCommittee(), s.Manifest.Contracts.OracleCommittee
	member, nobody := s.Members[1].ID, common.Hash{7}
	for _, c := range []struct {
		call []byte
		want events.MemberSkipped
	}{
		{contract.PackAdmit([][32]byte{member}), events.MemberSkipped{ID: member, State: 2}}, // a member already
		{contract.PackRemove([][32]byte{nobody}), events.MemberSkipped{ID: nobody}},
	} {
		receipt, err := s.Send(t.Context(), s.Accounts.Owner, committee, nil, c.call)
		require.NoError(t, err)
		number := receipt.BlockNumber.Uint64()
		found := scan(t, reader, number, number, events.Oracle())
		require.Len(t, found, 1)
		require.Equal(t, &c.want, found[0].Body)
		require.Equal(t, committee, found[0].Contract)

		text, err := json.Marshal(found[0])
		require.NoError(t, err)
		var back events.Event
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, found[0], back)
	}
}
