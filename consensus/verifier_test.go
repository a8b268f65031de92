package consensus_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/bls"
)

func blsMembers(t *testing.T, n int) ([]*bls.SecretKey, consensus.CommitteeVerifier) {
	t.Helper()
	var seed [32]byte
	random := rand.NewChaCha8(seed)
	secrets, keys := make([]*bls.SecretKey, n), make([]consensus.Key, n)
	for i := range n {
		var err error
		secrets[i], err = bls.NewSecretKey(random)
		require.NoError(t, err)
		keys[i] = consensus.Key(secrets[i].PublicKey().Bytes())
	}
	v, err := consensus.BLSVerifier{}.Prepare(keys)
	require.NoError(t, err)
	return secrets, v
}

func TestBLSVerifierMakesCertificatesOfTheGoodVotes(t *testing.T) {
	secrets, v := blsMembers(t, 7)
	message := [32]byte{1}
	members := []int{0, 2, 3, 5, 6}
	signatures := make([]consensus.Signature, len(members))
	for i, m := range members {
		signatures[i] = consensus.Signature(secrets[m].Sign(message).Bytes())
		require.True(t, v.VerifyVote(m, message, signatures[i]))
		require.False(t, v.VerifyVote((m+1)%7, message, signatures[i]), "another member's key")
		require.False(t, v.VerifyVote(m, [32]byte{2}, signatures[i]), "another message")
	}
	signatures[1] = consensus.Signature(secrets[2].Sign([32]byte{2}).Bytes())
	signatures[3] = consensus.Signature{1} // no point
	sum, bad, err := v.AggregateVotes(members, signatures, message)
	require.NoError(t, err)
	require.Equal(t, []int{1, 3}, bad)
	signers := consensus.NewBitmap(7)
	for _, m := range []int{0, 3, 6} {
		signers.Set(m)
	}
	require.True(t, v.VerifyCertificate(signers, message, sum))
	require.False(t, v.VerifyCertificate(signers, [32]byte{2}, sum))
	signers.Set(1)
	require.False(t, v.VerifyCertificate(signers, message, sum), "one more signer than signed")
	require.False(t, v.VerifyCertificate(consensus.NewBitmap(7), message, sum), "nobody")
	require.False(t, v.VerifyCertificate(consensus.Bitmap{255}, message, sum), "a member beyond the committee")
}

func TestBLSVerifierHasNoAggregateOfNothing(t *testing.T) {
	_, v := blsMembers(t, 2)
	_, bad, err := v.AggregateVotes([]int{0, 1}, make([]consensus.Signature, 2), [32]byte{1})
	require.Error(t, err)
	require.Equal(t, []int{0, 1}, bad)
	_, err = consensus.BLSVerifier{}.Prepare(make([]consensus.Key, 1))
	require.Error(t, err)
}

// The whole way with real signatures: two members of three observe, vote, certify.
func TestCommitteeAgreesWithBLS(t *testing.T) {
	secrets, _ := blsMembers(t, 3)
	committee := committeeOf(3)
	for i := range committee.Members {
		committee.Members[i].Key = consensus.Key(secrets[i].PublicKey().Bytes())
	}
	cores := make([]*consensus.Core, 2)
	id := consensus.Round{Committee: committee.Digest, RefSlot: 95}
	for i := range cores {
		config := configOf(i, consensus.BLSVerifier{})
		config.Key = &committee.Members[i].Key
		var err error
		cores[i], err = consensus.New(config, []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
		require.NoError(t, err)
		cores[i].Step(1, consensus.RoundOpened{Committee: committee, RefSlot: 95, Deadline: 1000})
	}
	var carry func(from int, event consensus.Event)
	carry = func(from int, event consensus.Event) {
		ready := cores[from].Step(2, event)
		require.Empty(t, ready.Alarms)
		for _, out := range ready.Send {
			carry(1-from, consensus.Received{From: peerOf(from), Message: out.Message})
		}
		for _, s := range ready.Sign {
			carry(from, consensus.Signed{Round: s.Round, Digest: s.Digest, Signature: consensus.Signature(secrets[from].Sign(s.Message).Bytes())})
		}
	}
	for i := range cores { // it was asked when it opened the round
		carry(i, consensus.PeerConnected{Peer: peerOf(1 - i)})
	}
	carry(0, consensus.Computed{Report: reportFor(id, 1)})
	carry(1, consensus.Computed{Report: reportFor(id, 1)})
	for _, core := range cores {
		certificate := core.Rounds()[0].Certificate
		require.NotNil(t, certificate)
		require.Equal(t, []int{0, 1}, certificate.Signers.Members())
	}
}
