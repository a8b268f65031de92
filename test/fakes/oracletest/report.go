package oracletest

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/keys"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// formCommittee registers and admits members.
func (s *Scene) formCommittee(ctx context.Context, size int) error {
	committee, owner := bindings.NewOracleCommittee(), s.Accounts.Owner
	var ids [][32]byte
	for i := range size {
		key := localnet.NewKey(uint64(i))
		proof := key.ProvePossession(s.chainID(), s.Manifest.Contracts.OracleCommittee, owner.Address)
		register := committee.PackRegister(abi.PublicKey(key.PublicKey()), fmt.Appendf(nil, "member %d", i), abi.Signature(proof))
		if _, err := s.Send(ctx, owner, s.Manifest.Contracts.OracleCommittee, localnet.Ether(1), register); err != nil {
			return fmt.Errorf("register member %d: %w", i, err)
		}
		id := crypto.Keccak256Hash(key.PublicKey().Affine())
		ids = append(ids, id)
		s.Members = append(s.Members, localnet.Member{Owner: owner, Key: key, ID: id})
	}
	_, err := s.Send(ctx, owner, s.Manifest.Contracts.OracleCommittee, nil, committee.PackAdmit(ids))
	return err
}

// Stake has the user deposit ether into the pool.
func (s *Scene) Stake(ctx context.Context, ether int64) error {
	deposit := bindings.NewStakingPool().PackDeposit(s.Accounts.User.Address, new(big.Int))
	_, err := s.Send(ctx, s.Accounts.User, s.Manifest.Contracts.StakingPool, localnet.Ether(ether), deposit)
	return err
}

// Fund gives the pool an operator with count validators: each key gets its first ether, is proven and gets the rest. It takes some epochs.
func (s *Scene) Fund(ctx context.Context, count int) error {
	return keys.Stake{Chain: s.Chain, Manifest: s.Manifest, Accounts: s.Accounts}.Fund(ctx, count)
}

// Request has the user ask for a withdrawal.
func (s *Scene) Request(ctx context.Context, ether int64) error {
	token, queue := bindings.NewStakedEther(), bindings.NewWithdrawalQueue()
	approve := token.PackApprove(s.Manifest.Contracts.WithdrawalQueue, localnet.Ether(ether))
	if _, err := s.Send(ctx, s.Accounts.User, s.Manifest.Contracts.StakedEther, nil, approve); err != nil {
		return err
	}
	request := queue.PackRequest([]*big.Int{localnet.Ether(ether)}, s.Accounts.User.Address)
	_, err := s.Send(ctx, s.Accounts.User, s.Manifest.Contracts.WithdrawalQueue, nil, request)
	return err
}

var errNotFinal = errors.New("the slot does not become final")

// Compute lets slots pass until a reference slot is final and reports are taken, and computes its report as an honest member does.
func (s *Scene) Compute(ctx context.Context, refSlot uint64) (*snapshot.Result, error) {
	if err := s.Advance(ctx, refSlot+s.Schedule.FinalityMarginSlots); err != nil {
		return nil, err
	}
	for s.Slot()+1 < s.Schedule.CloseSlot(refSlot) { // The report comes with the next slot's block.
		latest, err := s.builder.Latest(ctx)
		if err == nil && latest >= refSlot {
			result, err := s.builder.Compute(ctx, refSlot)
			if !errors.Is(err, beacon.ErrNotFinalized) {
				return result, err
			}
		} else if err != nil && !errors.Is(err, report.ErrBeforeFirstFrame) {
			return nil, err
		}
		if _, err := s.NextSlot(ctx); err != nil {
			return nil, err
		}
	}
	return nil, errNotFinal
}

// Submission is how a report comes on chain.
type Submission struct {
	Tamper  func(*report.Report) // what all members have wrong
	Absent  []int                // members that do not sign; places among those who answer
	Through *common.Address      // a forwarder to call instead of the oracle
	Links   int                  // headers above the reference block that its proof goes through, though it need not; -1: by what a later state remembers
}

// Report computes the report of a reference slot and submits it.
func (s *Scene) Report(ctx context.Context, refSlot uint64, how Submission) (*types.Receipt, report.Report, error) {
	result, err := s.Compute(ctx, refSlot)
	if err != nil {
		return nil, report.Report{}, err
	}
	r := result.Report
	if how.Tamper != nil {
		how.Tamper(&r)
	}
	proof, err := s.proof(ctx, result, how.Links)
	if err != nil {
		return nil, r, err
	}
	data, err := s.submitData(r, result, proof, how.Absent...)
	if err != nil {
		return nil, r, err
	}
	to := s.Manifest.Contracts.ReportOracle
	if how.Through != nil {
		to = *how.Through
	}
	receipt, err := s.Send(ctx, s.Accounts.User, to, nil, data)
	return receipt, r, err
}

// SubmitData is the call that submits a report, signed by all members of its committee but the absent ones.
func (s *Scene) SubmitData(r report.Report, result *snapshot.Result, absent ...int) ([]byte, error) {
	return s.submitData(r, result, blockproof.Proof{ChildSlot: result.Reference.ChildSlot, Header: result.Reference.Header}, absent...)
}

// proof goes through headers above the reference block, or a later state, as it must when payloads are withheld.
func (s *Scene) proof(ctx context.Context, result *snapshot.Result, links int) (p blockproof.Proof, err error) {
	p.ChildSlot, p.Header = result.Reference.ChildSlot, result.Reference.Header
	for len(p.Above) < max(links, -links) {
		header, err := s.beacon.Header(ctx, beacon.AtSlot(p.ChildSlot))
		if err != nil {
			return p, err
		}
		p.Above = append(p.Above, header.Header)
		for p.ChildSlot++; ; p.ChildSlot++ {
			if _, err = s.beacon.Header(ctx, beacon.AtSlot(p.ChildSlot)); !errors.Is(err, beacon.ErrMissingBlock) {
				break
			}
		}
		if err != nil {
			return p, err
		}
	}
	if links < 0 {
		roots, err := s.builder.BlockRoots(ctx, p.Above[0])
		if err != nil {
			return p, err
		}
		_, p.Branch, err = roots.Prove(result.Reference.RefSlot)
		return p, err
	}
	return p, nil
}

func (s *Scene) submitData(r report.Report, result *snapshot.Result, proof blockproof.Proof, absent ...int) ([]byte, error) {
	signers := make([]*bls.SecretKey, len(result.Committee.Members))
	for i, member := range result.Committee.Members {
		if !slices.Contains(absent, i) {
			signers[i] = s.key(member.ID)
		}
	}
	certificate, err := localnet.Certify(s.Manifest, r, signers)
	if err != nil {
		return nil, err
	}
	return localnet.SubmitData(r, certificate, abi.BlockProof(proof)), nil
}

func (s *Scene) key(id common.Hash) *bls.SecretKey {
	for _, m := range s.Members {
		if m.ID == id {
			return m.Key
		}
	}
	panic("watchtest: no such member")
}

// Forwarder creates a contract that passes every call on to the oracle.
func (s *Scene) Forwarder(ctx context.Context) (common.Address, error) {
	// calldatacopy(0, 0, size); if call(gas, oracle, 0, 0, size, 0, 0) stop, else revert
	runtime := append(common.FromHex("365f5f375f5f365f5f73"), s.Manifest.Contracts.ReportOracle[:]...)
	runtime = append(runtime, common.FromHex("5af16026575f5ffd5b00")...)
	creation := append([]byte{0x60, byte(len(runtime)), 0x80, 0x60, 9, 0x5f, 0x39, 0x5f, 0xf3}, runtime...)
	receipt, err := s.transact(ctx, s.Accounts.User, nil, new(big.Int), creation, 500_000)
	if err != nil {
		return common.Address{}, err
	}
	return receipt.ContractAddress, nil
}

// Equivocate brings two votes of a member for one round to the oracle.
func (s *Scene) Equivocate(ctx context.Context, member int) (*types.Receipt, error) {
	m := s.Members[member]
	var votes [2]bindings.Vote
	for i := range votes {
		digest := crypto.Keccak256Hash(fmt.Appendf(nil, "scene %d", i))
		message := s.Manifest.Domain().VoteMessage([32]byte{1}, 4711, digest)
		votes[i] = bindings.Vote{Committee: [32]byte{1}, RefSlot: 4711, Digest: digest, Signature: abi.Signature(m.Key.Sign(message))}
	}
	return s.Send(ctx, s.Accounts.User, s.Manifest.Contracts.ReportOracle, nil, bindings.NewReportOracle().PackSlashEquivocation(m.ID, votes[0], votes[1]))
}

// Eject takes a member out of the committee at once.
func (s *Scene) Eject(ctx context.Context, member int) (*types.Receipt, error) {
	return s.Send(ctx, s.Accounts.Guardian, s.Manifest.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackEject(s.Members[member].ID))
}

// ResolveQuarantine has the guardian accept or reject the held report.
func (s *Scene) ResolveQuarantine(ctx context.Context, r report.Report, accept bool) (*types.Receipt, error) {
	oracle := bindings.NewReportOracle()
	data := oracle.PackRejectQuarantined(s.Manifest.Domain().Digest(r))
	if accept {
		data = oracle.PackAcceptQuarantined(abi.Report(r))
	}
	return s.Send(ctx, s.Accounts.Guardian, s.Manifest.Contracts.ReportOracle, nil, data)
}

// GiveToVault has the user force ether into the withdrawal vault, which takes none by a call.
func (s *Scene) GiveToVault(ctx context.Context, ether int64) error {
	return s.Backend().Give(ctx, s.Accounts.User.Auth(s.chainID()), s.Manifest.Contracts.WithdrawalVault, localnet.Ether(ether))
}
