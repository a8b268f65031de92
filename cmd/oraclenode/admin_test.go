package main

import (
	"encoding/json"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// soon shortens what takes days elsewhere.
func soon(terms *network.Terms) {
	terms.Deploy.Bonds.UnbondingSeconds = 60
	terms.Deploy.Roles.TimelockDelaySeconds = 60
}

func TestAMemberIsEjectedAtOnceAndGetsItsBondBack(t *testing.T) {
	w := newWorldWith(t, soon)
	home, keys := w.newcomer(5)
	id := keys.MemberID.Hex()
	w.run(w.join(home, "--no-wait")...)
	w.run(w.admin(w.official(w.Accounts.Owner), "admit", id, "--yes")...)
	guardian := w.official(w.Accounts.Guardian)
	asked := w.program
	asked.ask = answers(t, "no")
	r := asked.run(t, w.admin(guardian, "eject", id)...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "not confirmed: nothing was sent")
	require.Equal(t, operator.Member, w.state(*keys.MemberID))
	asked.ask = answers(t, "yes")
	r = asked.run(t, w.admin(guardian, "eject", id)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.err, "at once")
	require.Equal(t, operator.Left, w.state(*keys.MemberID))

	leave := func(more ...string) []string {
		return append([]string{"leave", "--home", home, "--execution", w.Chain.ExecutionURL()}, more...)
	}
	early := w.program.run(t, leave("--withdraw", "--yes")...)
	require.Equal(t, cli.ExitError, early.status)
	require.Contains(t, early.err, "stays until")
	for range 6 {
		w.slot()
	}
	done := w.run(leave("--withdraw", "--yes", "--json")...)
	require.Contains(t, done.out, `"bondWei": "0"`)
}

func TestAMemberLeaves(t *testing.T) {
	w := newWorldWith(t, soon)
	home, keys := w.newcomer(5)
	w.run(w.join(home, "--no-wait")...)
	w.run(w.admin(w.official(w.Accounts.Owner), "admit", keys.MemberID.Hex(), "--yes")...)
	leave := []string{"leave", "--home", home, "--execution", w.Chain.ExecutionURL()}
	require.Contains(t, w.run(append(leave, "--dry-run")...).out, "would leave from")
	unasked := w.program.run(t, leave...)
	require.Equal(t, cli.ExitUsage, unasked.status)
	require.Contains(t, unasked.err, "--yes")
	require.Equal(t, operator.Member, w.state(*keys.MemberID))
	r := w.run(append(leave, "--yes")...)
	require.Contains(t, r.out, "The node must run until then.")
	require.Contains(t, r.out, "oraclenode leave --withdraw")
	require.Equal(t, operator.Left, w.state(*keys.MemberID))
	again := w.program.run(t, w.join(home)...)
	require.Equal(t, cli.ExitError, again.status)
	require.Contains(t, again.err, "the key cannot join again")
	require.Equal(t, cli.ExitUsage, w.program.run(t, append(leave, "--to", "0x00000000000000000000000000000000000000aa")...).status)
}

func TestCalldataIsPrintedAndNothingSent(t *testing.T) {
	w := newWorldWith(t, soon)
	home, keys := w.newcomer(5)
	w.run(w.join(home, "--no-wait")...)
	print := w.admin(home, "admit", keys.MemberID.Hex(), "--calldata", "--json")
	var call callJSON
	require.NoError(t, json.Unmarshal([]byte(w.run(append(print, "--from", w.Accounts.Owner.Address.Hex())...).out), &call))
	require.Equal(t, callJSON{
		To: w.Manifest.Contracts.OracleCommittee, Value: "0", Data: bindings.NewOracleCommittee().PackAdmit([][32]byte{*keys.MemberID}),
	}, call)
	require.Equal(t, operator.Candidate, w.state(*keys.MemberID))
	wrong := w.program.run(t, append(print, "--from", w.Accounts.User.Address.Hex())...)
	require.Equal(t, cli.ExitError, wrong.status)
	require.Contains(t, wrong.err, "does not hold MEMBERSHIP_ROLE of OracleCommittee")
	require.Contains(t, w.run(w.admin(home, "admit", keys.MemberID.Hex(), "--calldata")...).out, "to    "+call.To.Hex()+"\nvalue 0\ndata  0x")
}

func TestTheSameCommandAnnouncesAndLaterExecutes(t *testing.T) {
	w := newWorldWith(t, soon)
	owner := w.official(w.Accounts.Owner)
	grant := w.admin(owner, "grant", "ReportOracle", "GUARDIAN_ROLE", w.Accounts.User.Address.Hex(), "--yes")
	require.Contains(t, w.run(grant...).out, "Announced: grant GUARDIAN_ROLE")
	require.Contains(t, w.run(grant...).out, "Nothing to send: grant GUARDIAN_ROLE is announced")
	for range 6 {
		w.slot()
	}
	require.Contains(t, w.run(grant...).out, "Done: grant GUARDIAN_ROLE")
	again := w.program.run(t, grant...)
	require.Equal(t, cli.ExitError, again.status)
	require.Contains(t, again.err, "holds GUARDIAN_ROLE of ReportOracle already")
	limits := w.admin(owner, "limits", "--exits-per-epoch", "17", "--yes")
	require.Contains(t, w.program.run(t, limits...).err, "say with --loosen that this is meant")
	terms := w.admin(owner, "terms", "--fee-bps", "400", "--json", "--yes")
	require.Contains(t, w.run(terms...).out, `"via": "schedule"`)
	require.Contains(t, w.run(append(terms, "--cancel")...).out, `"via": "cancel"`)
}

func TestPartsArePaused(t *testing.T) {
	w := newWorldWith(t, soon)
	pauser := w.official(w.Accounts.Pauser)
	require.Contains(t, w.run(w.admin(pauser, "pause", "reports", "--yes")...).out, "Done: pause reports")
	again := w.program.run(t, w.admin(pauser, "pause", "reports", "--yes")...)
	require.Contains(t, again.err, "reports are paused already")
	require.Equal(t, cli.ExitUsage, w.program.run(t, w.admin(pauser, "pause", "claims")...).status)
	require.Contains(t, w.program.run(t, w.admin(pauser, "unpause", "reports", "--yes")...).err, "does not hold RESUMER_ROLE")
	require.Contains(t, w.program.run(t, w.admin(pauser, "reject", "--yes")...).err, "no report is in quarantine")
}

func TestArgumentsOfAdminAreChecked(t *testing.T) {
	for want, args := range map[string][]string{
		"want at least one member id":   {"admin", "admit"},
		"want 0x and 64 hexadecimal":    {"admin", "eject", "0x12"},
		"want one member id, got 2":     {"admin", "eject", "a", "b"},
		"want contract, role and acco":  {"admin", "grant", "ReportOracle"},
		"its checksum (EIP-55":          {"admin", "revoke", "ReportOracle", "GUARDIAN_ROLE", "0x7E5F4552091A69125d5DfCb7b8C2659029395bdf"},
		"want an amount of ether":       {"join", "--bond", "1e18"},
		"want a whole number of gwei":   {"join", "--max-fee-gwei", "-1"},
		"want a whole number of at":     {"admin", "terms", "--fee-bps", "65536"},
		"want the epoch of the fork":    {"admin", "gloas"},
		`epoch "x": want a whole num`:   {"admin", "gloas", "x"},
		"want the file of the report":   {"admin", "accept"},
		`required flag(s) "execution"`:  {"join"},
		"needs --owner-password-file":   {"join", "--execution", "http://localhost:1", "--network", "testdata/manifest.yaml", "--owner-keystore", "x"},
		"needs --owner-address":         {"join", "--execution", "http://localhost:1", "--network", "testdata/manifest.yaml", "--owner-remote-signer", "http://localhost:2"},
		"it with --owner-remote-signer": {"join", "--execution", "http://localhost:1", "--network", "testdata/manifest.yaml", "--owner-address", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"},
	} {
		r := program{}.run(t, args...)
		require.Equal(t, cli.ExitUsage, r.status, want)
		require.Contains(t, r.err, want)
	}
}
