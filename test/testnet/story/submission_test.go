//go:build testnet && linux

package story

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// submission is a report that the contract took, as it was sent.
type submission struct {
	events.Submission
	data      []byte // of the transaction
	receipt   *types.Receipt
	digest    common.Hash
	committee common.Hash   // in force when the report was taken
	members   []common.Hash // of it, in the order of the certificate's bits
	ejected   bool          // somebody was ejected in the open round
}

// requireComputed holds the report against one computed from its reference block. Only the committee may be another: when a member was ejected after that
// block, the round goes to the others, as the contract says.
func (x *submission) requireComputed(t *testing.T, computed report.Report) {
	t.Helper()
	if x.Report.Committee != computed.Committee {
		require.True(t, x.ejected, "the report names committee %s, and nobody was ejected", x.Report.Committee)
		require.Equal(t, x.committee, x.Report.Committee, "the contract names another committee")
		computed.Committee = x.committee
	}
	require.Equal(t, computed, x.Report, "what the committee reported is not what the chain holds")
	require.Equal(t, hexutil.Bytes(x.again(computed)), hexutil.Bytes(x.data), "the bytes on the chain are others")
}

// index is the member's place in the committee of the report; -1 when it has none.
func (x *submission) index(id common.Hash) int { return slices.Index(x.members, id) }

// signed reports whether the member's signature is in the certificate.
func (x *submission) signed(id common.Hash) bool {
	i := x.index(id)
	return i >= 0 && x.Certificate.Signed(i)
}

// again is the transaction's data with another report in it.
func (x *submission) again(r report.Report) []byte {
	certificate := bindings.Certificate{Signers: x.Certificate.Signers}
	for i := range certificate.Signature.Words {
		copy(certificate.Signature.Words[i][:], x.Certificate.Signature[32*i:])
	}
	return localnet.SubmitData(r, certificate, abi.BlockProof(x.Proof))
}

// findSubmission finds the transaction by which the report of a slot was accepted.
func (s *story) findSubmission(refSlot uint64) *submission {
	head, err := s.reader.Head(s.ctx)
	require.NoError(s, err)
	var sentBy *submission
	err = s.reader.Scan(s.ctx, s.manifest.DeploymentBlock, head.Number, events.Selection{"ReportAccepted"}, func(_, _ uint64, found []events.Event) error {
		for _, e := range found {
			if accepted, ok := e.Body.(*events.ReportAccepted); !ok || accepted.RefSlot != refSlot {
				continue
			}
			transaction, _, err := s.sender.Client.TransactionByHash(s.ctx, e.TxHash)
			if err != nil {
				return err
			}
			sent, err := events.DecodeSubmission(transaction.Data())
			if err != nil {
				return err
			}
			receipt, err := s.sender.Client.TransactionReceipt(s.ctx, e.TxHash)
			if err != nil {
				return err
			}
			sentBy = &submission{Submission: sent, data: transaction.Data(), receipt: receipt, digest: e.Body.(*events.ReportAccepted).Digest}
		}
		return nil
	})
	require.NoError(s, err)
	require.NotNil(s, sentBy, "the pool has a report of slot %d, but no transaction brought it", refSlot)
	committee, err := s.reader.Committee(s.ctx, head, refSlot)
	require.NoError(s, err)
	sentBy.members, sentBy.committee = committee.Members, committee.Digest
	return sentBy
}

// recompute computes every accepted report again with the program, from the archive node, and holds it against the chain's.
func (s *story) recompute(t *testing.T) {
	dir := t.TempDir()
	program, manifest := s.members[0].program, filepath.Join(s.members[0].home, "manifest.yaml")
	nodes := []string{"--network", manifest, "--beacon", s.network.BeaconURL, "--execution", s.network.ExecutionURL}
	require.NotEmpty(t, s.accepted)
	for _, x := range s.accepted {
		slot := strconv.FormatUint(x.Report.RefSlot, 10)
		computed, err := output(s.ctx, program, append([]string{"report", "compute", "--json", "--slot", slot}, nodes...)...)
		require.NoError(t, err)
		var answer struct {
			Report report.Report `json:"report"`
		}
		require.NoError(t, json.Unmarshal(computed, &answer))
		x.requireComputed(t, answer.Report)

		mine, theirs := filepath.Join(dir, "mine-"+slot+".json"), filepath.Join(dir, "theirs-"+slot+".json")
		other, err := json.Marshal(x.Report)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(mine, computed, 0o600))
		require.NoError(t, os.WriteFile(theirs, other, 0o600))
		differences, err := output(s.ctx, program, "report", "diff", "--json", mine, theirs)
		if x.ejected && x.Report.Committee != answer.Report.Committee {
			require.ErrorContains(t, err, "exit status 2", "report diff ends with 2 when two reports differ")
			require.ErrorContains(t, err, "committee")
			continue
		}
		require.NoError(t, err, "report diff ends with 2 when two reports differ: %s", differences)
		t.Logf("slot %s: equal, digest %s", slot, x.digest)
	}
}

// checkSignatures reads every journal, and every vote that any member has seen: each must be for the true report of its slot.
func (s *story) checkSignatures(t *testing.T) {
	digests := make(map[uint64][]common.Hash)
	truth := func(refSlot uint64) []common.Hash {
		if _, known := digests[refSlot]; !known {
			result, err := s.gatherer.Compute(s.ctx, refSlot)
			require.NoError(t, err)
			digests[refSlot] = []common.Hash{result.Digest}
			for _, x := range s.accepted {
				if x.Report.RefSlot == refSlot && x.ejected { // and the report of those who are left
					digests[refSlot] = append(digests[refSlot], x.digest)
				}
			}
		}
		return digests[refSlot]
	}
	inJournals := 0
	for _, m := range s.running() {
		contents, err := journal.ReadFile(m.journal(), 0)
		require.NoError(t, err, m.name)
		for _, e := range contents.Entries() {
			require.NotEqual(t, journal.KindEvidence, e.Kind, "%s holds evidence against member %d", m.name, e.Member)
			require.NotEqual(t, journal.KindHalt, e.Kind, "%s was halted", m.name)
			if e.Kind == journal.KindVote {
				require.Contains(t, truth(e.RefSlot), e.Digest, "%s signed another report of slot %d", m.name, e.RefSlot)
				inJournals++
			}
		}
	}
	votes, evidence := s.recorder.allVotes()
	require.Zero(t, evidence)
	for _, v := range votes {
		require.Contains(t, truth(v.refSlot), v.digest, "member %d signed another report of slot %d", v.member, v.refSlot)
	}
	require.GreaterOrEqual(t, len(votes), 5*len(s.accepted), "a quorum's votes were seen for each report")
	t.Logf("%d votes seen and %d in journals, of %d rounds: all for what the chain holds", len(votes), inJournals, len(digests))
}

// lastLines are the last lines of a file, or why there are none.
func lastLines(path string, most int) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Sprint(err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
