package state

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// maxProven bounds the validators that one reading proves: each keeps a block of the registry until the end.
const maxProven = 256

// ValidatorProof is a validator's record and balance, and what leads from them to the state's root.
// Source: consensus specs, phase0 beacon-chain.md, Validator; ssz/merkle-proofs.md.
type ValidatorProof struct {
	Index                 uint64
	PublicKey             [publicKeySize]byte
	WithdrawalCredentials common.Hash
	EffectiveBalanceGwei  uint64
	Slashed               bool
	EligibilityEpoch      uint64
	ActivationEpoch       uint64
	ExitEpoch             uint64
	WithdrawableEpoch     uint64
	Branch                []common.Hash // siblings from the record to the state's root, lowest first

	BalanceGwei   uint64
	BalanceChunk  common.Hash   // the four balances that the validator's is one of
	BalanceBranch []common.Hash // siblings from the chunk to the state's root, lowest first
}

// proven is a leaf of a list under way: its bytes, and its siblings so far.
type proven struct {
	leaf     []byte
	siblings []common.Hash
}

// wanted says whether a block holds an element that is to be proven.
func (p *parser) wanted(f field, first, count uint64) bool {
	return f.provable() && slices.ContainsFunc(p.query.Prove, func(i uint64) bool { return i >= first && i-first < count })
}

// provable says whether elements of the field can be proven.
func (f field) provable() bool { return f.name == validatorsField || f.name == balancesField }

// keepElements takes a block's elements and the leaves that they make, before hashing overwrites them.
func (b *block) keepElements(leaves []byte) {
	if b.keep {
		b.elements, b.leaves = bytes.Clone(b.data), bytes.Clone(leaves)
	}
}

// proveElements begins the branches of the field's wanted elements: up to the root of the list's content, and the length.
func (p *parser) proveElements(f field, all []*block, length uint64) {
	if !f.provable() || len(p.query.Prove) == 0 {
		return
	}
	begun := make(map[uint64]proven, len(p.query.Prove))
	for _, index := range p.query.Prove {
		at := slices.IndexFunc(all, func(b *block) bool { return b.keep && index >= b.first && index-b.first < b.count(f) })
		if at < 0 {
			continue // beyond the end
		}
		b := all[at]
		leaf := (index - b.first) / f.perLeaf()
		x := proven{leaf: b.elementAt(f, index), siblings: siblingsAbove(b.leaves, leaf, 0, b.depth, p.hasher.zero)}
		if f.progressive {
			x.siblings = append(x.siblings, p.progressiveAbove(all, at)...)
		} else {
			x.siblings = append(x.siblings, siblingsAbove(rootsOf(all), uint64(at), f.blockHeight(), f.depth(), p.hasher.zero)...)
		}
		x.siblings = append(x.siblings, common.Hash(uintChunk(length)))
		begun[index] = x
	}
	p.begun[f.name] = begun
}

// perLeaf is how many elements share a leaf of the field's tree.
func (f field) perLeaf() uint64 { return f.leafSize() / f.width }

// count is how many elements a block of which some are proven has, padding counted.
func (b *block) count(f field) uint64 { return uint64(len(b.elements)) / f.width }

// elementAt is the record of a validator, or the chunk of a balance.
func (b *block) elementAt(f field, index uint64) []byte {
	if f.perLeaf() == 1 {
		return b.elements[(index-b.first)*f.width:][:f.width]
	}
	return b.leaves[(index-b.first)/f.perLeaf()*chunkSize:][:chunkSize]
}

// progressiveAbove are the siblings from block `at` up to the root of a progressive list's content.
func (p *parser) progressiveAbove(all []*block, at int) (branch []common.Hash) {
	var subtrees [][chunkSize]byte
	own := 0
	for k := 0; len(all) > 0; k++ {
		height := all[0].depth
		count := min(len(all), 1<<(subtreeHeight(k)-height))
		nodes := rootsOf(all[:count])
		if at >= 0 && at < count {
			own = k
			branch = siblingsAbove(nodes, uint64(at), height, subtreeHeight(k), p.hasher.zero)
		}
		at -= count
		subtrees = append(subtrees, p.hasher.merkleize(nodes, height, subtreeHeight(k)))
		all = all[count:]
	}
	branch = append(branch, chain(subtrees[own+1:]))
	for k := own - 1; k >= 0; k-- {
		branch = append(branch, subtrees[k])
	}
	return branch
}

// finishProofs completes the branches from the lists to the state's root; fields are the roots of all fields.
func (p *parser) finishProofs(all []field, fields []byte) {
	above := func(name string) []common.Hash {
		at := uint64(slices.IndexFunc(all, func(f field) bool { return f.name == name }))
		if p.state.Fork >= Gloas {
			return progressiveSiblings(fields, at)
		}
		return siblings(fields, at, depthFor(uint64(len(fields)/chunkSize)))
	}
	records, balances := p.begun[validatorsField], p.begun[balancesField]
	for _, index := range p.query.Prove {
		record, ok := records[index]
		if !ok {
			continue
		}
		proof := validatorProof(index, record.leaf)
		proof.Branch = append(record.siblings, above(validatorsField)...)
		balance := balances[index]
		proof.BalanceChunk, proof.BalanceGwei = common.Hash(balance.leaf), uint64At(balance.leaf, int(index%4)*8)
		proof.BalanceBranch = append(balance.siblings, above(balancesField)...)
		p.state.Proofs = append(p.state.Proofs, proof)
	}
}

func validatorProof(index uint64, record []byte) ValidatorProof {
	return ValidatorProof{
		Index: index, PublicKey: [publicKeySize]byte(record), WithdrawalCredentials: common.Hash(record[credentialsAt:effectiveAt]),
		EffectiveBalanceGwei: uint64At(record, effectiveAt), Slashed: record[slashedAt] != 0,
		EligibilityEpoch: uint64At(record, epochsAt), ActivationEpoch: uint64At(record, activationAt),
		ExitEpoch: uint64At(record, exitAt), WithdrawableEpoch: uint64At(record, withdrawAt),
	}
}

// siblingsAbove are those of node `at` among nodes, which are roots of subtrees of a height, up to depth, lowest first. Behind the last node are empty subtrees.
func siblingsAbove(nodes []byte, at uint64, height, depth int, zero *zeroHashes) (branch []common.Hash) {
	level := bytes.Clone(nodes)
	for ; height < depth; height++ {
		sibling := common.Hash(zero[height])
		if from := int(at^1) * chunkSize; from < len(level) {
			sibling = common.Hash(level[from:][:chunkSize])
		}
		branch = append(branch, sibling)
		if len(level)%(2*chunkSize) != 0 {
			level = append(level, zero[height][:]...)
		}
		for i := 0; i < len(level); i += 2 * chunkSize {
			node := hashPair([chunkSize]byte(level[i:]), [chunkSize]byte(level[i+chunkSize:]))
			copy(level[i/2:], node[:])
		}
		level, at = level[:len(level)/2], at/2
	}
	return branch
}

// checkProve refuses a list of validators that is too long, or not in order.
func (q Query) checkProve() error {
	if len(q.Prove) > maxProven || !slices.IsSorted(q.Prove) || len(slices.Compact(slices.Clone(q.Prove))) != len(q.Prove) {
		return fmt.Errorf("%w: at most %d validators are proven at once, in ascending order", ErrQuery, maxProven)
	}
	return nil
}
