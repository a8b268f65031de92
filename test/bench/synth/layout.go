package synth

import (
	"fmt"
	"io"
)

// field is one field of the state's container.
type field struct {
	name     string
	size     uint64 // bytes of its value, wherever it stands
	variable bool   // its value stands after the fixed part, an offset in it
	hashes   uint64 // hashes of 64 bytes to its root
	write    func(*output)
}

// fixed returns a field of a size known to the type.
func fixed(name string, size, hashes uint64, write func(*output)) field {
	return field{name: name, size: size, hashes: hashes, write: write}
}

// list returns a variable field of count elements, each of size bytes.
func list(name string, count int, size, hashes uint64, write func(*output)) field {
	return field{name: name, size: uint64(count) * size, variable: true, hashes: hashes + 1, write: write}
}

const offsetSize = 4

// fields are those of the fork's BeaconState in order (consensus-specs, deneb, electra, fulu and gloas beacon-chain.md).
func (s *State) fields() []field {
	all := s.denebFields()
	if s.fork != Deneb {
		all = append(all, s.electraFields()...)
	}
	if s.fork == Fulu || s.fork == Gloas {
		all = append(all, fixed("proposer_lookahead", proposerLookahead*8, tree(proposerLookahead/4, proposerLookahead/4), s.writeLookahead))
	}
	if s.fork == Gloas {
		all = append(all, s.gloasFields()...)
	}
	return all
}

// Size is the length of the encoding in bytes.
func (s *State) Size() uint64 {
	var size uint64
	for _, f := range s.fields() {
		size += f.size
		if f.variable {
			size += offsetSize
		}
	}
	return size
}

// Hashes is how many hashes of 64 bytes the hash-tree root takes when no subtree is known beforehand but the empty ones.
func (s *State) Hashes() uint64 {
	all := s.fields()
	total := tree(uint64(len(all)), uint64(len(all)))
	if s.fork == Gloas {
		total = progressiveContainer(uint64(len(all)))
	}
	for _, f := range all {
		total += f.hashes
	}
	return total
}

// tree is the number of hashes over a tree of chunks, padded to limit with empty subtrees.
func tree(chunks, limit uint64) uint64 {
	var total uint64
	for width := uint64(1); chunks > 0 && width < limit; width *= 2 {
		chunks = (chunks + 1) / 2
		total += chunks
	}
	return total
}

// packed is tree for a list or vector of numbers of size bytes.
func packed(count int, size, limit uint64) uint64 {
	return tree((uint64(count)*size+31)/32, (limit*size+31)/32)
}

// WriteSSZ writes the encoding in one pass.
func (s *State) WriteSSZ(w io.Writer) error {
	out := newOutput(w)
	all := s.fields()
	var fixedPart uint64
	for _, f := range all {
		if f.variable {
			fixedPart += offsetSize
		} else {
			fixedPart += f.size
		}
	}
	at := fixedPart
	for _, f := range all {
		if f.variable {
			out.offset(at)
			at += f.size
		} else if err := f.writeTo(out); err != nil {
			return err
		}
	}
	for _, f := range all {
		if f.variable {
			if err := f.writeTo(out); err != nil {
				return err
			}
		}
	}
	if err := out.flush(); err != nil {
		return fmt.Errorf("write synthetic %s state: %w", s.fork, err)
	}
	return nil
}

// writeTo writes the value and checks that it has the size that the offsets were computed from.
func (f field) writeTo(out *output) error {
	if _, err := out.w.Write(nil); err != nil {
		return fmt.Errorf("write field %s: %w", f.name, err)
	}
	before := out.written
	f.write(out)
	if wrote := out.written - before; wrote != f.size {
		if err := out.flush(); err != nil {
			return fmt.Errorf("write field %s: %w", f.name, err)
		}
		return fmt.Errorf("field %s is %d bytes long, its layout says %d", f.name, wrote, f.size)
	}
	return nil
}

// Write writes the SSZ encoding of the state that options describe: see New.
func Write(w io.Writer, fork Fork, o Options) error {
	s, err := New(fork, o)
	if err != nil {
		return err
	}
	return s.WriteSSZ(w)
}
