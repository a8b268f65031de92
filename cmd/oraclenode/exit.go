package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit statuses of every command. They are documented in the help of the root.
const (
	exitOK        = 0
	exitError     = 1
	exitFindings  = 2  // the command did its work and found a difference
	exitUnchecked = 3  // nothing differs, but something could not be checked
	exitUsage     = 64 // wrong command, flag, argument or setting
)

// outcome ends a command with a status of its own. A nil err says that everything is printed already.
type outcome struct {
	status int
	err    error
}

func (o *outcome) Error() string {
	if o.err == nil {
		return fmt.Sprintf("exit status %d", o.status)
	}
	return o.err.Error()
}

func (o *outcome) Unwrap() error { return o.err }

// usagef is an error of the one who typed.
func usagef(format string, a ...any) error {
	return &outcome{exitUsage, fmt.Errorf(format, a...)}
}

// work marks the errors of a command's own work: all others come from parsing, before it, and are errors of usage.
func work(f func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := f(cmd, args)
		if err == nil || errors.As(err, new(*outcome)) {
			return err
		}
		return &outcome{exitError, err}
	}
}

// conclude prints what ended cmd and returns the exit status.
func conclude(errOut io.Writer, cmd *cobra.Command, err error) int {
	if err == nil {
		return exitOK
	}
	var o *outcome
	if !errors.As(err, &o) {
		o = &outcome{exitUsage, err}
	}
	switch {
	case o.err == nil:
	case errors.Is(o.err, context.Canceled):
		fmt.Fprintf(errOut, "oraclenode: interrupted: %s\n", errorText(o.err))
	default:
		fmt.Fprintf(errOut, "oraclenode: %s\n", errorText(o.err))
	}
	if o.status == exitUsage && o.err != nil {
		fmt.Fprintf(errOut, "Run '%s --help' for usage.\n", cmd.CommandPath())
	}
	return o.status
}

// Bounds of an error that is printed.
const (
	maxErrorLines = 100
	maxErrorRunes = 2000 // of a line
)

// errorText is an error that no terminal takes for a command: nodes put their own words into errors.
func errorText(err error) string {
	lines := strings.Split(err.Error(), "\n")
	lines = lines[:min(len(lines), maxErrorLines)]
	for i, line := range lines {
		lines[i] = strings.Map(func(r rune) rune {
			if !unicode.IsPrint(r) {
				return ' '
			}
			return r
		}, line)
		if runes := []rune(lines[i]); len(runes) > maxErrorRunes {
			lines[i] = string(runes[:maxErrorRunes]) + "…"
		}
	}
	return strings.Join(lines, "\n")
}

// flagError words a refused flag like a refused setting, and keeps secret values out of it.
func flagError(_ *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return refusedValue("--"+invalid.GetFlag().Name, invalid.GetFlag(), invalid.GetValue(), invalid.Unwrap())
	}
	return &outcome{exitUsage, err}
}

// refusedValue says which key of which source has an impossible value.
func refusedValue(key string, flag *pflag.Flag, value string, cause error) error {
	if isSecret(flag) {
		return usagef("%s: %w", key, cause)
	}
	return usagef("%s is %q: %w", key, value, worded(flag, cause))
}

// worded says what a flag wants, where the cause is an error of Go's number parsers, which speak of themselves.
func worded(flag *pflag.Flag, cause error) error {
	switch {
	case !errors.As(cause, new(*strconv.NumError)):
		return cause
	case flag.Value.Type() == "bool":
		return errors.New("want true or false")
	case errors.Is(cause, strconv.ErrRange):
		return errors.New("this number is too large or too small")
	}
	return errors.New("want a whole number")
}
