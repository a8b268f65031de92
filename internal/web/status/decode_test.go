package status_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func TestADescriptionIsReadAsItWasWritten(t *testing.T) {
	for step := range sample.Steps {
		written, err := json.Marshal(sample.Status(step))
		require.NoError(t, err)
		read, err := status.Decode(bytes.NewReader(written))
		require.NoError(t, err)
		again, err := json.Marshal(read)
		require.NoError(t, err)
		require.JSONEq(t, string(written), string(again))
	}
}

func TestWhatIsNoDescriptionIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "page": "<html>", "other version": `{"version":2}`, "no version": `{}`, "two": `{"version":1}{"version":1}`, "cut off": `{"version":1,`,
		"list": `[]`, "wrong type": `{"version":1,"members":3}`, "too large": `{"version":1}` + strings.Repeat(" ", status.MaxBytes),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := status.Decode(strings.NewReader(text))
			require.ErrorIs(t, err, status.ErrDecode)
		})
	}
}

func TestFieldsOfNewerNodesAreSkipped(t *testing.T) {
	s, err := status.Decode(strings.NewReader(`{"version":1,"weather":"fine","ready":true}`))
	require.NoError(t, err)
	require.True(t, s.Ready)
}

func TestNodesAndAuditsAreNotTakenForEachOther(t *testing.T) {
	result := status.AuditResult{Verdict: "findings", Kinds: map[string]uint64{"loss": 1}, Findings: 1}
	written, err := json.Marshal(sample.Audit(result))
	require.NoError(t, err)
	_, err = status.Decode(bytes.NewReader(written))
	require.ErrorIs(t, err, status.ErrAudit)
	read, err := status.DecodeAudit(bytes.NewReader(written))
	require.NoError(t, err)
	require.Equal(t, result, read.Result)
	require.Equal(t, sample.Audit(result).Reports, read.Reports)

	written, err = json.Marshal(sample.Status(3))
	require.NoError(t, err)
	_, err = status.DecodeAudit(bytes.NewReader(written))
	require.ErrorIs(t, err, status.ErrDecode)
	_, err = status.Decode(strings.NewReader(`{"version":1,"audit":null}`))
	require.NoError(t, err, "nodes of the release before say so")
}

func FuzzDecode(f *testing.F) {
	written, err := json.Marshal(sample.Status(3))
	require.NoError(f, err)
	f.Add(written)
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := status.Decode(bytes.NewReader(text))
		if err != nil {
			require.ErrorIs(t, err, status.ErrDecode)
			return
		}
		_, err = json.Marshal(s)
		require.NoError(t, err)
	})
}
