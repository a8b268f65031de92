package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// against is evidence against a member of the scene.
func (a audited) against(i int, second byte) operator.Evidence {
	m, d := a.Members[i], a.Manifest.Domain()
	e := operator.Evidence{Committee: common.Hash{7}, RefSlot: 4711, Key: m.Key.PublicKey(), DigestA: common.Hash{1}, DigestB: common.Hash{second}}
	e.SignatureA = m.Key.Sign(d.VoteMessage(e.Committee, e.RefSlot, e.DigestA))
	e.SignatureB = m.Key.Sign(d.VoteMessage(e.Committee, e.RefSlot, common.Hash{2}))
	return e
}

func TestEvidenceIsListedShownAndSubmitted(t *testing.T) {
	a := newAudited(t)
	file := filepath.Join(a.dir, "evidence.json")
	good, err := json.Marshal(a.against(2, 2))
	require.NoError(t, err)
	bad, err := json.Marshal(a.against(3, 3)) // the second signature is of another digest
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, append(append(good, '\n'), bad...), 0o600))
	from := []string{"--file", file, "--network", a.manifest}
	evidence := func(words ...string) []string { return append(append([]string{"evidence"}, words...), from...) }

	r := program{}.run(t, evidence("list")...)
	require.Equal(t, cli.ExitFindings, r.status, r.err)
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	require.Len(t, lines, 2)
	require.Contains(t, lines[0], "holds")
	require.Contains(t, lines[1], "did not sign the second vote")
	r = program{}.run(t, evidence("show", "1")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, a.Members[2].ID.Hex())
	shown := program{}.run(t, evidence("show", "1", "--json")...)
	require.Equal(t, cli.ExitOK, shown.status)
	piped := program{stdin: shown.out}.run(t, "evidence", "list", "--file", "-", "--network", a.manifest)
	require.Equal(t, cli.ExitOK, piped.status, "what is shown can be read again: %s", piped.err)
	require.Equal(t, cli.ExitError, program{}.run(t, evidence("show", "3")...).status)

	home := filepath.Join(a.dir, "home")
	key := write(t, "key.hex", common.Bytes2Hex(crypto.FromECDSA(a.Accounts.User.Key())))
	r = program{}.run(t, "keys", "import", "submitter", key, "--home", home)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	submit := append(evidence("submit"), "--home", home, "--execution", a.ExecutionURL(), "--yes")
	r = program{sleep: a.letPass()}.run(t, append(submit, "2")...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "did not sign the second vote")

	r = program{sleep: a.letPass()}.run(t, append(submit, "1")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "is slashed by transaction")
	again := program{sleep: a.letPass()}.run(t, append(submit, "1")...)
	require.Equal(t, cli.ExitError, again.status)
	require.Contains(t, again.err, "already")

	audited := program{}.run(t, a.args()...)
	require.Equal(t, cli.ExitFindings, audited.status)
	require.Contains(t, audited.out, "slashed-member")
}

func TestEvidenceOfAnInterruptedRunIsNotSentTwice(t *testing.T) {
	a := newAudited(t)
	file := filepath.Join(a.dir, "evidence.json")
	good, err := json.Marshal(a.against(2, 2))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, good, 0o600))
	home := filepath.Join(a.dir, "home")
	key := write(t, "key.hex", common.Bytes2Hex(crypto.FromECDSA(a.Accounts.User.Key())))
	require.Equal(t, cli.ExitOK, program{}.run(t, "keys", "import", "submitter", key, "--home", home).status)
	submit := []string{"evidence", "submit", "1", "--file", file, "--network", a.manifest, "--home", home, "--execution", a.ExecutionURL(), "--yes"}
	nonce := func() uint64 {
		n, err := a.Client().NonceAt(t.Context(), a.Accounts.User.Address, nil)
		require.NoError(t, err)
		return n
	}
	before := nonce()
	interrupted := program{sleep: func(context.Context, time.Duration) error { return errors.New("stopped") }}.run(t, submit...)
	require.Equal(t, cli.ExitError, interrupted.status)
	require.Contains(t, interrupted.err, "which may still be included: stopped")

	again := program{sleep: a.letPass()}.run(t, submit...)
	require.Equal(t, cli.ExitError, again.status, again.out)
	require.Contains(t, again.err, "has 1 transactions under way")
	require.Contains(t, again.err, "already: member "+a.Members[2].ID.Hex())
	require.Equal(t, before+1, nonce())
}

func TestEvidenceIsTakenFromARunningNode(t *testing.T) {
	a := newAudited(t)
	e := a.against(2, 2)
	told := status.Status{Overview: status.Overview{Version: status.Version}, Evidence: []status.Evidence{{
		Key: common.Bytes2Hex(e.Key.Bytes()), Committee: e.Committee, RefSlot: e.RefSlot, DigestA: e.DigestA, DigestB: e.DigestB,
		SignatureA: common.Bytes2Hex(e.SignatureA.Bytes()), SignatureB: common.Bytes2Hex(e.SignatureB.Bytes()),
	}}}
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(told) }))
	t.Cleanup(node.Close)
	from := []string{"--api", node.URL, "--network", a.manifest}

	r := program{}.run(t, append([]string{"evidence", "list"}, from...)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "holds")
	shown := program{}.run(t, append([]string{"evidence", "show", "1", "--json"}, from...)...)
	require.Equal(t, cli.ExitOK, shown.status, shown.err)
	whole, err := json.Marshal(e)
	require.NoError(t, err)
	require.JSONEq(t, string(whole), shown.out)

	told.Evidence[0].DigestB = common.Hash{9} // The node lies.
	require.Equal(t, cli.ExitFindings, program{}.run(t, append([]string{"evidence", "list"}, from...)...).status)
	told.Evidence[0].SignatureB = "c0"
	r = program{}.run(t, append([]string{"evidence", "list"}, from...)...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "not evidence")
}

func TestEvidenceNeedsASource(t *testing.T) {
	a := newAudited(t)
	require.Equal(t, cli.ExitUsage, program{}.run(t, "evidence", "list", "--network", a.manifest).status)
	require.Equal(t, cli.ExitUsage, program{}.run(t, "evidence", "list", "--api", "", "--network", a.manifest).status)
	r := program{stdin: `{"refSlot":"1"}`}.run(t, "evidence", "list", "--file", "-", "--network", a.manifest)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "not evidence")
}
