package state

import (
	"bytes"
	"fmt"
	"maps"
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

// BuilderProof is a builder's record, and what leads from it to the state's root. Source: consensus specs, gloas beacon-chain.md, Builder.
type BuilderProof struct {
	Index             uint64
	PublicKey         [publicKeySize]byte
	Version           uint8
	ExecutionAddress  common.Address
	BalanceGwei       uint64
	DepositEpoch      uint64
	WithdrawableEpoch uint64
	Branch            []common.Hash // siblings from the record to the state's root, lowest first
}

// proven is a leaf of a list under way: its bytes, and its siblings so far.
type proven struct {
	leaf     []byte
	siblings []common.Hash
}

// wanted says whether a block holds an element that is to be proven.
func (p *parser) wanted(f field, first, count uint64) bool {
	return f.provable() && p.scanner.proves(f.keyed(), first, count)
}

// hasKeys says whether the field's elements can be looked for by their keys.
func (f field) hasKeys() bool { return f.name == validatorsField || f.name == buildersField }

// provable says whether elements of the field can be proven.
func (f field) provable() bool { return f.hasKeys() || f.name == balancesField }

// keyed is the list that says which of the field's elements are wanted: a balance goes with its validator.
func (f field) keyed() string {
	if f.name == balancesField {
		return validatorsField
	}
	return f.name
}

// keepElements takes a block's elements and the leaves that they make, before hashing overwrites them.
func (b *block) keepElements(leaves []byte) {
	if b.keep {
		b.elements, b.leaves = bytes.Clone(b.data), bytes.Clone(leaves)
	}
}

// proveElements begins the branches of the field's wanted elements: up to the root of the list's content, and the length.
func (p *parser) proveElements(f field, all []*block, length uint64) {
	if !f.provable() || len(p.scanner.wanted[f.keyed()]) == 0 {
		return
	}
	wanted := p.wantedOf(f)
	begun := make(map[uint64]proven, len(wanted))
	above := make(map[int][]common.Hash) // by block: neighbours share them
	for _, index := range wanted {
		at := slices.IndexFunc(all, func(b *block) bool { return b.keep && index >= b.first && index-b.first < b.count(f) })
		if at < 0 {
			continue // beyond the end
		}
		b := all[at]
		leaf := (index - b.first) / f.perLeaf()
		if above[at] == nil {
			above[at] = append(p.aboveBlock(f, all, at), common.Hash(uintChunk(length)))
		}
		begun[index] = proven{leaf: b.elementAt(f, index), siblings: append(siblings(b.leaves, leaf, 0, b.depth, p.hasher.zero), above[at]...)}
	}
	p.begun[f.name] = begun
}

// wantedOf are the elements of the field that are to be proven, in order, once the list is scanned.
func (p *parser) wantedOf(f field) []uint64 {
	wanted := slices.Clone(p.scanner.wanted[f.keyed()])
	slices.Sort(wanted)
	return slices.Compact(wanted)
}

// aboveBlock are the siblings from block `at` up to the root of a list's content.
func (p *parser) aboveBlock(f field, all []*block, at int) []common.Hash {
	if f.progressive {
		return p.progressiveAbove(all, at)
	}
	return siblings(rootsOf(all), uint64(at), f.blockHeight(), f.depth(), p.hasher.zero)
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
			branch = siblings(nodes, uint64(at), height, subtreeHeight(k), p.hasher.zero)
		}
		at -= count
		subtrees = append(subtrees, p.hasher.merkleize(nodes, height, subtreeHeight(k)))
		all = all[count:]
	}
	return append(branch, besideSubtree(subtrees, own)...)
}

// finishProofs completes the branches from the lists to the state's root; fields are the roots of all fields.
func (p *parser) finishProofs(all []field, fields []byte) {
	above := func(name string) []common.Hash {
		return p.fieldSiblings(fields, uint64(slices.IndexFunc(all, func(f field) bool { return f.name == name })))
	}
	for _, f := range all {
		switch begun := p.begun[f.name]; {
		case len(begun) == 0:
		case f.name == validatorsField:
			p.finishValidators(begun, p.begun[balancesField], above(validatorsField), above(balancesField))
		case f.name == buildersField:
			p.finishBuilders(begun, above(buildersField))
		}
	}
}

func (p *parser) finishValidators(records, balances map[uint64]proven, aboveRecords, aboveBalances []common.Hash) {
	for _, index := range slices.Sorted(maps.Keys(records)) {
		record, balance := records[index], balances[index]
		proof := validatorProof(index, record.leaf)
		proof.Branch = append(record.siblings, aboveRecords...)
		proof.BalanceChunk, proof.BalanceGwei = common.Hash(balance.leaf), uint64At(balance.leaf, int(index%4)*8)
		proof.BalanceBranch = append(balance.siblings, aboveBalances...)
		p.state.Proofs = append(p.state.Proofs, proof)
	}
}

func (p *parser) finishBuilders(records map[uint64]proven, above []common.Hash) {
	at := builderShape.at
	for _, index := range slices.Sorted(maps.Keys(records)) {
		record := records[index].leaf
		p.state.Builders = append(p.state.Builders, BuilderProof{
			Index: index, PublicKey: [publicKeySize]byte(record), Version: record[at(1)], ExecutionAddress: common.Address(record[at(2):at(3)]),
			BalanceGwei: uint64At(record, at(3)), DepositEpoch: uint64At(record, at(4)), WithdrawableEpoch: uint64At(record, at(5)),
			Branch: append(records[index].siblings, above...),
		})
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

// checkProve refuses a list of validators that is too long, or not in order.
func (q Query) checkProve() error {
	if len(q.Prove)+len(q.ProveKeys) > maxProven || !slices.IsSorted(q.Prove) || len(slices.Compact(slices.Clone(q.Prove))) != len(q.Prove) {
		return fmt.Errorf("%w: at most %d validators are proven at once, in ascending order", ErrQuery, maxProven)
	}
	return nil
}
