package cli

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// What a release was built from. The linker sets these: -ldflags "-X github.com/tidemark-oracle/tidemark/internal/cli.version=v1.2.3". Where it
// does not, they come from what the Go toolchain recorded.
var version, commit, date string

// build is what a program was built from. What nobody knows is empty.
type build struct {
	version, commit, date string
	changed               bool // the tree differed from the commit
	goVersion, platform   string
}

// buildOf is what the linker set, completed by what the toolchain recorded.
func buildOf(read func() (*debug.BuildInfo, bool)) build {
	b := build{version: version, commit: commit, date: date}
	info, ok := read()
	if !ok {
		return b
	}
	settings := make(map[string]string, len(info.Settings))
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	b.version = cmp.Or(b.version, info.Main.Version)
	b.changed = b.commit == "" && settings["vcs.modified"] == "true"
	b.commit = cmp.Or(b.commit, settings["vcs.revision"])
	b.date = cmp.Or(b.date, settings["vcs.time"])
	b.goVersion = info.GoVersion
	if settings["GOOS"] != "" {
		b.platform = settings["GOOS"] + "/" + settings["GOARCH"]
	}
	return b
}

// DescribeBuild is one line for people.
func DescribeBuild(read func() (*debug.BuildInfo, bool)) string {
	b := buildOf(read)
	if b == (build{}) {
		return "oraclenode, built without build information"
	}
	parts := []string{"oraclenode " + cmp.Or(b.version, "(unknown)")}
	if b.commit != "" {
		parts = append(parts, "commit "+b.commit)
	}
	if b.changed {
		parts[len(parts)-1] += " with uncommitted changes"
	}
	for _, part := range []string{b.date, b.goVersion, b.platform} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// Software is the name and version that peers are told.
func Software(read func() (*debug.BuildInfo, bool)) string {
	const most = 64
	name := "oraclenode"
	if v := buildOf(read).version; v != "" {
		name += "/" + v
	}
	return name[:min(len(name), most)]
}
