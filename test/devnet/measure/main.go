// Command measure runs devnets of several sizes, reads from the members' own descriptions when each round reached which step, and from /proc what the
// members use, and writes docs/performance.md.
//
//	devnet.Watch ──► watch: statuses, /proc ──► round, usage ──► page
//
// Members are processes of the devnet program, which is built first: oraclenode run with faults. Their clocks run faster than the machine's; every figure is of the machine's time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// settings are what is measured, and how.
type settings struct {
	members    []int         // sizes of committees whose rounds are measured
	watched    []int         // sizes of committees whose members' memory and processor time are measured
	frames     int           // measured in each devnet, after one in which the members come to know each other
	delay      time.Duration // simulated, one way
	slot       time.Duration // of up to manyMembers
	slotMany   time.Duration // of more
	slotIdle   time.Duration // while nothing happens
	page       string
	repository string
}

// manyMembers is how many are not slowed down.
const manyMembers = 16

// slotOf is how long a slot takes in a devnet of so many members: long enough that a round is over within a slot or two.
func (s settings) slotOf(members int) time.Duration {
	if members > manyMembers {
		return s.slotMany
	}
	return s.slot
}

var errUsage = errors.New("cannot be measured as asked")

func parse(arguments []string) (settings, error) {
	s := settings{members: []int{4, 7, 16, 31}, watched: []int{7, 31}}
	flags := flag.NewFlagSet("measure", flag.ContinueOnError)
	sizes := func(to *[]int) func(string) error {
		return func(text string) (err error) {
			*to, err = parseSizes(text)
			return err
		}
	}
	flags.Func("members", "sizes of committees, separated by commas (default 4,7,16,31)", sizes(&s.members))
	flags.Func("watched", "sizes of committees whose members' memory and processor time are measured, of those (default 7,31)", sizes(&s.watched))
	flags.IntVar(&s.frames, "frames", 3, "frames measured in each devnet")
	flags.DurationVar(&s.delay, "delay", 100*time.Millisecond, "simulated delay, one way")
	flags.DurationVar(&s.slot, "slot", 400*time.Millisecond, "how long a slot takes in devnets of up to 16 members")
	flags.DurationVar(&s.slotMany, "slot-many", 1200*time.Millisecond, "how long a slot takes in devnets of more members")
	flags.DurationVar(&s.slotIdle, "slot-idle", 3*time.Second, "how long a slot takes while idle members are measured")
	flags.StringVar(&s.repository, "repository", ".", "folder of the module")
	flags.StringVar(&s.page, "write", "", "page to write the result to as well, such as docs/performance.md")
	if err := flags.Parse(arguments); err != nil {
		return settings{}, fmt.Errorf("flags: %w", err)
	}
	if s.frames < 1 || s.delay <= 0 || flags.NArg() > 0 {
		return settings{}, fmt.Errorf("flags: %w: at least one frame and some delay", errUsage)
	}
	return s, nil
}

func parseSizes(text string) (sizes []int, err error) {
	for _, word := range strings.Split(text, ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, fmt.Errorf("%w: %q is no number of members", errUsage, word)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1) //nolint:gocritic // the signals need no reset at the end of the process
	}
}

// run measures, prints the page and writes it where it was asked for.
func run(ctx context.Context, arguments []string, out, progress io.Writer) error {
	s, err := parse(arguments)
	if err != nil {
		return err
	}
	r, err := measureAll(ctx, s, progress)
	if err != nil {
		return err
	}
	page := r.page()
	if _, err := io.WriteString(out, page); err != nil {
		return fmt.Errorf("print page: %w", err)
	}
	if s.page == "" {
		return nil
	}
	if err := os.WriteFile(s.page, []byte(page), 0o644); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// build compiles the devnet into the folder, and gives the program's path.
func build(ctx context.Context, repository, folder string) (program string, err error) {
	program = filepath.Join(folder, "devnet")
	command := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/devnet")
	command.Dir = repository
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the devnet: %w\n%s", err, output)
	}
	return program, nil
}
