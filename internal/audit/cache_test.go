package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// written is a cache as a file.
func written(t *testing.T, c *audit.Cache) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, c.Write(&out))
	return out.Bytes()
}

func TestSecondAuditReadsOnlyWhatIsNew(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{Absent: []int{3}})
	s.frame(1, oracletest.Submission{Tamper: func(r *report.Report) { r.CLValidatorsGwei += 9 }})
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12)) // both are final
	var blocks, ranges atomic.Int64
	counting := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
		switch method {
		case "eth_getBlockReceipts":
			blocks.Add(1)
		case "eth_getLogs":
			ranges.Add(1)
		}
		return result
	})
	cache := audit.NewCache(s.Manifest)
	first := s.audit(func(o *audit.Options) { o.Cache = cache }, counting)
	require.Len(t, first.Findings, 1)
	require.Equal(t, int64(2), blocks.Load())

	kept, err := audit.ReadCache(bytes.NewReader(written(t, cache)), s.Manifest)
	require.NoError(t, err)
	s.frame(2, oracletest.Submission{})
	second := s.audit(func(o *audit.Options) { o.Cache = kept }, counting)
	require.Equal(t, int64(3), blocks.Load(), "only the new report's block is read")
	require.Equal(t, first.Findings, second.Findings)
	require.Equal(t, first.Reports, second.Reports[:2])
	require.Equal(t, s.audit(nil), second, "a cache changes nothing in the result")

	blind := s.audit(func(o *audit.Options) { o.Compute = nil; o.Cache = audit.NewCache(s.Manifest) })
	require.Empty(t, blind.Findings)
}

// TestVerdictWithoutABeaconNodeIsMadeAgainWithOne: a cache must not hide what a better equipped auditor can see.
func TestVerdictWithoutABeaconNodeIsMadeAgainWithOne(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{Tamper: func(r *report.Report) { r.CLValidatorsGwei += 9 }})
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	cache := audit.NewCache(s.Manifest)
	require.Empty(t, s.audit(func(o *audit.Options) { o.Cache, o.Compute = cache, nil }).Findings)
	require.Equal(t, []audit.Kind{audit.WrongValues}, kinds(s.audit(func(o *audit.Options) { o.Cache = cache })))
}

func TestWhatIsNotFinalIsNotKept(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	undone := s.Slot()
	cache := audit.NewCache(s.Manifest)
	require.Len(t, s.audit(func(o *audit.Options) { o.Cache = cache }).Reports, 1)
	require.NoError(t, s.Reorg(t.Context(), undone, nil))
	require.Empty(t, s.audit(func(o *audit.Options) { o.Cache = cache }).Reports, "the block with the report was undone")
}

func TestCacheOfAnotherNetworkOrADamagedOneIsRefused(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	cache := audit.NewCache(s.Manifest)
	s.audit(func(o *audit.Options) { o.Cache = cache })
	good := written(t, cache)
	_, err := audit.ReadCache(bytes.NewReader(good), s.Manifest)
	require.NoError(t, err)

	other := *s.Manifest
	other.Contracts.ReportOracle[0]++
	_, err = audit.ReadCache(bytes.NewReader(good), &other)
	require.ErrorIs(t, err, audit.ErrCache)
	require.ErrorContains(t, err, "another network")
	_, err = audit.New(audit.Options{Manifest: &other, Cache: cache})
	require.ErrorIs(t, err, audit.ErrCache)

	for name, bad := range map[string][]byte{
		"empty": nil, "cut": good[:len(good)/2], "a digit": []byte(strings.Replace(string(good), `"signed":true`, `"signed":null`, 1)), "more": append(good[:len(good):len(good)], 'x'),
	} {
		_, err := audit.ReadCache(bytes.NewReader(bad), s.Manifest)
		require.ErrorIs(t, err, audit.ErrCache, name)
	}
}

// TestAuditOfAnEarlierRangeLeavesTheCacheWhole: what was read beyond the range is kept, and the file can be read again.
func TestAuditOfAnEarlierRangeLeavesTheCacheWhole(t *testing.T) {
	s := newScene(t, nil)
	s.frame(0, oracletest.Submission{})
	s.frame(1, oracletest.Submission{})
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	cache := audit.NewCache(s.Manifest)
	whole := s.audit(func(o *audit.Options) { o.Cache = cache })
	require.Len(t, whole.Reports, 2)
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12)) // more is final than the cache has

	chain, err := s.Watcher()
	require.NoError(t, err)
	a, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: chain, Compute: s.truth, Cache: cache})
	require.NoError(t, err)
	end, err := audit.ParsePoint(fmt.Sprintf("block:%d", whole.Reports[0].Block))
	require.NoError(t, err)
	blocks, err := a.Resolve(t.Context(), audit.Point{}, end)
	require.NoError(t, err)
	early, err := a.Run(t.Context(), blocks)
	require.NoError(t, err)
	require.Equal(t, whole.Reports[:1], early.Reports)

	again, err := audit.ReadCache(bytes.NewReader(written(t, cache)), s.Manifest)
	require.NoError(t, err)
	later := s.audit(func(o *audit.Options) { o.Cache = again })
	require.Equal(t, whole.Reports, later.Reports)
	require.Equal(t, whole.Members, later.Members)
}

// TestCacheDoesNotKeepWhatANodeLiedAbout: the findings say to ask another node. That must help.
func TestCacheDoesNotKeepWhatANodeLiedAbout(t *testing.T) {
	s := newScene(t, nil)
	digest := s.Manifest.Domain().Digest(s.frame(0, oracletest.Submission{}))
	_, err := s.Eject(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, s.Advance(t.Context(), s.Slot()+12))
	ejected := bindings.NewOracleCommittee().GetABI().Events["Ejected"].ID.Hex()
	for kind, lie := range map[audit.Kind]func(json.RawMessage) json.RawMessage{
		audit.HiddenEvent: func(json.RawMessage) json.RawMessage { return json.RawMessage("[]") },
		audit.ForgedEvent: func(logs json.RawMessage) json.RawMessage {
			return bytes.ReplaceAll(logs, []byte(digest.Hex()), []byte("0x"+strings.Repeat("f0", 32)))
		},
		audit.WrongCommittee: func(logs json.RawMessage) json.RawMessage {
			var all []map[string]any
			require.NoError(t, json.Unmarshal(logs, &all))
			kept := slices.DeleteFunc(all, func(l map[string]any) bool { return l["topics"].([]any)[0] == ejected })
			altered, _ := json.Marshal(append([]map[string]any{}, kept...))
			return altered
		},
	} {
		cache := audit.NewCache(s.Manifest)
		liar := s.lying(func(method string, _ []json.RawMessage, result json.RawMessage) json.RawMessage {
			if method == "eth_getLogs" {
				return lie(result)
			}
			return result
		})
		require.Contains(t, kinds(s.audit(func(o *audit.Options) { o.Cache = cache }, liar)), kind)
		kept, err := audit.ReadCache(bytes.NewReader(written(t, cache)), s.Manifest)
		require.NoError(t, err)
		require.Equal(t, s.audit(nil), s.audit(func(o *audit.Options) { o.Cache = kept }), "after %s an honest node is asked", kind)
	}
}
