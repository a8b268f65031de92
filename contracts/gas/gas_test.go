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
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// The bounds of the design: EIP-2537's own prices are 151,100 gas of the first.
const (
	maxCertificateGas = 172_000
	// What absent members cost: to find their chunks, each chunk's account, and each member.
	maxFindGas   = 2_000
	maxChunkGas  = 2_700
	maxAbsentGas = 1_500
	// A steady report of four members that all sign.
	maxSteadyOsakaGas     = 395_000
	maxSteadyAmsterdamGas = 455_000
	// No transaction needs more than EIP-7825 allows (Osaka), less a tenth.
	maxTransactionGas = params.MaxTxGas - params.MaxTxGas/10
	// A block of mainnet, and its half: what an ejection may take of each kind of gas (EIP-8037, Amsterdam).
	blockGas     = 60_000_000
	halfBlockGas = blockGas / 2
)

func measured(t *testing.T, size int, fork evm.Fork) []row {
	t.Helper()
	n, err := network(context.Background(), "../test/fixtures", size, fork)
	require.NoError(t, err)
	rows, err := measure(n)
	require.NoError(t, err)
	return rows
}

func TestACertificateCostsTheSameForAnyCommitteeAndLittleForAnAbsentMember(t *testing.T) {
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("%d members", size), func(t *testing.T) {
			rows := measured(t, size, evm.Osaka)
			all := rows[0]
			require.Zero(t, all.absent)
			require.LessOrEqual(t, all.certificate, uint64(maxCertificateGas))
			for _, r := range rows {
				require.LessOrEqual(t, r.submit, uint64(maxTransactionGas), "%d absent", r.absent)
			}
			for _, r := range rows[1:] {
				chunks := (r.absent + chunkMembers - 1) / chunkMembers // the first members are absent
				most := all.certificate + uint64(maxFindGas+chunks*maxChunkGas+r.absent*maxAbsentGas)
				require.LessOrEqual(t, r.certificate, most, "%d absent", r.absent)
			}
			if size == 4 {
				require.LessOrEqual(t, all.submit, uint64(maxSteadyOsakaGas))
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

// Rings, sums and books are words that are filled at deployment: an Amsterdam slot costs as much as a third of a report.
func TestASteadyReportCreatesNoSlot(t *testing.T) {
	for _, fork := range evm.Forks() {
		t.Run(fork.String(), func(t *testing.T) {
			for _, r := range measured(t, 4, fork) {
				require.Empty(t, r.created, "%d absent", r.absent)
				require.Zero(t, r.state, "gas for new state, %d absent", r.absent)
				if fork == evm.Amsterdam && r.absent == 0 {
					require.LessOrEqual(t, r.submit, uint64(maxSteadyAmsterdamGas))
				}
			}
		})
	}
}

func TestEveryOtherCallFitsItsForkAndAnEjectionHalfABlock(t *testing.T) {
	rows, err := measureCalls(context.Background(), "../test/fixtures")
	require.NoError(t, err)
	finalized := false
	half := map[string]bool{"eject, while a change waits": true, "slashEquivocation, while a change waits": true}
	for _, r := range rows {
		require.LessOrEqual(t, r.by[evm.Osaka].used, uint64(maxTransactionGas), r.name)
		now := r.by[evm.Amsterdam]
		if r.name == "submit, which finalizes two more" {
			require.Zero(t, now.state, "who asked has made the words of the batch")
			finalized = true
		}
		require.LessOrEqual(t, now.execution, uint64(maxTransactionGas), "%s: EIP-7825 binds the execution in Amsterdam", r.name)
		if half[r.name] {
			delete(half, r.name)
			require.LessOrEqual(t, now.execution, uint64(halfBlockGas), r.name)
			require.LessOrEqual(t, now.state, uint64(halfBlockGas), r.name)
			require.Zero(t, now.created, "%s: sets are in words that are there", r.name)
		}
	}
	require.Empty(t, half, "measured")
	require.True(t, finalized, "measured")
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
	if contract != "" {
		d.used[contract] = gas
	}
	return nil
}

func TestEachContractOfTheSetIsDeployedInOneTransaction(t *testing.T) {
	for fork, most := range map[evm.Fork]uint64{evm.Osaka: maxTransactionGas, evm.Amsterdam: blockGas - blockGas/10} {
		d := deploymentGas{Handler: slog.DiscardHandler, used: make(map[string]uint64)}
		_, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(d), Fork: fork})
		require.NoError(t, err)
		require.Len(t, d.used, 15)
		for contract, gas := range d.used {
			require.LessOrEqual(t, gas, most, "%s, %s", contract, fork)
		}
	}
}

func TestThePageInTheDocsIsWhatIsMeasured(t *testing.T) {
	rows := measured(t, 4, evm.Osaka)
	written, err := os.ReadFile("../../docs/gas.md")
	require.NoError(t, err)
	withOthers(rows, measured(t, 4, evm.Prague), evm.Prague)
	withOthers(rows, measured(t, 4, evm.Amsterdam), evm.Amsterdam)
	for _, r := range rows {
		require.Contains(t, string(written), fmt.Sprintf("| %d | %d | %s |", r.members, r.absent, format.Count(r.certificate)), "run make gas")
		submit := fmt.Sprintf("| %s | %s | %s |\n", format.Count(r.submit), format.Count(r.by[evm.Prague]), format.Count(r.by[evm.Amsterdam]))
		require.Contains(t, string(written), submit, "run make gas")
	}
}

func TestThousandsAreSeparated(t *testing.T) {
	for v, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 166363: "166,363"} {
		require.Equal(t, want, format.Count(v))
	}
}
