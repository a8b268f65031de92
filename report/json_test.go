package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func keccak(text string) []byte { return crypto.Keccak256([]byte(text)) }

func exampleReport() Report {
	return Report{
		Version: 2, Committee: common.Hash{31: 2}, RefSlot: 3, LastRefSlot: 1, RefBlockRoot: common.Hash{31: 4}, CLValidatorsGwei: 5, CLPendingGwei: 6, Validators: 7, Exited: 8, Slashed: 9,
		DepositedWei: *uint256.NewInt(10), WithdrawalVaultWei: *uint256.NewInt(11), ELRewardsVaultWei: *uint256.NewInt(12), FinalizeUpTo: 13, Bunker: true,
		BalancesRoot: common.Hash{31: 15}, CLInFlightGwei: 17, UnprovenGwei: 11, ExitGwei: 19, ExitsAskedGwei: 20, PendingRoot: common.Hash{31: 21},
	}
}

const exampleJSON = `{"version":"2","committee":"0x0000000000000000000000000000000000000000000000000000000000000002","refSlot":"3","lastRefSlot":"1",` +
	`"refBlockRoot":"0x0000000000000000000000000000000000000000000000000000000000000004","clValidatorsGwei":"5","clPendingGwei":"6","clInFlightGwei":"17","unprovenGwei":"11","validators":"7","exited":"8",` +
	`"slashed":"9","depositedWei":"10","withdrawalVaultWei":"11","elRewardsVaultWei":"12","finalizeUpTo":"13","exitGwei":"19","exitsAskedGwei":"20","bunker":true,` +
	`"balancesRoot":"0x000000000000000000000000000000000000000000000000000000000000000f",` +
	`"pendingRoot":"0x0000000000000000000000000000000000000000000000000000000000000015"}`

// oldJSON is a report of format 1.
const oldJSON = `{"version":"1","committee":"0x0000000000000000000000000000000000000000000000000000000000000002","refSlot":"3",` +
	`"refBlockRoot":"0x0000000000000000000000000000000000000000000000000000000000000004","clValidatorsGwei":"5","clPendingGwei":"6","validators":"7","exited":"8",` +
	`"slashed":"9","depositedWei":"10","withdrawalVaultWei":"11","elRewardsVaultWei":"12","finalizeUpTo":"13","bunker":true,` +
	`"balancesRoot":"0x000000000000000000000000000000000000000000000000000000000000000f"}`

func TestAReportIsWrittenInABIOrderWithDecimalStrings(t *testing.T) {
	text, err := json.Marshal(exampleReport())
	require.NoError(t, err)
	require.Equal(t, exampleJSON, string(text))
}

func TestAReportIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		text, err := json.Marshal(r)
		require.NoError(t, err)
		require.Less(t, len(text), MaxJSONBytes/3)
		back, err := ParseJSON(text)
		require.NoError(t, err)
		require.Equal(t, r, back)
	})
}

func TestSpacesOrderAndEscapesOfFieldsAreFree(t *testing.T) {
	moved := strings.Replace(exampleJSON, `{"version":"2",`, "{\n\t", 1)
	moved = strings.Replace(moved, `15"}`, "15\" ,\r\n \"ver\\u0073ion\" : \"\\u0032\" }\n", 1)
	r, err := ParseJSON([]byte(moved))
	require.NoError(t, err)
	require.Equal(t, exampleReport(), r)
}

func TestTextThatIsNoReportIsRefused(t *testing.T) {
	replace := func(old, new string) string {
		require.Contains(t, exampleJSON, old)
		return strings.Replace(exampleJSON, old, new, 1)
	}
	for name, c := range map[string]struct{ text, says string }{
		"nothing":                  {"", "no object"},
		"null":                     {"null", "no object"},
		"a list":                   {"[]", "no object"},
		"no fields":                {"{}", "without version, committee, refSlot"},
		"an older format":          {oldJSON, "format 1, this software knows 2: without lastRefSlot, clInFlightGwei, unprovenGwei, exitGwei, exitsAskedGwei, pendingRoot"},
		"a field missing":          {replace(`"slashed":"9",`, ""), "without slashed"},
		"a field twice":            {replace(`"slashed":"9"`, `"slashed":"9","slashed":"9"`), "slashed twice"},
		"an unknown field":         {replace(`"slashed"`, `"slain"`), `unknown field "slain"`},
		"a field in other letters": {replace(`"slashed"`, `"Slashed"`), "unknown field"},
		"a number":                 {replace(`"9"`, `9`), "slashed is neither a string"},
		"null in a field":          {replace(`"9"`, `null`), "slashed is neither a string"},
		"an object in a field":     {replace(`"9"`, `{"a":1}`), "slashed is neither a string"},
		"bool as text":             {replace(`true`, `"true"`), "want true or false"},
		"text as bool":             {replace(`"9"`, `true`), "want a string"},
		"too large":                {replace(`"9"`, `"4294967296"`), "out of range"},
		"a leading zero":           {replace(`"9"`, `"09"`), "leading zeros"},
		"cut off":                  {exampleJSON[:len(exampleJSON)-1], ErrMalformedJSON.Error()},
		"cut off in a name":        {exampleJSON[:len(exampleJSON)-75], ErrMalformedJSON.Error()},
		"data behind":              {exampleJSON + "{}", "data after"},
		"a comma too many":         {exampleJSON[:len(exampleJSON)-1] + ",}", ErrMalformedJSON.Error()},
		"too long":                 {exampleJSON + strings.Repeat(" ", MaxJSONBytes), "at most 4096"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseJSON([]byte(c.text))
			require.ErrorIs(t, err, ErrMalformedJSON)
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestAReportInsideOtherJSONIsUnchangedOnError(t *testing.T) {
	envelope := struct{ Report Report }{exampleReport()}
	require.Error(t, json.Unmarshal([]byte(`{"Report":{"version":"3"}}`), &envelope))
	require.Equal(t, exampleReport(), envelope.Report)
	require.NoError(t, json.Unmarshal([]byte(`{"Report":`+strings.Replace(exampleJSON, `"9"`, `"8"`, 1)+`}`), &envelope))
	require.EqualValues(t, 8, envelope.Report.Slashed)
}

func TestAnAmountBeyond128BitsIsNotWritten(t *testing.T) {
	for i := range 3 {
		r := exampleReport()
		(*[3]*uint256.Int{&r.DepositedWei, &r.WithdrawalVaultWei, &r.ELRewardsVaultWei}[i])[2] = 1
		_, err := json.Marshal(r)
		require.ErrorIs(t, err, ErrInvalidReport)
		require.ErrorIs(t, r.Validate(), ErrInvalidReport)
	}
}

func TestDifferencesAreJSONWithTheSectionsName(t *testing.T) {
	a, b := exampleReport(), exampleReport()
	require.Nil(t, Diff(a, b))
	b.Slashed, b.Bunker = 10, false
	text, err := json.Marshal(Diff(a, b))
	require.NoError(t, err)
	require.Equal(t, `[{"section":"consensus layer","field":"slashed","a":"9","b":"10"},{"section":"queue","field":"bunker","a":"true","b":"false"}]`, string(text))
	var back []Difference
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, Diff(a, b), back)
}

func TestAnUnknownSectionIsRefused(t *testing.T) {
	s := QueueSection
	require.ErrorIs(t, s.UnmarshalText([]byte("sky")), ErrUnknownSection)
	require.Equal(t, QueueSection, s)
	_, err := Section(SectionCount).MarshalText()
	require.ErrorIs(t, err, ErrUnknownSection)
	require.Equal(t, "unknown", Section(SectionCount).String())
	for s := range Section(SectionCount) {
		var back Section
		text, err := s.MarshalText()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
	}
}

func TestAReportThatContradictsItselfIsInvalid(t *testing.T) {
	valid := exampleReport()
	valid.Exited, valid.Slashed = 7, 7
	require.NoError(t, valid.Validate())
	silent := valid
	silent.LastRefSlot |= 5 << 40
	require.NoError(t, silent.Validate(), "calls without a report are no slots")
	rich := valid
	rich.CLValidatorsGwei, rich.CLPendingGwei, rich.UnprovenGwei = 1<<64-1, 1, 1<<64-1
	require.NoError(t, rich.Validate(), "no overflow")
	old := valid
	old.Version = 1
	require.ErrorContains(t, old.Validate(), "version 1, this software knows 2")
	for name, change := range map[string]func(*Report){
		"another version":   func(r *Report) { r.Version = 1 },
		"no committee":      func(r *Report) { r.Committee = common.Hash{} },
		"no block":          func(r *Report) { r.RefBlockRoot = common.Hash{} },
		"no commitment":     func(r *Report) { r.BalancesRoot = common.Hash{} },
		"no later slot":     func(r *Report) { r.LastRefSlot = 3 },
		"silent, no later":  func(r *Report) { r.LastRefSlot = 1<<40 | 3 },
		"too much unproven": func(r *Report) { r.UnprovenGwei = 12 },
		"too many exited":   func(r *Report) { r.Exited = 8 },
		"too many slashed":  func(r *Report) { r.Slashed = 8 },
		"gwei on nobody":    func(r *Report) { r.Validators, r.Exited, r.Slashed = 0, 0, 0 },
	} {
		r := valid
		change(&r)
		require.ErrorIs(t, r.Validate(), ErrInvalidReport, name)
	}
}

// Whatever parses is written as the one canonical text of its report.
func FuzzParseJSON(f *testing.F) {
	f.Add([]byte(exampleJSON))
	f.Add([]byte(strings.Replace(exampleJSON, ",", " ,\n", -1)))
	f.Add([]byte(`{"version":"2"}`))
	f.Add([]byte(oldJSON))
	f.Add([]byte(`{"bunker":true,"bunker":null,"depositedWei":"340282366920938463463374607431768211456"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ParseJSON(text)
		if err != nil {
			require.ErrorIs(t, err, ErrMalformedJSON)
			require.Zero(t, r)
			return
		}
		canonical, err := json.Marshal(r)
		require.NoError(t, err)
		back, err := ParseJSON(canonical)
		require.NoError(t, err)
		require.Equal(t, r, back)
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, canonical, again)
	})
}
