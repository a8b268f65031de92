package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"golang.org/x/term"
)

// maxTyped bounds a line that is typed.
const maxTyped = 1024

// askerAt is environment.ask at a terminal, and nil elsewhere.
func askerAt(in *os.File, out io.Writer) func(question string, secret bool) ([]byte, error) {
	if !term.IsTerminal(int(in.Fd())) {
		return nil
	}
	return func(question string, secret bool) ([]byte, error) {
		fmt.Fprintf(out, "%s: ", question)
		if secret {
			typed, err := term.ReadPassword(int(in.Fd()))
			fmt.Fprintln(out)
			return typed, err
		}
		line, err := bufio.NewReaderSize(io.LimitReader(in, maxTyped), maxTyped).ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return bytes.TrimSpace(line), err
	}
}

// askPassword asks for the password of an existing file; nil when nobody can be asked.
func (env environment) askPassword() func(what string) ([]byte, error) {
	if env.ask == nil {
		return nil
	}
	return func(what string) ([]byte, error) { return env.ask(what, true) }
}

var errNotTheSame = errors.New("the two passwords are not the same")

// askNewPassword asks twice.
func (env environment) askNewPassword(what string) ([]byte, error) {
	first, err := env.ask(what, true)
	if err != nil {
		return nil, err
	}
	second, err := env.ask("again", true)
	if err != nil {
		return nil, err
	}
	defer clear(second)
	if !bytes.Equal(first, second) {
		clear(first)
		return nil, errNotTheSame
	}
	return first, nil
}

// confirm wants a yes: typed at the terminal, or as the flag --yes.
func (env environment) confirm(question string, yes bool) error {
	switch {
	case yes:
		return nil
	case env.ask == nil:
		return cli.Usagef("nobody can be asked here whether to send it: look at the above, and run the command again with --yes")
	}
	typed, err := env.ask(question+" [yes/no]", false)
	if err != nil {
		return err
	}
	if answer := strings.ToLower(string(typed)); answer != "yes" && answer != "y" {
		return errors.New("not confirmed: nothing was sent")
	}
	return nil
}
