package report

import (
	"encoding/binary"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

const (
	domainType    = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
	reportType    = "Report(uint16 version,bytes32 committee,uint64 refSlot,uint64 lastRefSlot,bytes32 refBlockRoot,uint64 clValidatorsGwei,uint64 clPendingGwei,uint64 clInFlightGwei,uint64 unprovenGwei,uint32 validators,uint32 exited,uint32 slashed,uint128 depositedWei,uint128 withdrawalVaultWei,uint128 elRewardsVaultWei,uint64 finalizeUpTo,uint64 exitGwei,uint64 exitsAskedGwei,bool bunker,bytes32 balancesRoot,bytes32 pendingRoot)"
	voteType      = "Vote(bytes32 committee,uint64 refSlot,bytes32 digest)"
	committeeType = "TidemarkCommittee(uint256 chainId,address committee,uint64 genesisTime,uint64 secondsPerSlot,uint64 slotsPerEpoch,uint64 initialEpoch,uint64 epochsPerFrame,uint64 finalityMarginSlots,uint64 closeSlots,uint256 memberCount,bytes32 keysHash)"

	domainName    = "Tidemark"
	domainVersion = "1"
)

// Domain is the EIP-712 domain of one ReportOracle on one chain.
type Domain struct {
	ChainID *big.Int
	Oracle  common.Address
}

// Digest identifies a report on this chain and for this oracle: EIP-712 of Report. It equals ReportOracle.digest.
func (d Domain) Digest(r Report) common.Hash {
	w := words{}
	w.hash(crypto.Keccak256Hash([]byte(reportType)))
	w.uint(uint64(r.Version))
	w.hash(r.Committee)
	w.uint(r.RefSlot)
	w.uint(r.LastRefSlot)
	w.hash(r.RefBlockRoot)
	w.uint(r.CLValidatorsGwei)
	w.uint(r.CLPendingGwei)
	w.uint(r.CLInFlightGwei)
	w.uint(r.UnprovenGwei)
	w.uint(uint64(r.Validators))
	w.uint(uint64(r.Exited))
	w.uint(uint64(r.Slashed))
	w.hash(r.DepositedWei.Bytes32())
	w.hash(r.WithdrawalVaultWei.Bytes32())
	w.hash(r.ELRewardsVaultWei.Bytes32())
	w.uint(r.FinalizeUpTo)
	w.uint(r.ExitGwei)
	w.uint(r.ExitsAskedGwei)
	w.bool(r.Bunker)
	w.hash(r.BalancesRoot)
	w.hash(r.PendingRoot)
	return d.typedData(w)
}

// VoteMessage is the 32 bytes that members sign to vote for the report of digest in a round: EIP-712 of
// Vote{committee, refSlot, digest}. It equals ReportOracle.voteMessage. The bare digest is not signed because it does not open to its round:
// two honest votes for different rounds could be shown as equivocation.
func (d Domain) VoteMessage(committee common.Hash, refSlot uint64, digest common.Hash) common.Hash {
	w := words{}
	w.hash(crypto.Keccak256Hash([]byte(voteType)))
	w.hash(committee)
	w.uint(refSlot)
	w.hash(digest)
	return d.typedData(w)
}

func (d Domain) typedData(s words) common.Hash {
	w := words{}
	w.hash(crypto.Keccak256Hash([]byte(domainType)))
	w.hash(crypto.Keccak256Hash([]byte(domainName)))
	w.hash(crypto.Keccak256Hash([]byte(domainVersion)))
	w.hash(common.BigToHash(d.ChainID))
	w.address(d.Oracle)
	separator, hash := w.keccak(), s.keccak()
	return crypto.Keccak256Hash([]byte{0x19, 0x01}, separator[:], hash[:])
}

// CommitteeDigest identifies a committee with its whole configuration. keys are the members' 96-byte affine keys in member
// order. It equals OracleCommittee.digestAt.
func CommitteeDigest(chainID *big.Int, contract common.Address, s Schedule, keys [][]byte) common.Hash {
	w := words{}
	w.hash(crypto.Keccak256Hash([]byte(committeeType)))
	w.hash(common.BigToHash(chainID))
	w.address(contract)
	w.uint(s.GenesisTime)
	w.uint(s.SecondsPerSlot)
	w.uint(s.SlotsPerEpoch)
	w.uint(s.InitialEpoch)
	w.uint(s.EpochsPerFrame)
	w.uint(s.FinalityMarginSlots)
	w.uint(s.CloseSlots)
	w.uint(uint64(len(keys)))
	w.hash(crypto.Keccak256Hash(keys...))
	return w.keccak()
}

// MaxFaulty is how many of n members may be arbitrary: f = floor((n-1)/3).
func MaxFaulty(n int) int {
	if n <= 0 {
		return 0
	}
	return (n - 1) / 3
}

// Quorum is how many of n members a certificate needs: q = floor((n+f)/2)+1, 0 for nobody. Two quorums share an honest member.
func Quorum(n int) int {
	if n <= 0 {
		return 0
	}
	return (n+MaxFaulty(n))/2 + 1
}

// words collects ABI words.
type words struct{ b []byte }

func (w *words) hash(h [32]byte)          { w.b = append(w.b, h[:]...) }
func (w *words) address(a common.Address) { w.hash(common.BytesToHash(a[:])) }
func (w *words) keccak() common.Hash      { return crypto.Keccak256Hash(w.b) }

func (w *words) uint(v uint64) {
	var h [32]byte
	binary.BigEndian.PutUint64(h[24:], v)
	w.hash(h)
}

func (w *words) bool(v bool) {
	if v {
		w.uint(1)
	} else {
		w.uint(0)
	}
}
