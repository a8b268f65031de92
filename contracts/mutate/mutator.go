package main

import (
	"path"
	"slices"
	"strings"
)

// mutator finds the faults of all files.
type mutator struct {
	sources   map[string]string
	file      string
	function  string
	returns   []string // types of what the function returns
	above     []node
	fixed     int // greater than 0 where solc wants constants
	faults    []*mutant
	constants map[int]*constant
	declared  []int
	onlyUses  bool
}

// mutantsOf returns every fault of the contracts, in a fixed order. Trees of the tests are needed for the uses of constants.
func mutantsOf(sources map[string]string, trees map[string]node) []*mutant {
	w := &mutator{sources: sources, constants: map[int]*constant{}}
	files := make([]string, 0, len(trees))
	for file := range trees {
		if strings.HasPrefix(file, "src/") || strings.HasPrefix(file, "test/") {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	for _, file := range files {
		if mutable(file) {
			w.file = file
			w.declarations(trees[file])
		}
	}
	for _, file := range files {
		w.file, w.onlyUses = file, !mutable(file)
		w.visit(trees[file])
	}
	all := append(w.faults, w.moved()...)
	numbered(all)
	return all
}

// mutable tells the files that faults are planted in.
func mutable(file string) bool {
	inner, ok := strings.CutPrefix(file, "src/")
	return ok && !strings.HasPrefix(inner, "devnet/") && !strings.HasPrefix(inner, "interfaces/") && path.Base(file) != "Imports.sol"
}

func (w *mutator) declarations(n node) {
	if n.kind() == "VariableDeclaration" && n.flag("constant") {
		w.declare(n)
		return
	}
	for _, child := range n.children() {
		w.declarations(child)
	}
}

func (w *mutator) visit(n node) {
	switch n.kind() {
	case "ImportDirective", "RevertStatement", "PragmaDirective":
		return // what an error says is not behaviour that tests should pin
	case "FunctionDefinition", "ModifierDefinition":
		defer func(name string, returns []string) { w.function, w.returns = name, returns }(w.function, w.returns)
		w.function, w.returns = nameOf(n), nil
		for _, parameter := range n.child("returnParameters").list("parameters") {
			// "bytes memory" and "bytes" have the same default.
			typeString, _, _ := strings.Cut(parameter.typeString(), " memory")
			w.returns = append(w.returns, typeString)
		}
	case "ContractDefinition":
		w.function = n.text("name")
	case "ArrayTypeName":
		w.fixed++
		defer func() { w.fixed-- }()
	case "VariableDeclaration":
		if n.flag("constant") {
			w.fixed++
			defer func() { w.fixed-- }()
		}
	case "InlineAssembly":
		w.assembly(n)
		return
	case "Identifier", "MemberAccess":
		w.use(n)
	}
	if !w.onlyUses && w.fixed == 0 {
		w.mutate(n)
	}
	w.above = append(w.above, n)
	for _, child := range n.children() {
		if w.skips(n, child) {
			continue
		}
		w.visit(child)
	}
	w.above = w.above[:len(w.above)-1]
}

// skips tells the arguments of require that only say what is wrong.
func (w *mutator) skips(parent, child node) bool {
	if calls(parent, "revert") {
		return true
	}
	arguments := parent.list("arguments")
	return calls(parent, "require") && len(arguments) > 1 && child.number("id") == arguments[1].number("id")
}

func (w *mutator) mutate(n node) {
	switch n.kind() {
	case "BinaryOperation":
		w.binary(n)
	case "IfStatement":
		w.branch(n)
	case "WhileStatement", "Conditional":
		w.condition("condition negated", n.child("condition"))
	case "FunctionCall":
		if calls(n, "require", "assert") {
			w.condition("condition negated", n.list("arguments")[0])
		}
		w.library(n)
	case "MemberAccess":
		w.rounding(n)
	case "Literal":
		w.literal(n)
	case "ExpressionStatement":
		if !w.inLoopHead(n) {
			w.plain(n)
		}
	case "EmitStatement":
		w.statement("event removed", n, removed)
	case "Return":
		w.answer(n)
	}
}

// inLoopHead tells the parts of for (...), where no other statement can stand.
func (w *mutator) inLoopHead(n node) bool {
	parent := w.above[len(w.above)-1]
	return parent.kind() == "ForStatement" && parent.child("body").number("id") != n.number("id")
}

func nameOf(n node) string {
	if name := n.text("name"); name != "" {
		return name
	}
	return n.text("kind")
}

func (w *mutator) source(n node) string {
	s := n.span()
	return w.sources[w.file][s.start:s.end]
}

func (w *mutator) line(offset int) int { return 1 + strings.Count(w.sources[w.file][:offset], "\n") }

// expression adds a fault in an expression; code is what is compiled when it differs from what is shown.
func (w *mutator) expression(operator string, n node, shown, code string) {
	if code == "" {
		code = shown
	}
	w.add(operator, n.span(), shown, edit{file: w.file, span: n.span(), text: code})
}

// statement adds a fault that replaces a whole statement, its semicolon too.
func (w *mutator) statement(operator string, n node, text string) {
	s := n.span()
	s.end += strings.Index(w.sources[w.file][s.end:], ";") + 1
	w.add(operator, s, text, edit{file: w.file, span: s, text: text, statement: true})
}

func (w *mutator) add(operator string, at span, shown string, e edit) {
	if shown == removed {
		shown = "(removed)"
	}
	w.faults = append(w.faults, &mutant{
		File: w.file, Line: w.line(at.start), Function: w.function, Operator: operator,
		Original: oneLine(w.sources[w.file][at.start:at.end]), Mutated: oneLine(shown), edits: []edit{e},
	})
}
