package events

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// Decoding goes by the order of fields: a contract that changes an event must change its body.
func TestFieldsOfBodiesAreTheParametersOfEvents(t *testing.T) {
	// What the contracts call otherwise.
	renamed := map[string]string{
		"AmountWei": "weiAmount", "PublicKey": "pubkey", "UntilSeconds": "until", "CLChangeWei": "clChangeWei",
	}
	for _, k := range kinds(manifest.Set{}) {
		require.NotEmpty(t, k.event.RawName, k.body)
		parameters := k.event.Inputs
		if k.isParameter() {
			parameter := parameters[0].Type
			require.Equal(t, parameter.GetType().NumField(), k.body.NumField(), k.event.Sig)
			continue // names and types were compared by ConvertibleTo
		}
		require.Equal(t, len(parameters), k.body.NumField(), k.event.Sig)
		for i, parameter := range parameters {
			field := k.body.Field(i)
			name := renamed[field.Name]
			if name == "" {
				name = field.Name
			}
			require.True(t, strings.EqualFold(name, parameter.Name), "%s: %s is %s", k.event.Sig, field.Name, parameter.Name)
			given := parameter.Type.GetType()
			require.True(t, given.ConvertibleTo(field.Type), "%s: %s is a %s", k.event.Sig, field.Name, given)
			require.Equal(t, given.Size(), field.Type.Size(), "%s: %s is a %s: a number would be cut", k.event.Sig, field.Name, given)
		}
	}
}
