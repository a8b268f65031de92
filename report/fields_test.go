package report

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawReport draws any report whose amounts fit, sane or not.
func drawReport(t *rapid.T) Report {
	hash := func(name string) common.Hash {
		return common.BytesToHash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
	}
	wei := func(name string) uint256.Int {
		return uint256.Int{rapid.Uint64().Draw(t, name), rapid.Uint64().Draw(t, name+" high")}
	}
	return Report{
		Version: rapid.Uint16().Draw(t, "version"), Committee: hash("committee"), RefSlot: rapid.Uint64().Draw(t, "slot"), RefBlockRoot: hash("block"),
		CLValidatorsGwei: rapid.Uint64().Draw(t, "balances"), CLPendingGwei: rapid.Uint64().Draw(t, "pending"), Validators: rapid.Uint32().Draw(t, "validators"),
		Exited: rapid.Uint32().Draw(t, "exited"), Slashed: rapid.Uint32().Draw(t, "slashed"), DepositedWei: wei("deposited"), WithdrawalVaultWei: wei("withdrawals"),
		ELRewardsVaultWei: wei("rewards"), FinalizeUpTo: rapid.Uint64().Draw(t, "request"), Bunker: rapid.Bool().Draw(t, "bunker"), BalancesRoot: hash("root"),
		LastRefSlot: rapid.Uint64().Draw(t, "last"), CLInFlightGwei: rapid.Uint64().Draw(t, "in flight"), UnprovenGwei: rapid.Uint64().Draw(t, "unproven"),
		ExitGwei: rapid.Uint64().Draw(t, "exit"), ExitsAskedGwei: rapid.Uint64().Draw(t, "asked"), PendingRoot: hash("pending root"),
	}
}

// oneFieldChanged is the report with another value in the struct's i-th field.
func oneFieldChanged(r Report, i int) Report {
	switch v := reflect.ValueOf(&r).Elem().Field(i); v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Array: // a hash, or limbs of an amount
		if v.Type() == reflect.TypeFor[uint256.Int]() {
			v.Index(1).SetUint(v.Index(1).Uint() ^ 1)
		} else {
			v.Index(7).SetUint(v.Index(7).Uint() ^ 1)
		}
	default:
		v.SetUint(v.Uint() ^ 1)
	}
	return r
}

func TestFieldsAreThoseOfTheSignedType(t *testing.T) {
	var signed []string
	for _, f := range fields() {
		signed = append(signed, f.solType+" "+f.name)
	}
	require.Equal(t, reportType, "Report("+strings.Join(signed, ",")+")")
	require.Equal(t, reflect.TypeFor[Report]().NumField(), len(signed))
}

func TestTheWordsOfTheFieldsAreWhatIsSigned(t *testing.T) {
	domain := Domain{ChainID: big.NewInt(5), Oracle: common.Address{7}}
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		w := words{}
		w.hash(common.BytesToHash(keccak(reportType)))
		for _, f := range fields() {
			w.hash(f.word(&r))
		}
		require.Equal(t, domain.typedData(w), domain.Digest(r))
	})
}

func TestEachFieldHasItsOwnTextAndSection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		i := rapid.IntRange(0, len(fields())-1).Draw(t, "field")
		changed := oneFieldChanged(r, i)
		f := fields()[i]

		require.Equal(t, []Difference{{f.section, f.name, f.text(&r), f.text(&changed)}}, Diff(r, changed))
		require.NotEqual(t, f.text(&r), f.text(&changed))
		before, after := r.Sections(), changed.Sections()
		for s := range Section(SectionCount) {
			require.Equal(t, s != f.section, before[s] == after[s], "section %s, field %s", s, f.name)
		}
		back := r
		require.NoError(t, f.set(&back, f.text(&changed)))
		require.Equal(t, changed, back)
	})
}

func TestAFieldTakesOnlyItsCanonicalText(t *testing.T) {
	set := func(name, text string) error {
		for _, f := range fields() {
			if f.name == name {
				r, before := Report{Bunker: true, FinalizeUpTo: 3}, Report{Bunker: true, FinalizeUpTo: 3}
				err := f.set(&r, text)
				if err != nil {
					require.Equal(t, before, r, "unchanged")
				}
				return err
			}
		}
		return fmt.Errorf("no field %s", name)
	}
	good := "0x" + strings.Repeat("a0", 32)
	for name, texts := range map[string][]string{
		"version": {"0", "65535"}, "validators": {"4294967295"}, "refSlot": {"18446744073709551615"}, "bunker": {"true", "false"}, "committee": {good},
		"depositedWei": {"0", "340282366920938463463374607431768211455"},
	} {
		for _, text := range texts {
			require.NoError(t, set(name, text), "%s %q", name, text)
		}
	}
	for name, texts := range map[string][]string{
		"version":      {"", "65536", "-1", "+1", "01", "1_0", "0x1", "1.0", "1e3", " 1", "٣"},
		"validators":   {"4294967296"},
		"refSlot":      {"18446744073709551616", "00"},
		"bunker":       {"", "True", "1", "yes"},
		"committee":    {"", "0x", good[2:], strings.ToUpper(good), "0X" + good[2:], good[:64], good + "00", "0x" + strings.Repeat("g0", 32), "0x" + strings.Repeat("A0", 32)},
		"depositedWei": {"", "340282366920938463463374607431768211456", strings.Repeat("9", 100), "-1", "+1", "01", "0x1"},
	} {
		for _, text := range texts {
			require.Error(t, set(name, text), "%s %q", name, text)
		}
	}
}
