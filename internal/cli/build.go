package cli

import (
	"runtime/debug"
	"strings"
)

// DescribeBuild is one line for people.
func DescribeBuild(read func() (*debug.BuildInfo, bool)) string {
	info, ok := read()
	if !ok {
		return "oraclenode, built without build information"
	}
	settings := make(map[string]string, len(info.Settings))
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	parts := []string{"oraclenode " + info.Main.Version}
	if commit := settings["vcs.revision"]; commit != "" {
		if settings["vcs.modified"] == "true" {
			commit += " with uncommitted changes"
		}
		parts = append(parts, "commit "+commit)
	}
	parts = append(parts, info.GoVersion)
	if settings["GOOS"] != "" {
		parts = append(parts, settings["GOOS"]+"/"+settings["GOARCH"])
	}
	return strings.Join(parts, ", ")
}

// Software is the name and version that peers are told.
func Software(read func() (*debug.BuildInfo, bool)) string {
	const most = 64
	name := "oraclenode"
	if info, ok := read(); ok && info.Main.Version != "" {
		name += "/" + info.Main.Version
	}
	return name[:min(len(name), most)]
}
