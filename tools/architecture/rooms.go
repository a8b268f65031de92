package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
)

// goPackage is the part of `go list -json` that is used here.
type goPackage struct {
	ImportPath, Name string
	Imports          []string
	Module           struct{ Path string }
}

func listPackages(root string) ([]goPackage, error) {
	command := exec.Command("go", "list", "-json=ImportPath,Name,Imports,Module", "./...")
	command.Dir = root
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w", root, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(output))
	var all []goPackage
	for {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read what go list says: %w", err)
		}
		all = append(all, p)
	}
}

// rooms are the rooms of a house, each with those that it imports.
type rooms map[string][]string

// roomOf is the room of a package inside the module: its first folder; below cmd, internal and test the first two.
func roomOf(inner string) string {
	folders := strings.Split(inner, "/")
	if len(folders) > 1 && slices.Contains([]string{"cmd", "internal", "test"}, folders[0]) {
		return folders[0] + "/" + folders[1]
	}
	return folders[0]
}

// roomsOf leaves out rooms without any import from or to another room, and commands that lie inside a room: those drive it and may use anything.
func roomsOf(packages []goPackage) rooms {
	all := make(rooms)
	for _, p := range packages {
		from := roomOf(strings.TrimPrefix(p.ImportPath, p.Module.Path+"/"))
		isTool := p.Name == "main" && !strings.HasPrefix(from, "cmd/") && !strings.HasPrefix(from, "test/")
		if isTool {
			continue
		}
		for _, imported := range p.Imports {
			inner, ours := strings.CutPrefix(imported, p.Module.Path+"/")
			to := roomOf(inner)
			if !ours || to == from {
				continue
			}
			if !slices.Contains(all[from], to) {
				all[from] = append(all[from], to)
			}
			if _, known := all[to]; !known {
				all[to] = nil
			}
		}
	}
	for name := range all {
		slices.Sort(all[name])
	}
	return all
}

// names are the rooms in alphabetical order.
func (r rooms) names() []string { return slices.Sorted(maps.Keys(r)) }

// reaches are the rooms below a room, itself not among them.
func (r rooms) reaches(name string) map[string]bool {
	found := make(map[string]bool)
	var visit func(string)
	visit = func(from string) {
		for _, to := range r[from] {
			if !found[to] {
				found[to] = true
				visit(to)
			}
		}
	}
	visit(name)
	return found
}

// circle returns rooms that import each other, nil for none.
func (r rooms) circle() []string {
	for _, name := range r.names() {
		if !r.reaches(name)[name] {
			continue
		}
		circle := []string{}
		for other := range r.reaches(name) {
			if r.reaches(other)[name] {
				circle = append(circle, other)
			}
		}
		slices.Sort(circle)
		return circle
	}
	return nil
}

// reduced leaves out each import that follows from others: what is left reaches the same rooms.
func (r rooms) reduced() rooms {
	less := make(rooms)
	for name, imports := range r {
		less[name] = slices.DeleteFunc(slices.Clone(imports), func(to string) bool {
			return slices.ContainsFunc(imports, func(other string) bool { return other != to && r.reaches(other)[to] })
		})
	}
	return less
}

// split parts the rooms of tests from those of the programs. The arrows between the two are with the tests.
func (r rooms) split() (program, tests rooms) {
	program, tests = make(rooms), make(rooms)
	isTest := func(name string) bool { return strings.HasPrefix(name, "test/") }
	for name, imports := range r {
		if isTest(name) {
			tests[name] = imports
			continue
		}
		program[name] = slices.DeleteFunc(slices.Clone(imports), isTest)
	}
	return program, tests
}
