package devnet

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// renamedFlags are a member's flags that had another name in a release, each with all its names, the newest first. A name is added here when a flag is
// renamed, and removed when no release that a test still runs has it.
var renamedFlags = [][]string{
	{"resend-interval", "resend-every"},
	{"status-interval", "status-every"},
	{"poll-interval", "poll-every"},
}

// memberCommands are where a release has its member of a devnet, the newest first.
var memberCommands = [][]string{{"member"}, {"devnet-member"}}

// olderProgram is another release's program of members, and what it understands.
type olderProgram struct {
	command []string
	flags   []string
}

var (
	// ErrOlderProgram: a program given for older members has no member of a devnet, or one that cannot be told its settings.
	ErrOlderProgram = errors.New("this is no program that runs a member of a devnet")

	flagOfHelp = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z][a-z-]*)`)
)

// readOlderProgram asks a program for its help. Errors: ErrOlderProgram.
func readOlderProgram(path string, environ []string) (*olderProgram, error) {
	var errs []error
	for _, words := range memberCommands {
		help := exec.Command(path, append(slices.Clone(words), "--help")...)
		help.Env = environ
		text, err := help.CombinedOutput()
		p := &olderProgram{command: append([]string{path}, words...)}
		for _, found := range flagOfHelp.FindAllSubmatch(text, -1) {
			p.flags = append(p.flags, string(found[1]))
		}
		if err == nil && slices.Contains(p.flags, "home") {
			return p, nil
		}
		errs = append(errs, fmt.Errorf("%s %s --help: %w", path, strings.Join(words, " "), errors.Join(err, errNoMember)))
	}
	return nil, fmt.Errorf("%w: %w", ErrOlderProgram, errors.Join(errs...))
}

var errNoMember = errors.New("names no --home")

// translate gives settings, flag and value by turns, the names that the program has for them. Errors: ErrOlderProgram.
func (p *olderProgram) translate(settings []string) ([]string, error) {
	translated := slices.Clone(settings)
	for i := 0; i < len(settings); i += 2 {
		name, isFlag := strings.CutPrefix(settings[i], "--")
		if !isFlag {
			return nil, fmt.Errorf("%w: %q stands where a flag should", ErrOlderProgram, settings[i])
		}
		name, err := p.nameOf(name)
		if err != nil {
			return nil, err
		}
		translated[i] = "--" + name
	}
	return translated, nil
}

func (p *olderProgram) nameOf(flag string) (string, error) {
	if slices.Contains(p.flags, flag) {
		return flag, nil
	}
	for _, names := range renamedFlags {
		if !slices.Contains(names, flag) {
			continue
		}
		for _, name := range names {
			if slices.Contains(p.flags, name) {
				return name, nil
			}
		}
	}
	return "", fmt.Errorf("%w: %s does not know --%s, nor a former name of it in renamedFlags", ErrOlderProgram, p.command[0], flag)
}
