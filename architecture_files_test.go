package tidemark_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

const maxLines = 400

// fileViolations returns one sentence for each house rule that a hand-written Go file breaks; generated files break none.
func fileViolations(path string, source []byte) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", path, err)
	}
	if ast.IsGenerated(file) {
		return nil, nil
	}
	var found []string
	if violation := lengthViolation(path, source); violation != "" {
		found = append(found, violation)
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			found = append(found, path+": init has side effects on import: construct what is needed where it is used")
		}
	}
	if _, isPure := pure()[sourcePackage{path: path}.top()]; isPure && readsClock(file) {
		found = append(found, path+": reads the clock: pass the time in")
	}
	return found, nil
}

// lengthViolation judges a file of any language.
func lengthViolation(path string, source []byte) string {
	lines := bytes.Count(source, []byte("\n"))
	if lines <= maxLines {
		return ""
	}
	return fmt.Sprintf("%s has %d lines, at most %d are allowed: it holds more than one thing", path, lines, maxLines)
}

// readsClock reports whether the file uses a function of package time that depends on when it is called,
// under whatever name it imports the package.
func readsClock(file *ast.File) bool {
	timeName := ""
	for _, imported := range file.Imports {
		path, err := strconv.Unquote(imported.Path.Value)
		if err != nil || path != "time" {
			continue
		}
		timeName = "time"
		if imported.Name != nil {
			timeName = imported.Name.Name
		}
	}
	if timeName == "" {
		return false
	}
	clock := strings.Fields("Now Since Until Sleep After AfterFunc Tick NewTimer NewTicker")
	found := timeName == "." // A dot import hides where the names come from.
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if base, ok := selector.X.(*ast.Ident); ok && base.Name == timeName && slices.Contains(clock, selector.Sel.Name) {
			found = true
		}
		return true
	})
	return found
}
