package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// The bounds of the design: EIP-2537's own prices are 151,100 gas of the first.
const (
	maxCertificateGas = 172_000
	maxAbsentGas      = 1_500
	// A steady report of four members that all sign.
	maxSteadyGas = 385_000
	// No transaction needs more than EIP-7825 allows (Osaka), less a tenth.
	maxTransactionGas = params.MaxTxGas - params.MaxTxGas/10
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
			for _, r := range rows {
				require.LessOrEqual(t, r.submit, uint64(maxTransactionGas), "%d absent", r.absent)
			}
			for _, r := range rows[1:] {
				require.LessOrEqual(t, r.certificate, all.certificate+uint64(r.absent*maxAbsentGas), "%d absent", r.absent)
			}
			if size == 4 {
				require.LessOrEqual(t, all.submit, uint64(maxSteadyGas))
				parts := breakdown(all)
				var sum uint64
				for _, p := range parts {
					sum += p.gas
				}
				require.Equal(t, all.submit, sum, "the parts are the whole")
				for _, p := range additions(all) {
					require.NotZero(t, p.gas, p.name)
				}
			}
		})
	}
}

// deploymentGas keeps what each creation of the set cost: the deployment logs it.
type deploymentGas struct {
	slog.Handler
	used map[string]uint64
}

func (d deploymentGas) Enabled(context.Context, slog.Level) bool { return true }

func (d deploymentGas) Handle(_ context.Context, r slog.Record) error {
	var contract string
	var gas uint64
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "contract":
			contract = a.Value.String()
		case "gas":
			gas = a.Value.Uint64()
		}
		return true
	})
	if gas > 0 {
		d.used[contract] = gas
	}
	return nil
}

func TestEachContractOfTheSetIsDeployedInOneTransaction(t *testing.T) {
	d := deploymentGas{Handler: slog.DiscardHandler, used: make(map[string]uint64)}
	_, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(d)})
	require.NoError(t, err)
	require.Len(t, d.used, 14)
	for contract, gas := range d.used {
		require.LessOrEqual(t, gas, uint64(maxTransactionGas), contract)
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
		require.Contains(t, string(written), fmt.Sprintf("| %d | %d | %s |", r.members, r.absent, format.Count(r.certificate)), "run make gas")
		require.Contains(t, string(written), "| "+format.Count(r.submit)+" |", "run make gas")
	}
}

func TestThousandsAreSeparated(t *testing.T) {
	for v, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 166363: "166,363"} {
		require.Equal(t, want, format.Count(v))
	}
}
