package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASearchWithoutProfitEndsWell(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run([]string{"-steps", "2000"}, &out))
	require.Contains(t, out.String(), "worlds of seed 1")
	require.Contains(t, out.String(), "wind-up")
}

func TestASearchThatFindsAProfitFails(t *testing.T) {
	var out bytes.Buffer
	require.Error(t, run([]string{"-steps", "100000", "-without-forced"}, &out))
	require.Contains(t, out.String(), "the attacker deposits")
}

func TestUnknownFlagsAreRefused(t *testing.T) {
	var out bytes.Buffer
	require.ErrorContains(t, run([]string{"-seeds", "1"}, &out), "read the command line")
}
