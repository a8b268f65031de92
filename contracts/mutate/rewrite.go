package main

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// switchFile holds the library that tells which fault is on.
const switchFile = "src/Mutant.sol"

// switchBase is the address above which the numbers of faults are: "Mutant" and ten zero bytes.
const switchBase = "4d7574616e74"

const switchSource = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Tells which planted fault is on: the one whose number the address of the block's producer ends in.
library Mutant {
    function on(uint256 id) internal pure returns (bool) {
        function(uint256) view returns (bool) check = _on;
        function(uint256) pure returns (bool) asPure;
        assembly ("memory-safe") {
            asPure := check
        }
        return asPure(id);
    }

    function _on(uint256 id) private view returns (bool) {
        return uint256(uint160(address(block.coinbase))) == (0x` + switchBase + ` << 80) + id;
    }
}
`

// switchAddress is the producer of blocks in which fault id is on.
func switchAddress(id int) string { return fmt.Sprintf("0x00000000%s%020x", switchBase, id) }

// planted is an edit of a numbered fault.
type planted struct {
	edit
	id    int
	fault *mutant
}

// written tells where in a rewritten file the code of a fault stands, that of the original inside it included.
type written struct {
	span
	fault *mutant
}

// plant rewrites all sources with the faults, which are numbered from 1.
func plant(sources map[string]string, faults []*mutant) (rewritten map[string]string, where map[string][]written) {
	byFile := map[string][]planted{}
	for i, f := range faults {
		for _, e := range f.edits {
			byFile[e.file] = append(byFile[e.file], planted{e, i + 1, f})
		}
	}
	rewritten, where = map[string]string{switchFile: switchSource}, map[string][]written{}
	for file, source := range sources {
		rewritten[file] = source
		if edits := byFile[file]; len(edits) > 0 {
			r := &rewriter{source: source}
			r.file(file, edits)
			rewritten[file], where[file] = r.out.String(), r.where
		}
	}
	return rewritten, where
}

// rewriter writes one file.
type rewriter struct {
	source string
	out    strings.Builder
	where  []written
}

// file writes all of it, with the import of the switch in the line of the pragma: lines keep their numbers.
func (r *rewriter) file(name string, edits []planted) {
	slices.SortStableFunc(edits, func(a, b planted) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.id, b.id))
	})
	head := strings.Index(r.source, "pragma solidity")
	head += strings.Index(r.source[head:], ";") + 1
	relative, err := filepath.Rel(path.Dir(name), switchFile)
	if err != nil {
		panic("two relative paths have a path between them: " + err.Error())
	}
	if !strings.HasPrefix(relative, ".") {
		relative = "./" + relative
	}
	r.out.WriteString(r.source[:head] + ` import {Mutant} from "` + filepath.ToSlash(relative) + `";`)
	r.piece(span{head, len(r.source)}, edits)
}

// piece writes a part of the source with the edits that are inside it, which are nested or apart.
func (r *rewriter) piece(part span, edits []planted) {
	at := part.start
	for len(edits) > 0 {
		first := edits[0]
		inside := 1
		for inside < len(edits) && first.contains(edits[inside].span) {
			inside++
		}
		r.out.WriteString(r.source[at:first.start])
		r.one(first, edits[1:inside])
		at, edits = first.end, edits[inside:]
	}
	r.out.WriteString(r.source[at:part.end])
}

// one writes a switch: the fault, or the original with the faults inside it.
func (r *rewriter) one(e planted, inside []planted) {
	start := r.out.Len()
	if e.statement {
		fmt.Fprintf(&r.out, "{ if (Mutant.on(%d)) %s else ", e.id, e.text)
		r.piece(e.span, inside)
		r.out.WriteString(" }")
	} else {
		fmt.Fprintf(&r.out, "(Mutant.on(%d) ? %s : %s(", e.id, e.text, e.cast)
		r.piece(e.span, inside)
		r.out.WriteString("))")
	}
	r.where = append(r.where, written{span{start, r.out.Len()}, e.fault})
}
