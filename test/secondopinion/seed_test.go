//go:build secondopinion

package secondopinion_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Longer runs take other seeds and more of them: make test-second-opinion SEED=7 SEEDS=50.
const (
	seedVariable  = "SECOND_OPINION_SEED"
	seedsVariable = "SECOND_OPINION_SEEDS"
)

func firstSeed(t *testing.T) int { return variable(t, seedVariable, 1) }

// seeds is how many chains are lived.
func seeds(t *testing.T) int { return variable(t, seedsVariable, 3) }

// variable is a positive number.
func variable(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, "%s is %q, want a number", name, text)
	require.Positive(t, n, name)
	return n
}
