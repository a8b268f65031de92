package difftest

import (
	"context"
	"fmt"
	"log/slog"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/bls/blstest"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// network is a deployed set with a committee of size members and an open frame.
func network(t testing.TB, size int, chainID uint64) (*localnet.Network, localnet.Frame, report.Report) {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", ChainID: chainID, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.NoError(t, n.FormCommittee(size))
	frame, r := openFrame(t, n)
	return n, frame, r
}

func openFrame(t testing.TB, n *localnet.Network, missed ...uint64) (localnet.Frame, report.Report) {
	t.Helper()
	frame, err := n.OpenFrame(missed...)
	require.NoError(t, err)
	r, err := n.QuietReport(frame)
	require.NoError(t, err)
	return frame, r
}

// refused submits and returns the name of the contract error with its arguments; a refusal must leave the state as it was.
func refused(t testing.TB, n *localnet.Network, r report.Report, c bindings.Certificate, proof bindings.BlockProof) string {
	t.Helper()
	before := lastRefSlot(t, n)
	result, err := n.Send(n.Accounts.User, n.Contracts.ReportOracle, nil, localnet.SubmitData(r, c, proof))
	require.NoError(t, err)
	require.Error(t, result.Err, "the report was taken")
	require.Empty(t, result.Receipt.Logs)
	require.Equal(t, before, lastRefSlot(t, n))
	return abi.RevertName(result.Err)
}

func lastRefSlot(t testing.TB, n *localnet.Network) uint64 {
	t.Helper()
	pool := bindings.NewStakingPool()
	last, err := localnet.Query(n, n.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	require.NoError(t, err)
	return last.RefSlot
}

// span gives count members from the one at first on, in steps.
func span(first, count, stride, size int) (members []int) {
	for i := range count {
		members = append(members, (first+i*stride)%size)
	}
	return members
}

func TestCertificatesOfEverySizeAreTakenDownToTheQuorumAndNotBelow(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 7, 31, 32, 33, 63, 64, 65, 128, 250} {
		t.Run(fmt.Sprintf("%d members", size), func(t *testing.T) {
			n, frame, r := network(t, size, 0)
			most := size - report.Quorum(size)
			for _, absent := range [][]int{nil, span(0, min(1, most), 1, size), span(size-1, min(1, most), 1, size), span(0, most, 1, size), span(size/2, most, 1, size)} {
				c, err := n.Certify(r, absent...)
				require.NoError(t, err)
				result, err := n.Send(n.Accounts.User, n.Contracts.ReportOracle, nil, localnet.SubmitData(r, c, frame.Proof))
				require.NoError(t, err)
				require.NoError(t, result.Err, "%d absent: %s", len(absent), abi.RevertName(result.Err))
				frame, r = openFrame(t, n)
			}
			if size > 1 {
				c, err := n.Certify(r, span(0, most+1, 1, size)...)
				require.NoError(t, err)
				require.Equal(t, fmt.Sprintf("QuorumNotReached[%d %d]", report.Quorum(size)-1, report.Quorum(size)), refused(t, n, r, c, frame.Proof))
			}
		})
	}
}

// signedBy adds up the signatures of the keys over the vote for r, under the given bitmap.
func signedBy(t testing.TB, n *localnet.Network, r report.Report, bitmap uint64, keys ...*bls.SecretKey) bindings.Certificate {
	t.Helper()
	domain := n.Domain()
	var signatures []bls.Signature
	for _, key := range keys {
		signatures = append(signatures, key.Sign(domain.VoteMessage(r.Committee, r.RefSlot, domain.Digest(r))))
	}
	sum, err := bls.Aggregate(signatures)
	require.NoError(t, err)
	return bindings.Certificate{Signers: []*big.Int{new(big.Int).SetUint64(bitmap)}, Signature: abi.Signature(sum)}
}

func TestForgedCertificatesAreRefusedEachWithItsOwnError(t *testing.T) {
	n, frame, r := network(t, 4, 0)
	key := func(i int) *bls.SecretKey { return n.Members[i].Key }
	good := signedBy(t, n, r, 0b0111, key(0), key(1), key(2))

	other := r
	other.CLValidatorsGwei++
	stranger := localnet.NewKey(999)
	with := func(change func(c *bindings.Certificate)) bindings.Certificate {
		c := bindings.Certificate{Signers: append([]*big.Int(nil), good.Signers...), Signature: good.Signature}
		change(&c)
		return c
	}
	for name, c := range map[string]struct {
		report      report.Report
		certificate bindings.Certificate
		want        string
	}{
		"one signer short":         {r, signedBy(t, n, r, 0b0011, key(0), key(1)), "QuorumNotReached[2 3]"},
		"signatures over another":  {r, signedBy(t, n, other, 0b0111, key(0), key(1), key(2)), "CertificateInvalid[]"},
		"a bit that did not sign":  {r, signedBy(t, n, r, 0b0111, key(0), key(1)), "CertificateInvalid[]"},
		"a signer without its bit": {r, signedBy(t, n, r, 0b0111, key(0), key(1), key(2), key(3)), "CertificateInvalid[]"},
		"one signer twice":         {r, signedBy(t, n, r, 0b0111, key(0), key(1), key(1)), "CertificateInvalid[]"},
		"other bits":               {r, signedBy(t, n, r, 0b1110, key(0), key(1), key(2)), "CertificateInvalid[]"},
		"a stranger":               {r, signedBy(t, n, r, 0b0111, key(0), key(1), stranger), "CertificateInvalid[]"},
		"a bit for nobody":         {r, with(func(c *bindings.Certificate) { c.Signers[0] = big.NewInt(0b10111) }), "SignerOutOfRange[4]"},
		"the highest bit":          {r, with(func(c *bindings.Certificate) { c.Signers[0] = new(big.Int).Lsh(big.NewInt(1), 255) }), "SignerOutOfRange[4]"},
		"a word too many":          {r, with(func(c *bindings.Certificate) { c.Signers = append(c.Signers, new(big.Int)) }), "WrongBitmapLength[2 1]"},
		"no bitmap":                {r, with(func(c *bindings.Certificate) { c.Signers = nil }), "WrongBitmapLength[0 1]"},
		"infinity":                 {r, with(func(c *bindings.Certificate) { c.Signature = bindings.G2Point{} }), "PointAtInfinity[]"},
		"outside the subgroup":     {r, with(func(c *bindings.Certificate) { c.Signature = pointOf(blstest.OutsideSubgroupG2()) }), "InvalidPoint[]"},
		"not on the curve":         {r, with(func(c *bindings.Certificate) { c.Signature.Words[7][31] ^= 1 }), "InvalidPoint[]"},
		"coordinate not canonical": {r, with(func(c *bindings.Certificate) { addModulus(&c.Signature, 0) }), "NonCanonicalFieldElement[]"},
		"last one not canonical":   {r, with(func(c *bindings.Certificate) { addModulus(&c.Signature, 3) }), "NonCanonicalFieldElement[]"},
		"padding not zero":         {r, with(func(c *bindings.Certificate) { c.Signature.Words[2][0] = 1 }), "NonCanonicalFieldElement[]"},
		"the negative signature":   {r, with(func(c *bindings.Certificate) { c.Signature = negative(t, c.Signature) }), "CertificateInvalid[]"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, refused(t, n, c.report, c.certificate, frame.Proof))
		})
	}
	_, err := n.Must(n.Accounts.User, n.Contracts.ReportOracle, nil, localnet.SubmitData(r, good, frame.Proof))
	require.NoError(t, err, "the certificate that was forged from is good")
}

func TestSignersWhoseKeysCancelAreRefused(t *testing.T) {
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	// Two members whose keys are each other's negatives: their quorum of two has the sum infinity.
	key := localnet.NewKey(1)
	scalar := new(big.Int).Sub(fr.Modulus(), new(big.Int).SetBytes(key.Bytes()))
	opposite, err := bls.ParseSecretKey(scalar.FillBytes(make([]byte, 32)))
	require.NoError(t, err)
	var ids [][32]byte
	for i, k := range []*bls.SecretKey{key, opposite} {
		m, err := n.Register(fmt.Sprintf("opposite %d", i), k)
		require.NoError(t, err)
		n.Members, ids = append(n.Members, m), append(ids, m.ID)
	}
	_, err = n.Must(n.Accounts.Owner, n.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackAdmit(ids))
	require.NoError(t, err)
	frame, r := openFrame(t, n)
	c := signedBy(t, n, r, 0b11, localnet.NewKey(5))
	require.Equal(t, "AggregateKeyAtInfinity[]", refused(t, n, r, c, frame.Proof))
	_, err = bls.SumKeys([]bls.PublicKey{key.PublicKey(), opposite.PublicKey()})
	require.ErrorIs(t, err, bls.ErrInfinity, "Go refuses the same")
}

func TestACertificateIsOfOneChainAndOneContract(t *testing.T) {
	n, frame, r := network(t, 4, 0)
	c, err := n.Certify(r)
	require.NoError(t, err)

	elsewhere, otherFrame, otherReport := network(t, 4, 1338)
	require.Equal(t, frame.RefSlot, otherFrame.RefSlot)
	require.NotEqual(t, r.Committee, otherReport.Committee, "the committee digest names the chain")
	require.Contains(t, refused(t, elsewhere, r, c, otherFrame.Proof), "UnknownCommittee")
	otherReport.BalancesRoot = r.BalancesRoot
	require.Equal(t, "CertificateInvalid[]", refused(t, elsewhere, otherReport, c, otherFrame.Proof))

	// The same report signed for an oracle at another address.
	moved := *n.Manifest
	moved.Contracts.ReportOracle[0] ^= 1
	foreign := *n
	foreign.Manifest = &moved
	c, err = foreign.Certify(r)
	require.NoError(t, err)
	require.Equal(t, "CertificateInvalid[]", refused(t, n, r, c, frame.Proof))
}

func TestACertificateIsOfOneCommitteeAndOneFrame(t *testing.T) {
	n, frame, r := network(t, 4, 0)
	old, err := n.Certify(r)
	require.NoError(t, err)
	committee := bindings.NewOracleCommittee()

	// An ejection acts on the open round: the certificate of the committee before is dead.
	_, err = n.Must(n.Accounts.Guardian, n.Contracts.OracleCommittee, nil, committee.PackEject(n.Members[3].ID))
	require.NoError(t, err)
	require.Contains(t, refused(t, n, r, old, frame.Proof), "UnknownCommittee")
	n.Members = n.Members[:3]
	r.Committee, err = localnet.Query(n, n.Contracts.OracleCommittee, committee.PackDigestAt(r.RefSlot), committee.UnpackDigestAt)
	require.NoError(t, err)
	_, err = n.Submit(r, frame)
	require.NoError(t, err)

	next, nextReport := openFrame(t, n)
	c, err := n.Certify(r)
	require.NoError(t, err)
	require.Contains(t, refused(t, n, r, c, frame.Proof), "StaleFrame")
	future := nextReport
	future.RefSlot += report.Schedule(n.Schedule).FrameSlots()
	c, err = n.Certify(future)
	require.NoError(t, err)
	require.Contains(t, refused(t, n, future, c, next.Proof), "FutureFrame")
}

func TestAReportIsOfItsFrameAndOfTheReportBeforeIt(t *testing.T) {
	n, frame, r := network(t, 4, 0)
	submitted := func(change func(*report.Report)) string {
		changed := r
		change(&changed)
		c, err := n.Certify(changed)
		require.NoError(t, err)
		return refused(t, n, changed, c, frame.Proof)
	}
	require.Contains(t, submitted(func(r *report.Report) { r.Version = 1 }), "Version")
	require.Equal(t, fmt.Sprintf("ComputedOnAnotherReport[%d %d]", r.LastRefSlot+1, r.LastRefSlot), submitted(func(r *report.Report) { r.LastRefSlot++ }))
	require.Contains(t, submitted(func(r *report.Report) { r.LastRefSlot |= 1 << 40 }), "ComputedOnAnotherReport")

	schedule := report.Schedule(n.Schedule)
	n.Chain.NextBlock(schedule.CloseSlot(r.RefSlot) - 1)
	_, err := n.Submit(r, frame)
	require.NoError(t, err, "the last slot before the close")
	frame, r = openFrame(t, n)
	closes := schedule.CloseSlot(r.RefSlot)
	n.Chain.NextBlock(closes)
	require.Equal(t, fmt.Sprintf("SubmissionsClosed[%d %d]", closes, closes), submitted(func(*report.Report) {}))
}

func TestTheBlockMustBeTheOneOfTheReferenceSlot(t *testing.T) {
	n, _, _ := network(t, 4, 0)
	frame, r := openFrame(t, n, 0, 1) // the reference slot and the one before are missed
	require.Equal(t, frame.RefSlot-2, frame.Header.Slot)
	c, err := n.Certify(r)
	require.NoError(t, err)

	wrong := frame.Proof
	wrong.StateRoot[0] ^= 1
	require.Contains(t, refused(t, n, r, c, wrong), "WrongHeader")
	wrong = frame.Proof
	wrong.ChildSlot++
	require.Contains(t, refused(t, n, r, c, wrong), "WrongChildSlot")
	wrong = frame.Proof
	wrong.ChildSlot = frame.RefSlot + 10 // missed
	require.Contains(t, refused(t, n, r, c, wrong), "BeaconRootUnknown")
	wrong = frame.Proof
	wrong.ChildSlot = frame.RefSlot // missed too, and not above
	require.Contains(t, refused(t, n, r, c, wrong), "WrongSlotOrder")

	// An older block, signed by all: the block of the reference slot has another child.
	header, child, err := n.Chain.BlockAt(frame.Header.Slot - 1)
	require.NoError(t, err)
	older := r
	older.RefBlockRoot = header.Root()
	c, err = n.Certify(older)
	require.NoError(t, err)
	proof := bindings.BlockProof{ChildSlot: child, Slot: header.Slot, ProposerIndex: header.ProposerIndex, ParentRoot: header.ParentRoot, StateRoot: header.StateRoot, BodyRoot: header.BodyRoot}
	require.Contains(t, refused(t, n, older, c, proof), "WrongSlotOrder")

	_, err = n.Submit(r, frame)
	require.NoError(t, err, "a missed reference slot is reported from the block before it")
}

func TestDigestsAreTheSameInGoAndSolidity(t *testing.T) {
	n, frame, r := network(t, 7, 0)
	r.DepositedWei.SetAllOne().Rsh(&r.DepositedWei, 128)
	r.CLPendingGwei, r.Exited, r.Slashed, r.FinalizeUpTo, r.Bunker = 1<<63, 1, 2, 3, true
	oracle, committee := bindings.NewReportOracle(), bindings.NewOracleCommittee()
	digest, err := localnet.Query(n, n.Contracts.ReportOracle, oracle.PackDigest(abi.Report(r)), oracle.UnpackDigest)
	require.NoError(t, err)
	require.Equal(t, common.Hash(digest), n.Domain().Digest(r))
	message, err := localnet.Query(n, n.Contracts.ReportOracle, oracle.PackVoteMessage(r.Committee, r.RefSlot, digest), oracle.UnpackVoteMessage)
	require.NoError(t, err)
	require.Equal(t, common.Hash(message), n.Domain().VoteMessage(r.Committee, r.RefSlot, digest))

	var keys [][]byte
	for _, m := range n.Members {
		keys = append(keys, m.Key.PublicKey().Affine())
	}
	at, err := localnet.Query(n, n.Contracts.OracleCommittee, committee.PackDigestAt(frame.RefSlot), committee.UnpackDigestAt)
	require.NoError(t, err)
	require.Equal(t, common.Hash(at), report.CommitteeDigest(new(big.Int).SetUint64(n.ChainID), n.Contracts.OracleCommittee, report.Schedule(n.Schedule), keys))
	for size := range int64(520) {
		q, err := localnet.Query(n, n.Contracts.OracleCommittee, committee.PackQuorum(big.NewInt(size)), committee.UnpackQuorum)
		require.NoError(t, err)
		require.Equal(t, int64(report.Quorum(int(size))), q.Int64())
	}
}
