package main

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The bounds of the design: EIP-2537's own prices are 151,100 gas of the first.
const (
	maxCertificateGas = 172_000
	maxAbsentGas      = 1_500
)

func TestACertificateCostsTheSameForAnyCommitteeAndLittleForAnAbsentMember(t *testing.T) {
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("%d members", size), func(t *testing.T) {
			n, err := network(context.Background(), "../test/fixtures", size, false)
			require.NoError(t, err)
			rows, err := measure(n)
			require.NoError(t, err)
			all := rows[0]
			require.Zero(t, all.absent)
			require.LessOrEqual(t, all.certificate, uint64(maxCertificateGas))
			for _, r := range rows[1:] {
				require.LessOrEqual(t, r.certificate, all.certificate+uint64(r.absent*maxAbsentGas), "%d absent", r.absent)
			}
			if size == 4 {
				parts := breakdown(all)
				var sum uint64
				for _, p := range parts {
					sum += p.gas
				}
				require.Equal(t, all.submit, sum, "the parts are the whole")
			}
		})
	}
}

func TestThePageInTheDocsIsWhatIsMeasured(t *testing.T) {
	n, err := network(context.Background(), "../test/fixtures", 4, false)
	require.NoError(t, err)
	rows, err := measure(n)
	require.NoError(t, err)
	written, err := os.ReadFile("../../docs/gas.md")
	require.NoError(t, err)
	for _, r := range rows {
		require.Contains(t, string(written), fmt.Sprintf("| %d | %d | %s |", r.members, r.absent, thousands(r.certificate)), "run make gas")
	}
}

func TestThousandsAreSeparated(t *testing.T) {
	for v, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 166363: "166,363"} {
		require.Equal(t, want, thousands(v))
	}
}
