package main

import (
	"fmt"
	"strings"
)

// steps are the ways in which a number is moved by one.
func steps(text string) []string {
	if text == "0" {
		return []string{"0 + 1"}
	}
	return []string{text + " + 1", text + " - 1"}
}

// literal moves a number by one. The switch is put around the largest constant around the number, since solc computes constants
// without limit and anything else in the type of its operands.
func (w *mutator) literal(n node) {
	if !isConstant(n) {
		return
	}
	outer, above := n, len(w.above)-1
	for ; above >= 0 && isConstant(w.above[above]); above-- {
		outer = w.above[above]
	}
	cast := ""
	if above >= 0 {
		cast = operandType(w.above[above], outer)
	}
	inside := n.span()
	whole, text := outer.span(), w.sources[w.file]
	for _, step := range steps(w.source(n)) {
		moved := text[whole.start:inside.start] + "(" + step + ")" + text[inside.end:whole.end]
		w.expression("constant", outer, moved, fmt.Sprintf("%s(%s)", cast, moved))
		if cast != "" {
			last := &w.faults[len(w.faults)-1].edits[0]
			last.cast = cast
		}
	}
}

// operandType is the type that a constant operand of a parent takes; empty where solc finds it as before.
func operandType(parent, operand node) string {
	if parent.kind() != "BinaryOperation" {
		return ""
	}
	typeString := parent.child("commonType").text("typeString")
	if op := parent.text("operator"); op == "<<" || op == ">>" || op == "**" {
		if parent.child("leftExpression").number("id") != operand.number("id") {
			return ""
		}
		typeString = parent.typeString()
	}
	if !isInteger(typeString) {
		return ""
	}
	return typeString
}

// constant is a declared one: it is moved at each of its uses, since its declaration cannot hold a switch.
type constant struct {
	declaration node
	file        string
	line        int
	value       string
	uses        []edit
	fixed       bool // used where solc wants a constant
}

// declare notes a constant of the contracts.
func (w *mutator) declare(n node) {
	if !isInteger(n.typeString()) {
		return
	}
	w.constants[n.number("id")] = &constant{
		declaration: n, file: w.file, line: w.line(n.span().start), value: oneLine(w.source(n.child("value"))),
	}
	w.declared = append(w.declared, n.number("id"))
}

// use notes where a constant is used.
func (w *mutator) use(n node) {
	c := w.constants[n.number("referencedDeclaration")]
	switch {
	case c == nil:
	case w.fixed > 0:
		c.fixed = true
	default:
		c.uses = append(c.uses, edit{file: w.file, span: n.span(), text: w.source(n)})
	}
}

// assembly may use constants too.
func (w *mutator) assembly(n node) {
	for _, reference := range n.list("externalReferences") {
		if c := w.constants[reference.number("declaration")]; c != nil {
			c.fixed = true
		}
	}
}

// moved are the faults of declared constants.
func (w *mutator) moved() []*mutant {
	var found []*mutant
	for _, id := range w.declared {
		c := w.constants[id]
		if c.fixed || len(c.uses) == 0 {
			continue
		}
		for _, step := range []string{" + 1", " - 1"} {
			name := c.declaration.text("name")
			f := &mutant{File: c.file, Line: c.line, Function: name, Operator: "constant", Original: c.value, Mutated: c.value + step}
			for _, use := range c.uses {
				use.text = "(" + strings.TrimSpace(use.text) + step + ")"
				f.edits = append(f.edits, use)
			}
			found = append(found, f)
		}
	}
	return found
}
