package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheStoryEndsWell(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), "../..", &out))
	require.Contains(t, out.String(), "7 of 7.\n")
	require.Contains(t, out.String(), "held by rule CL_GAIN_TOO_HIGH")
}
