package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"
)

// renamedFlags are the names that flags and settings once had, with those that they have now.
func renamedFlags() map[string]string {
	return map[string]string{
		"every": "interval", "poll-every": "poll-interval", "resend-every": "resend-interval", "status-every": "status-interval",
	}
}

// movedSettings are settings that went elsewhere, with where to.
func movedSettings() map[string]string {
	return map[string]string{
		"submit-stagger": "is no setting any more: all members take it from the network's manifest, key submitStaggerSeconds; remove it here",
	}
}

// formerName says what has become of a flag or setting of a former release; nil for every other name. spell writes a name as the source has it: as a
// flag, a variable or a key of the file.
func formerName(name string, spell func(string) string) error {
	if now, renamed := renamedFlags()[name]; renamed {
		return fmt.Errorf("%s is now %s", spell(name), spell(now))
	}
	if where, moved := movedSettings()[name]; moved {
		return fmt.Errorf("%s %s", spell(name), where)
	}
	return nil
}

// formerFlag is formerName for a flag that a command line has and no command; nil when err is about something else.
func formerFlag(err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return nil
	}
	return formerName(unknown.GetSpecifiedName(), func(name string) string { return "--" + name })
}

// formerVariable is formerName for a variable of the environment.
func formerVariable(key string) error {
	for _, names := range []map[string]string{renamedFlags(), movedSettings()} {
		for name := range names {
			if EnvName(name) == key {
				return formerName(name, EnvName)
			}
		}
	}
	return nil
}
