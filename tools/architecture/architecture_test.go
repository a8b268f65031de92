package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// made are packages of a module "m", from "path" or "path main" to what each imports.
func made(imports map[string][]string, programs ...string) (all []goPackage) {
	for path, imported := range imports {
		p := goPackage{ImportPath: "m/" + path, Name: "x"}
		p.Module.Path = "m"
		if slices.Contains(programs, path) {
			p.Name = "main"
		}
		for _, other := range imported {
			p.Imports = append(p.Imports, "m/"+other)
		}
		p.Imports = append(p.Imports, "fmt")
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b goPackage) int { return bytes.Compare([]byte(a.ImportPath), []byte(b.ImportPath)) })
	return all
}

func TestRoomsAreFolders(t *testing.T) {
	all := roomsOf(made(map[string][]string{
		"cmd/run":        {"internal/a/b", "c/d"},
		"internal/a/b":   {"internal/a", "internal/e"},
		"internal/a":     {"c"},
		"c/d":            {"c"},
		"c/tool":         {"internal/a"}, // drives the room and is left out
		"test/net/chain": {"test/net", "c"},
		"alone":          nil,
	}, "cmd/run", "c/tool"))
	require.Equal(t, rooms{
		"cmd/run": {"c", "internal/a"}, "internal/a": {"c", "internal/e"}, "internal/e": nil, "c": nil, "test/net": {"c"},
	}, all)
}

func TestArrowsThatFollowFromOthersAreLeftOut(t *testing.T) {
	all := rooms{"a": {"b", "c", "d"}, "b": {"c"}, "c": nil, "d": nil}
	require.Equal(t, rooms{"a": {"b", "d"}, "b": {"c"}, "c": nil, "d": nil}, all.reduced())
}

func TestRoomsThatImportEachOtherAreNamed(t *testing.T) {
	require.Nil(t, rooms{"a": {"b"}, "b": nil}.circle())
	require.Equal(t, []string{"b", "c"}, rooms{"a": {"b"}, "b": {"c"}, "c": {"b"}}.circle())
	_, err := draw(made(map[string][]string{"b/x": {"c/y"}, "c/z": {"b/w"}}))
	require.ErrorContains(t, err, "rooms import each other: [b c]")
}

func TestImportedRoomsAreBelow(t *testing.T) {
	all := rooms{"top": {"middle", "low"}, "middle": {"low"}, "low": nil, "other": {"late"}, "late": nil}
	height := heights(all)
	for name, imports := range all {
		for _, to := range imports {
			require.Greater(t, height[name], height[to], "%s imports %s", name, to)
		}
	}
	require.Equal(t, height["top"], height["other"], "nobody imports it: it stands at the top")
	require.Equal(t, 1, height["late"], "near whoever imports it")
}

// house is a graph with long arrows and choices of order.
func house() []goPackage {
	return made(map[string][]string{
		"cmd/run": {"internal/a", "internal/b", "internal/c", "p"}, "cmd/net": {"test/net", "internal/a"},
		"internal/a": {"internal/d", "p"}, "internal/b": {"internal/e", "internal/d"}, "internal/c": {"p"},
		"internal/d": {"q"}, "internal/e": {"q"}, "p": {"q", "internal/e"}, "q": nil, "test/net": {"q", "p"},
	}, "cmd/run", "cmd/net")
}

func TestRoomsDoNotTouch(t *testing.T) {
	program, _ := roomsOf(house()).reduced().split()
	for _, layer := range place(program).layers {
		for i := range len(layer) - 1 {
			require.GreaterOrEqual(t, layer[i+1].x-layer[i].x, distance(layer[i], layer[i+1])-1e-6)
		}
	}
}

func TestThePictureIsTheSameEachTime(t *testing.T) {
	first, err := draw(house())
	require.NoError(t, err)
	for range 3 {
		again, err := draw(house())
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
	require.Contains(t, string(first), "<title>internal/b → internal/d, internal/e</title>")
	require.Contains(t, string(first), "<title>test/net → p</title>")
	decoder := xml.NewDecoder(bytes.NewReader(first))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
	}
}

func TestThisRepositoryCanBeDrawn(t *testing.T) {
	packages, err := listPackages("../..")
	require.NoError(t, err)
	picture, err := draw(packages)
	require.NoError(t, err)
	for _, room := range []string{"cmd/oraclenode", "consensus", "p2p", "report", "contracts", "test/devnet"} {
		require.Contains(t, string(picture), ">"+room+"</text>")
	}
}
