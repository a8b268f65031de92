package outcome_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
)

func TestAnOutcomeSurvivesPrinting(t *testing.T) {
	o := outcome.Outcome{Root: "0x01", Validators: 2, PoolValidators: 3, PoolGwei: 4, Hashes: 5}
	var line bytes.Buffer
	require.NoError(t, o.Print(&line))
	again, err := outcome.Parse(line.Bytes())
	require.NoError(t, err)
	require.Equal(t, o, again)
	_, err = outcome.Parse([]byte("panic: out of memory"))
	require.ErrorIs(t, err, outcome.ErrMalformed)
}

func TestAnInspectionIsAnOutcome(t *testing.T) {
	printed, err := os.ReadFile("../../../cmd/oraclenode/testdata/inspect.json")
	require.NoError(t, err)
	o, err := outcome.ParseInspection(printed)
	require.NoError(t, err)
	require.Equal(t, outcome.Outcome{Root: "0x" + strings.Repeat("42", 32), Validators: 2_200_000, PoolValidators: 3, PoolGwei: 63_000_000_001}, o)
	_, err = outcome.ParseInspection([]byte(`{"pool":{"validators":3}}`))
	require.ErrorIs(t, err, outcome.ErrMalformed)
}

func TestOutcomesDisagreeInAnyValueThatBothComputed(t *testing.T) {
	all := outcome.Outcome{Root: "0x01", Validators: 2, PoolValidators: 3, PoolGwei: 4}
	require.True(t, all.Agrees(all))
	require.True(t, all.Agrees(outcome.Outcome{Hashes: 7}), "it computed something else")
	for _, other := range []outcome.Outcome{{Root: "0x02"}, {Validators: 1}, {PoolValidators: 1}, {PoolGwei: 1}} {
		require.False(t, all.Agrees(other), "%+v", other)
		require.False(t, other.Agrees(all), "%+v", other)
	}
}

func TestCredentialsAreAFlag(t *testing.T) {
	first, second := strings.Repeat("01", 32), strings.Repeat("02", 32)
	var c outcome.Credentials
	require.NoError(t, c.Set("0x"+first+","+second))
	require.Equal(t, "0x"+first+",0x"+second, c.String())
	require.True(t, c.Has(bytes.Repeat([]byte{2}, 32)))
	require.False(t, c.Has(bytes.Repeat([]byte{3}, 32)))
	require.False(t, c.Has(nil))
	for _, wrong := range []string{"", "0x01", first + ",", first + "zz"} {
		require.ErrorIs(t, c.Set(wrong), outcome.ErrMalformed, wrong)
	}
}
