package main

import (
	"slices"
	"strings"
)

// turned are the operators that each one is replaced by.
func turned(operator string) (kind string, replacements []string) {
	const comparison, arithmetic, logic = "comparison", "arithmetic", "logic"
	switch operator {
	case "<":
		return comparison, []string{"<=", ">="}
	case "<=":
		return comparison, []string{"<", ">"}
	case ">":
		return comparison, []string{">=", "<="}
	case ">=":
		return comparison, []string{">", "<"}
	case "==":
		return comparison, []string{"!="}
	case "!=":
		return comparison, []string{"=="}
	case "+":
		return arithmetic, []string{"-"}
	case "-":
		return arithmetic, []string{"+"}
	case "*":
		return arithmetic, []string{"/"}
	case "/":
		return arithmetic, []string{"*"}
	case "&&":
		return logic, []string{"||"}
	case "||":
		return logic, []string{"&&"}
	case "+=":
		return arithmetic, []string{"-="}
	case "-=":
		return arithmetic, []string{"+="}
	case "*=":
		return arithmetic, []string{"/="}
	case "/=":
		return arithmetic, []string{"*="}
	}
	return "", nil
}

// binary exchanges the operator of an expression.
func (w *mutator) binary(n node) {
	if isConstant(n) {
		return // its literals are moved instead
	}
	kind, replacements := turned(n.text("operator"))
	for _, operator := range replacements {
		left, right := w.source(n.child("leftExpression")), w.source(n.child("rightExpression"))
		w.expression(kind, n, left+" "+operator+" "+right, "("+left+") "+operator+" ("+right+")")
	}
}

// condition negates what decides, unless it is a comparison, which is turned anyway.
func (w *mutator) condition(kind string, n node) {
	if n.kind() == "BinaryOperation" && strings.ContainsAny(n.text("operator"), "<>=") {
		return
	}
	w.expression(kind, n, "!("+w.source(n)+")", "")
}

// branch removes a check, or negates the condition of another if.
func (w *mutator) branch(n node) {
	if n["falseBody"] == nil && onlyReverts(n.child("trueBody")) {
		w.expression("check removed", n.child("condition"), "false", "")
		return
	}
	w.condition("condition negated", n.child("condition"))
}

func onlyReverts(body node) bool {
	if body.kind() == "Block" {
		statements := body.list("statements")
		return len(statements) == 1 && onlyReverts(statements[0])
	}
	return body.kind() == "RevertStatement" || body.kind() == "ExpressionStatement" && calls(body.child("expression"), "revert")
}

// calls reports whether n calls a function of one of these plain names.
func calls(n node, names ...string) bool {
	callee := n.child("expression")
	return n.kind() == "FunctionCall" && callee.kind() == "Identifier" && slices.Contains(names, callee.text("name"))
}

// library exchanges functions of OpenZeppelin's Math.
func (w *mutator) library(n node) {
	callee, arguments := n.child("expression"), n.list("arguments")
	base := callee.child("expression")
	if callee.kind() != "MemberAccess" || base.typeString() != "type(library Math)" {
		return
	}
	texts := make([]string, 0, len(arguments))
	for _, a := range arguments {
		texts = append(texts, w.source(a))
	}
	call := func(name string, more ...string) string {
		return w.source(base) + "." + name + "(" + strings.Join(append(texts, more...), ", ") + ")"
	}
	switch name := callee.text("memberName"); {
	case name == "min":
		w.expression("min and max", n, call("max"), "")
	case name == "max":
		w.expression("min and max", n, call("min"), "")
	case name == "ceilDiv" && len(texts) == 2:
		w.expression("rounding", n, texts[0]+" / "+texts[1], "("+texts[0]+") / ("+texts[1]+")")
	case name == "mulDiv" && len(texts) == 3:
		w.expression("rounding", n, call("mulDiv", w.source(base)+".Rounding.Ceil"), "")
	}
}

// rounding turns Math.Rounding.Ceil and Floor.
func (w *mutator) rounding(n node) {
	base := n.child("expression")
	if base.typeString() != "type(enum Math.Rounding)" {
		return
	}
	switch n.text("memberName") {
	case "Ceil":
		w.expression("rounding", n, w.source(base)+".Floor", "")
	case "Floor":
		w.expression("rounding", n, w.source(base)+".Ceil", "")
	}
}

// plain removes a statement, or exchanges the operator of an assignment.
func (w *mutator) plain(n node) {
	e := n.child("expression")
	switch e.kind() {
	case "Assignment":
		kind, replacements := turned(e.text("operator"))
		for _, operator := range replacements {
			w.statement(kind, n, w.source(e.child("leftHandSide"))+" "+operator+" "+w.source(e.child("rightHandSide"))+";")
		}
		w.statement("assignment removed", n, removed)
	case "UnaryOperation":
		w.statement("assignment removed", n, removed)
	case "FunctionCall":
		switch {
		case calls(e, "revert"):
		case calls(e, "require", "assert"):
			w.statement("check removed", n, removed)
		default:
			w.statement("call removed", n, removed)
		}
	}
}

// answer returns defaults instead of what is computed.
func (w *mutator) answer(n node) {
	if n["expression"] == nil || len(w.returns) == 0 {
		return
	}
	values := make([]string, 0, len(w.returns))
	for _, typeString := range w.returns {
		value := zero(typeString)
		if value == "" {
			return
		}
		values = append(values, value)
	}
	text := strings.Join(values, ", ")
	if len(values) > 1 {
		text = "(" + text + ")"
	}
	if oneLine(w.source(n.child("expression"))) != text {
		w.statement("default returned", n, "return "+text+";")
	}
}

// zero is the default of a type; empty for types that have none that is written shortly.
func zero(typeString string) string {
	size, isBytes := strings.CutPrefix(typeString, "bytes")
	switch {
	case isInteger(typeString):
		return "0"
	case typeString == "bool":
		return "false"
	case typeString == "address":
		return "address(0)"
	case typeString == "address payable":
		return "payable(0)"
	case typeString == "bytes" || typeString == "string":
		return `""`
	case isBytes && strings.Trim(size, "0123456789") == "":
		return typeString + "(0)"
	}
	return ""
}
