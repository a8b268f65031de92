package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheFloorHashesAsManyAsAskedAndLittleMore(t *testing.T) {
	for _, count := range []uint64{0, 1, batch, 10 * batch, 12_345} {
		for _, workers := range []int{1, 2} {
			done := hash(count, workers)
			require.GreaterOrEqual(t, done, count)
			require.LessOrEqual(t, done, count+uint64(workers)*batch)
		}
	}
}
