package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
)

func sampleReport() report.Report {
	return report.Report{
		Version: report.Version, Committee: common.Hash{1}, RefSlot: 9_599_999, LastRefSlot: 9_592_799, RefBlockRoot: common.Hash{2},
		CLValidatorsGwei: 64_000_000_001, CLPendingGwei: 32_000_000_000, Validators: 3, Exited: 1,
		DepositedWei:       *uint256.MustFromDecimal("96000000000000000000"),
		WithdrawalVaultWei: *uint256.NewInt(1), ELRewardsVaultWei: *uint256.MustFromDecimal("340282366920938463463374607431768211455"),
		FinalizeUpTo: 17, BalancesRoot: common.Hash{3},
	}
}

func TestSampleReportsAreThoseOfTheTests(t *testing.T) {
	a := sampleReport()
	b := a
	b.CLValidatorsGwei, b.WithdrawalVaultWei, b.FinalizeUpTo, b.Bunker, b.BalancesRoot =
		64_000_000_000, *uint256.NewInt(2_000_000_000_000_000_001), 1018, true, common.Hash{4}
	for name, r := range map[string]report.Report{"a.json": a, "b.json": b} {
		text, err := json.MarshalIndent(r, "", "  ")
		require.NoError(t, err)
		golden(t, name, string(text)+"\n")
	}
}

func TestDiffNamesSectionFieldAndBothValues(t *testing.T) {
	r := program{}.run(t, "report", "diff", "testdata/a.json", "testdata/b.json")
	require.Equal(t, cli.ExitFindings, r.status)
	require.Empty(t, r.err, "a difference is no error")
	golden(t, "diff.txt", r.out)

	r = program{}.run(t, "report", "diff", "testdata/a.json", "testdata/b.json", "--json")
	require.Equal(t, cli.ExitFindings, r.status)
	golden(t, "diff.json", r.out)
}

func TestDiffOfEqualReports(t *testing.T) {
	r := program{}.run(t, "report", "diff", "testdata/a.json", "testdata/a.json")
	require.Equal(t, result{cli.ExitOK, "The reports are equal.\n", ""}, r)
	r = program{}.run(t, "report", "diff", "testdata/a.json", "testdata/a.json", "--json")
	require.Equal(t, cli.ExitOK, r.status)
	require.JSONEq(t, `{"a":"testdata/a.json","b":"testdata/a.json","equal":true,"differences":[]}`, r.out)
}

func TestDiffReadsStandardInputOnce(t *testing.T) {
	text, err := os.ReadFile("testdata/a.json")
	require.NoError(t, err)
	for _, args := range [][]string{{"-", "testdata/a.json"}, {"testdata/a.json", "-"}} {
		r := program{stdin: string(text)}.run(t, append([]string{"report", "diff"}, args...)...)
		require.Equal(t, cli.ExitOK, r.status, r.err)
	}
	r := program{}.run(t, "report", "diff", "-", "-")
	require.Equal(t, cli.ExitUsage, r.status)
	require.Contains(t, r.err, "only one of the reports can come from standard input")
}

func TestDiffWantsTwoReports(t *testing.T) {
	for _, args := range [][]string{{}, {"a"}, {"a", "b", "c"}} {
		r := program{}.run(t, append([]string{"report", "diff"}, args...)...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, "want two reports to compare")
	}
}

func TestDiffRefusesWhatIsNoReport(t *testing.T) {
	text, err := json.Marshal(sampleReport())
	require.NoError(t, err)
	plain := string(text)
	for _, c := range []struct{ name, content, want string }{
		{"empty", "", "no object"},
		{"a missing field", strings.Replace(plain, `"refSlot":"9599999",`, "", 1), "refSlot"},
		{"an unknown field", `{"x":1}`, `"x"`},
		{"a number for a string", strings.Replace(plain, `"9599999"`, `9599999`, 1), "refSlot"},
		{"two reports in one object", `{"report":` + plain + `,"report":` + plain + `}`, "member report twice"},
		{"data behind it", `{"report":` + plain + `} x`, "data after"},
		{"a cut-off object", `{"report":` + plain, "malformed"},
		{"a report that is none", `{"report":null}`, "no object"},
		{"too much", strings.Repeat(" ", maxReportFileBytes+1), "more than 1048576 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := write(t, "r.json", c.content)
			r := program{}.run(t, "report", "diff", "testdata/a.json", file)
			require.Equal(t, cli.ExitError, r.status)
			require.Empty(t, r.out)
			require.Contains(t, r.err, "oraclenode: read "+file+": ")
			require.Contains(t, r.err, c.want)
		})
	}
	r := program{}.run(t, "report", "diff", "absent.json", "testdata/a.json")
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "absent.json")
}

func TestDiffTakesWhatReportComputeWrote(t *testing.T) {
	r := program{compute: new(computing).compute}.run(t, computeArgs("--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	r = program{stdin: r.out}.run(t, "report", "diff", "testdata/a.json", "-")
	require.Equal(t, result{cli.ExitOK, "The reports are equal.\n", ""}, r)
}

func TestDiffNotesReportsThatContradictThemselves(t *testing.T) {
	wrong := sampleReport()
	wrong.Exited = 4
	text, err := json.Marshal(wrong)
	require.NoError(t, err)
	r := program{stdin: string(text)}.run(t, "report", "diff", "testdata/a.json", "-")
	require.Equal(t, cli.ExitFindings, r.status)
	require.Equal(t, "oraclenode: note: standard input: invalid report: 4 exited of 3 validators\n", r.err)
	require.Contains(t, r.out, "consensus layer / exited")
}

func FuzzReportFile(f *testing.F) {
	text, err := json.Marshal(sampleReport())
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"report":` + string(text) + `,"digest":"0x"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseReportFile(data)
		if err != nil {
			require.ErrorIs(t, err, report.ErrMalformedJSON)
			return
		}
		again, err := json.Marshal(r)
		require.NoError(t, err)
		same, err := parseReportFile(again)
		require.NoError(t, err)
		require.Equal(t, r, same)
	})
}
