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

// tooManyLines is the first length that no hand-written file has.
const tooManyLines = 400

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
	if _, isPure := pure()[sourcePackage{path: path}.part()]; isPure && file.Name.Name != program && readsClock(file) {
		found = append(found, path+": reads the clock: pass the time in")
	}
	return found, nil
}

// lengthViolation judges a file of any language.
func lengthViolation(path string, source []byte) string {
	lines := bytes.Count(source, []byte("\n"))
	if lines < tooManyLines {
		return ""
	}
	return fmt.Sprintf("%s has %d lines, fewer than %d are allowed: it holds more than one thing", path, lines, tooManyLines)
}

// readsClock reports whether the file uses a function of package time that depends on when it is called,
// under whatever name it imports the package.
func readsClock(file *ast.File) bool {
	var timeNames []string // A package can be imported twice.
	for _, imported := range file.Imports {
		if path, err := strconv.Unquote(imported.Path.Value); err != nil || path != "time" {
			continue
		}
		if imported.Name == nil {
			timeNames = append(timeNames, "time")
		} else {
			timeNames = append(timeNames, imported.Name.Name)
		}
	}
	clock := strings.Fields("Now Since Until Sleep After AfterFunc Tick NewTimer NewTicker")
	found := slices.Contains(timeNames, ".") // A dot import hides where the names come from.
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if base, ok := selector.X.(*ast.Ident); ok && slices.Contains(timeNames, base.Name) && slices.Contains(clock, selector.Sel.Name) {
			found = true
		}
		return true
	})
	return found
}

// importsOf returns the imports of one file: go list tells only those of the files that this machine compiles.
func importsOf(path string, source []byte) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
	if err != nil {
		return nil, fmt.Errorf("parse the imports of %s: %w", path, err)
	}
	imports := make([]string, 0, len(file.Imports))
	for _, imported := range file.Imports {
		name, err := strconv.Unquote(imported.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("parse the imports of %s: %w", path, err)
		}
		imports = append(imports, name)
	}
	return imports, nil
}
