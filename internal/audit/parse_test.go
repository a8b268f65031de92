package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

func TestPointsAreReadAsPeopleSayThem(t *testing.T) {
	for said, want := range map[string]string{
		"30d": "43200m", "12h": "720m", "90m": "90m", "slot:7": "slot:7", "7": "slot:7", "block:9": "block:9", "head": "head",
	} {
		p, err := audit.ParsePoint(said)
		require.NoError(t, err, said)
		require.Equal(t, want, p.String())
	}
	for _, bad := range []string{"", "d", "-1", "+5", "1.5d", "block:", "slot:x", "yesterday", "99999999999d", "18446744073709551615", "1_000", " 5", "head "} {
		_, err := audit.ParsePoint(bad)
		require.ErrorIs(t, err, audit.ErrRange, bad)
	}
}

func TestRangeIsFoundByAgeSlotAndBlock(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	s.frame(1, oracletest.Submission{})
	chain, err := s.Watcher()
	require.NoError(t, err)
	a, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: chain})
	require.NoError(t, err)
	point := func(text string) audit.Point {
		if text == "" {
			return audit.Point{}
		}
		p, err := audit.ParsePoint(text)
		require.NoError(t, err)
		return p
	}
	resolve := func(from, to string) audit.Blocks {
		b, err := a.Resolve(context.Background(), point(from), point(to))
		require.NoError(t, err, "%s to %s", from, to)
		return b
	}
	all := resolve("", "")
	require.Equal(t, s.Manifest.DeploymentBlock, all.First.Number)
	require.Equal(t, all.Final, all.Last, "what is not final is left out")
	require.Less(t, all.Last.Number, s.Head().Number)
	require.Equal(t, s.Head().Number, resolve("", "head").Last.Number)
	require.Equal(t, s.Schedule.TimeOf(140), resolve("140", "").First.Time)
	require.Equal(t, uint64(33), resolve("block:33", "block:44").First.Number)
	require.Equal(t, uint64(44), resolve("block:33", "block:44").Last.Number)
	require.Equal(t, all.Last.Time-60, resolve("1m", "").First.Time)
	require.Equal(t, s.Manifest.DeploymentBlock, resolve("40d", "").First.Number, "nothing is older than the deployment")
	for _, bad := range [][2]string{{"block:44", "block:33"}, {"block:999999", ""}, {"slot:999999", ""}, {"", "block:999999"}} {
		_, err := a.Resolve(context.Background(), point(bad[0]), point(bad[1]))
		require.ErrorIs(t, err, audit.ErrRange, "%v", bad)
	}
}

func TestNamesAreOneALine(t *testing.T) {
	id := common.Hash{1, 2}
	names, err := audit.ParseNames([]byte("# ours\n\n" + id.Hex() + "   Ada of Berlin \n"))
	require.NoError(t, err)
	require.Equal(t, audit.Names{id: "Ada of Berlin"}, names)
	for _, bad := range []string{"0x12 Ada", id.Hex(), id.Hex() + " ", id.Hex() + " \x1b[31m", id.Hex() + " " + strings.Repeat("a", 41), strings.Repeat("#", audit.MaxNamesBytes+1)} {
		_, err := audit.ParseNames([]byte(bad))
		require.ErrorIs(t, err, audit.ErrNames)
	}
}

// FuzzParsePoint: what is read is written and read again.
func FuzzParsePoint(f *testing.F) {
	for _, seed := range []string{"30d", "slot:5", "block:5", "7", "head", "12h"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := audit.ParsePoint(text)
		if err != nil {
			return
		}
		again, err := audit.ParsePoint(p.String())
		if err != nil || again != p {
			t.Fatalf("%q is read as %q, which is read as %q (%v)", text, p, again, err)
		}
	})
}

func FuzzParseNames(f *testing.F) {
	f.Add([]byte(common.Hash{1}.Hex() + " Ada\n# x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		names, err := audit.ParseNames(data)
		for _, name := range names {
			if err != nil || name == "" || strings.ContainsAny(name, "\n\x1b") {
				t.Fatalf("name %q, error %v", name, err)
			}
		}
	})
}

// FuzzReadCache: any contents under a right sum are refused or can be written again.
func FuzzReadCache(f *testing.F) {
	m := &manifest.Manifest{ChainID: 1337}
	var empty bytes.Buffer
	if err := audit.NewCache(m).Write(&empty); err != nil {
		f.Fatal(err)
	}
	body, _, _ := strings.Cut(empty.String(), "\n")
	f.Add(body)
	f.Add(strings.Replace(body, `"events":null`, `"events":[{"name":"Paused","contract":"0x0000000000000000000000000000000000000001","block":1,`+
		`"blockHash":"0x`+strings.Repeat("0", 64)+`","transaction":"0x`+strings.Repeat("0", 64)+`","transactionIndex":0,"logIndex":0,"body":{}}]`, 1))
	f.Fuzz(func(t *testing.T, body string) {
		sum := sha256.Sum256([]byte(body))
		c, err := audit.ReadCache(strings.NewReader(body+"\n"+hex.EncodeToString(sum[:])+"\n"), m)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := c.Write(&out); err != nil {
			t.Fatal(err)
		}
	})
}
