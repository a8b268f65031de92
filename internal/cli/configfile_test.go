package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzSettingsFile(f *testing.F) {
	f.Add([]byte("beacon: [http://a, http://b]\ntimeout: 5m\n"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Add([]byte("---\n...\n"))
	known := []string{"beacon", "timeout"}
	f.Fuzz(func(t *testing.T, data []byte) {
		values, err := parseConfig(data, known)
		if err != nil {
			require.ErrorIs(t, err, errConfig)
			return
		}
		for key, texts := range values {
			require.Contains(t, known, key)
			require.NotEmpty(t, texts)
		}
	})
}
