package main

import (
	"fmt"
	"slices"
	"strings"
)

// node is one node of solc's syntax tree, as its JSON is.
type node map[string]any

func (n node) kind() string { return n.text("nodeType") }

func (n node) text(key string) string {
	s, _ := n[key].(string)
	return s
}

// flag is the value of a boolean field.
func (n node) flag(key string) bool {
	b, _ := n[key].(bool)
	return b
}

// number is the value of a field that names another node; 0 when absent.
func (n node) number(key string) int {
	f, _ := n[key].(float64)
	return int(f)
}

func (n node) child(key string) node {
	m, _ := n[key].(map[string]any)
	return m
}

func (n node) list(key string) []node {
	items, _ := n[key].([]any)
	nodes := make([]node, 0, len(items))
	for _, item := range items {
		m, _ := item.(map[string]any)
		nodes = append(nodes, m)
	}
	return nodes
}

// typeString is the type of an expression as solc writes it: "uint256", "int_const 5".
func (n node) typeString() string { return n.child("typeDescriptions").text("typeString") }

// span is a range of bytes of a source.
type span struct{ start, end int }

func (s span) contains(o span) bool { return s.start <= o.start && o.end <= s.end }

// spanOf parses "start:length:file".
func spanOf(src string) span {
	var start, length, file int
	if _, err := fmt.Sscanf(src, "%d:%d:%d", &start, &length, &file); err != nil {
		return span{}
	}
	return span{start, start + length}
}

func (n node) span() span { return spanOf(n.text("src")) }

// children are the nodes directly below n, in the order of the source.
func (n node) children() []node {
	var found []node
	var collect func(value any)
	collect = func(value any) {
		switch v := value.(type) {
		case []any:
			for _, item := range v {
				collect(item)
			}
		case map[string]any:
			if node(v).kind() != "" {
				found = append(found, v)
			}
		}
	}
	for key, value := range n {
		if key != "documentation" {
			collect(value)
		}
	}
	slices.SortFunc(found, func(a, b node) int {
		if d := a.span().start - b.span().start; d != 0 {
			return d
		}
		return a.number("id") - b.number("id")
	})
	return found
}

// isInteger tells uint8 to uint256 and int8 to int256.
func isInteger(typeString string) bool {
	digits, ok := strings.CutPrefix(strings.TrimPrefix(typeString, "u"), "int")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// isConstant tells expressions that solc computes itself.
func isConstant(n node) bool { return strings.HasPrefix(n.typeString(), "int_const") }
