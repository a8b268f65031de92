package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASimulationPrintsItsTable(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run([]string{"-seeds", "4", "-first", "101", "-frames", "200"}, &out))
	require.Contains(t, out.String(), "4 pools of 200 days, from seed 101 on")
	require.Contains(t, out.String(), "| 0x01, surges | 1 |")
}

func TestABrokenBoundFails(t *testing.T) {
	var out bytes.Buffer
	require.ErrorIs(t, run([]string{"-seeds", "6", "-frames", "400", "-bucket", "20"}, &out), errBreach)
	require.Contains(t, out.String(), "BREACH 0x02, steady, reports after the best, worst")
}

func TestUnknownFlagsAreRefused(t *testing.T) {
	require.ErrorContains(t, run([]string{"-seed", "1"}, &bytes.Buffer{}), "read the command line")
}
