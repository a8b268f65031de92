package beaconapi

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzParseID(f *testing.F) {
	for _, text := range []string{"head", "genesis", "justified", "finalized", "0", "18446744073709551615", "0x" + fmt.Sprintf("%064x", 1), "0x", "-1", "01", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := ParseID(text)
		if err != nil {
			require.ErrorIs(t, err, ErrID)
			return
		}
		switch id.Kind {
		case AtSlot:
			require.Equal(t, text, fmt.Sprint(id.Slot))
		case AtRoot:
			require.Len(t, text, 66)
		}
	})
}
