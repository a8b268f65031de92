package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Exit statuses of every command. They are documented in the help of the root.
const (
	ExitOK        = 0
	ExitError     = 1
	ExitFindings  = 2  // the command did its work and found a difference
	ExitUnchecked = 3  // nothing differs, but something could not be checked
	ExitUsage     = 64 // wrong command, flag, argument or setting
)

// Outcome ends a command with a status of its own. A nil err says that everything is printed already.
type Outcome struct {
	Status int
	Err    error
}

func (o *Outcome) Error() string {
	if o.Err == nil {
		return fmt.Sprintf("exit status %d", o.Status)
	}
	return o.Err.Error()
}

func (o *Outcome) Unwrap() error { return o.Err }

// Usagef is an error of the one who typed.
func Usagef(format string, a ...any) error {
	return &Outcome{ExitUsage, fmt.Errorf(format, a...)}
}

// Work marks the errors of a command's own work: all others come from parsing, before it, and are errors of usage.
func Work(f func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := f(cmd, args)
		if err == nil || errors.As(err, new(*Outcome)) {
			return err
		}
		return &Outcome{ExitError, err}
	}
}

// Conclude prints what ended cmd and returns the exit status.
func Conclude(errOut io.Writer, cmd *cobra.Command, err error) int {
	name := cmd.Root().Name()
	if err == nil {
		return ExitOK
	}
	var o *Outcome
	if !errors.As(err, &o) {
		o = &Outcome{ExitUsage, err}
	}
	switch {
	case o.Err == nil:
	case errors.Is(o.Err, context.Canceled):
		fmt.Fprintf(errOut, "%s: interrupted: %s\n", name, ErrorText(o.Err))
	default:
		fmt.Fprintf(errOut, "%s: %s\n", name, ErrorText(o.Err))
	}
	if o.Status == ExitUsage && o.Err != nil {
		fmt.Fprintf(errOut, "Run '%s --help' for usage.\n", cmd.CommandPath())
	}
	return o.Status
}

// Bounds of an error that is printed.
const (
	maxErrorLines = 100
	maxErrorRunes = 2000 // of a line
)

// ErrorText is an error that no terminal takes for a command: nodes put their own words into errors.
func ErrorText(err error) string {
	return format.PrintableLines(err.Error(), maxErrorLines, maxErrorRunes)
}

// FlagError words a refused flag like a refused setting, and keeps secret values out of it.
func FlagError(_ *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return refusedValue("--"+invalid.GetFlag().Name, invalid.GetFlag(), invalid.GetValue(), invalid.Unwrap())
	}
	if former := formerFlag(err); former != nil {
		err = former
	}
	return &Outcome{ExitUsage, err}
}

// refusedValue says which key of which source has an impossible value.
func refusedValue(key string, flag *pflag.Flag, value string, cause error) error {
	if IsSecret(flag) {
		return Usagef("%s: %w", key, cause)
	}
	return Usagef("%s is %q: %w", key, value, worded(flag, value, cause))
}

// worded says what a flag of pflag's own types wants. Its own errors tell no bad number from one that does not fit.
func worded(flag *pflag.Flag, value string, cause error) error {
	switch flag.Value.Type() {
	case "bool":
		return errors.New("want true or false")
	case "int", "uint64":
		if _, isNumber := new(big.Int).SetString(value, 0); isNumber {
			return errors.New("this number is too large or too small")
		}
		return errors.New("want a whole number")
	}
	return cause
}
