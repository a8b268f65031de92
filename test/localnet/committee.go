package localnet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

// admitAtOnce is how many members one transaction admits: four chunks of keys are new code then.
const admitAtOnce = 128

// FormCommittee registers and admits size members; they answer from the first reference slot on that such a change concerns.
func (n *Network) FormCommittee(size int) error {
	ids := make([][32]byte, 0, size)
	for i := range size {
		m, err := n.Register(fmt.Sprintf("member %d", i), NewKey(uint64(i)))
		if err != nil {
			return fmt.Errorf("register member %d: %w", i, err)
		}
		n.Members = append(n.Members, m)
		ids = append(ids, m.ID)
	}
	committee := bindings.NewOracleCommittee()
	for from := 0; from < size; from += admitAtOnce {
		batch := ids[from:min(from+admitAtOnce, size)]
		if _, err := n.Must(n.Accounts.Owner, n.Contracts.OracleCommittee, nil, committee.PackAdmit(batch)); err != nil {
			return fmt.Errorf("admit members %d to %d: %w", from, from+len(batch)-1, err)
		}
	}
	return nil
}

// NewKey is the i-th key of the local network: the same on every run, and known to everyone.
func NewKey(i uint64) *bls.SecretKey {
	seed := crypto.Keccak256(binary.BigEndian.AppendUint64([]byte("tidemark localnet key"), i))
	key, err := bls.NewSecretKey(bytes.NewReader(seed))
	if err != nil {
		panic("localnet: no key: " + err.Error())
	}
	return key
}

// Register makes key a candidate whose owner is a new account of that name.
func (n *Network) Register(owner string, key *bls.SecretKey) (Member, error) {
	m, data := n.Registration(owner, key)
	if _, err := n.Must(m.Owner, n.Contracts.OracleCommittee, Ether(1), data); err != nil {
		return Member{}, err
	}
	return m, nil
}

// Registration is the call that makes key a candidate, and the member that its owner, a new account of that name, will have.
func (n *Network) Registration(owner string, key *bls.SecretKey) (Member, []byte) {
	account := NewAccount(owner)
	n.Chain.AddBalance(account.Address, Ether(10))
	chainID := new(big.Int).SetUint64(n.ChainID)
	proof := key.ProvePossession(chainID, n.Contracts.OracleCommittee, account.Address)
	data := bindings.NewOracleCommittee().PackRegister(abi.PublicKey(key.PublicKey()), []byte(owner), abi.Signature(proof))
	return Member{Owner: account, Key: key, ID: crypto.Keccak256Hash(key.PublicKey().Affine())}, data
}

// Frame is an open frame whose report can be submitted.
type Frame struct {
	RefSlot uint64
	Header  evm.BeaconHeader // of the reference block
	Proof   bindings.BlockProof
}

// OpenFrame moves the chain past the next reference slot, with a block in every slot but those missed, to where reports are taken.
func (n *Network) OpenFrame(missed ...uint64) (Frame, error) {
	s := report.Schedule(n.Schedule)
	refSlot := s.NextRefSlot(n.Chain.Slot() + 1)
	isMissed := make(map[uint64]bool)
	for _, before := range missed {
		isMissed[refSlot-before] = true
	}
	// Only blocks around the reference slot matter: the others are missed.
	for slot := max(n.Chain.Slot()+1, refSlot-4); slot <= refSlot+4; slot++ {
		if !isMissed[slot] {
			n.Chain.NextBlock(slot)
		}
	}
	n.Chain.NextBlock(refSlot + s.FinalityMarginSlots)
	return n.FrameAt(refSlot)
}

// FrameAt proves the block of a reference slot that has passed.
func (n *Network) FrameAt(refSlot uint64) (Frame, error) {
	header, child, err := n.Chain.BlockAt(refSlot)
	return Frame{RefSlot: refSlot, Header: header, Proof: abi.BlockProof(blockproof.Proof{ChildSlot: child, Header: state.BlockHeader(header)})}, err
}

// QuietReport repeats the last report: nothing happened since, but for what the vaults hold.
func (n *Network) QuietReport(f Frame) (report.Report, error) {
	pool := bindings.NewStakingPool()
	last, err := Query(n, n.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	if err != nil {
		return report.Report{}, err
	}
	committee := bindings.NewOracleCommittee()
	digest, err := Query(n, n.Contracts.OracleCommittee, committee.PackDigestAt(f.RefSlot), committee.UnpackDigestAt)
	if err != nil {
		return report.Report{}, err
	}
	r := report.Report{
		Version: report.Version, Committee: digest, RefSlot: f.RefSlot, LastRefSlot: uint64(last.SilentCalls)<<40 | last.RefSlot, RefBlockRoot: f.Header.Root(),
		CLValidatorsGwei: last.ClValidatorsGwei, CLPendingGwei: last.ClPendingGwei, Validators: last.Validators, Exited: last.Exited,
		BalancesRoot: crypto.Keccak256Hash([]byte("balances")),
	}
	r.DepositedWei.SetFromBig(last.DepositedWei)
	r.WithdrawalVaultWei.SetFromBig(n.Chain.Balance(n.Contracts.WithdrawalVault))
	r.ELRewardsVaultWei.SetFromBig(n.Chain.Balance(n.Contracts.ELRewardsVault))
	return r, nil
}

// Certify aggregates the signatures of all members but the absent ones over the vote for r.
func (n *Network) Certify(r report.Report, absent ...int) (bindings.Certificate, error) {
	keys := make([]*bls.SecretKey, len(n.Members))
	for i, m := range n.Members {
		keys[i] = m.Key
	}
	for _, i := range absent {
		keys[i] = nil
	}
	return Certify(n.Manifest, r, keys)
}

// Certify aggregates the signatures of a committee's keys, in its order, over the vote for r; nil stands for a member that does not sign.
func Certify(m *manifest.Manifest, r report.Report, keys []*bls.SecretKey) (bindings.Certificate, error) {
	domain := m.Domain()
	message := domain.VoteMessage(r.Committee, r.RefSlot, domain.Digest(r))
	var signatures []bls.Signature
	signers := make([]*big.Int, (len(keys)+255)/256)
	for i := range signers {
		signers[i] = new(big.Int)
	}
	for i, key := range keys {
		if key != nil {
			signatures = append(signatures, key.Sign(message))
			signers[i/256].SetBit(signers[i/256], i%256, 1)
		}
	}
	aggregate, err := bls.Aggregate(signatures)
	if err != nil {
		return bindings.Certificate{}, err
	}
	return bindings.Certificate{Signers: signers, Signature: abi.Signature(aggregate)}, nil
}

// SubmitData is the call of ReportOracle.submit.
func SubmitData(r report.Report, c bindings.Certificate, proof bindings.BlockProof) []byte {
	return bindings.NewReportOracle().PackSubmit(abi.Report(r), c, proof)
}

// Submit certifies r by all members but the absent ones and submits it; the call must succeed.
func (n *Network) Submit(r report.Report, f Frame, absent ...int) (*evm.Result, error) {
	c, err := n.Certify(r, absent...)
	if err != nil {
		return nil, err
	}
	return n.Must(n.Accounts.User, n.Contracts.ReportOracle, nil, SubmitData(r, c, f.Proof))
}

func callMessage(to common.Address, data []byte) ethereum.CallMsg {
	return ethereum.CallMsg{To: &to, Data: data}
}
