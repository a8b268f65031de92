package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWeighingSeesWhatIsHeldBehindPointersAndOnce(t *testing.T) {
	type inner struct{ list []*int }
	one := 1
	held := struct {
		a, b *inner
		m    map[string][]string
	}{a: &inner{list: []*int{&one, &one}}, m: map[string][]string{"x": {"y", "z"}}}
	held.b = held.a
	// The inner once, its two elements, what they lead to once, one entry, one flat list.
	require.Equal(t, 1+2+1+1+1, weigh(held))
}
