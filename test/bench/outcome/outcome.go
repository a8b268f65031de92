package outcome

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrMalformed means that a text is not what a process of the benchmark prints or takes.
var ErrMalformed = errors.New("malformed")

// Outcome is what a process found; a value that it does not compute is left out.
type Outcome struct {
	Root           string `json:"root,omitempty"` // of the state, 0x and 64 hexadecimal digits
	Validators     uint64 `json:"validators,omitempty"`
	PoolValidators uint64 `json:"poolValidators,omitempty"`
	PoolGwei       uint64 `json:"poolGwei,omitempty"` // sum of the balances of the pool's validators
	Hashes         uint64 `json:"hashes,omitempty"`
}

// Print writes the outcome as one line of JSON.
func (o Outcome) Print(w io.Writer) error {
	if err := json.NewEncoder(w).Encode(o); err != nil {
		return fmt.Errorf("print outcome: %w", err)
	}
	return nil
}

// Parse reads what Print wrote.
func Parse(line []byte) (Outcome, error) {
	var o Outcome
	if err := json.Unmarshal(line, &o); err != nil {
		return Outcome{}, fmt.Errorf("outcome %.80q: %w: %w", line, ErrMalformed, err)
	}
	return o, nil
}

// ParseInspection reads what `oraclenode state inspect --json` prints.
func ParseInspection(output []byte) (Outcome, error) {
	var i struct {
		State struct {
			Root string `json:"root"`
		} `json:"state"`
		Registry struct {
			Validators uint64 `json:"validators,string"`
		} `json:"registry"`
		Pool struct {
			Validators  uint64 `json:"validators,string"`
			BalanceGwei uint64 `json:"balanceGwei,string"`
		} `json:"pool"`
	}
	if err := json.Unmarshal(output, &i); err != nil {
		return Outcome{}, fmt.Errorf("inspection %.80q: %w: %w", output, ErrMalformed, err)
	}
	return Outcome{Root: i.State.Root, Validators: i.Registry.Validators, PoolValidators: i.Pool.Validators, PoolGwei: i.Pool.BalanceGwei}, nil
}

// Agrees reports whether both found the same wherever both computed a value.
func (o Outcome) Agrees(other Outcome) bool {
	same := func(a, b uint64) bool { return a == 0 || b == 0 || a == b }
	return (o.Root == "" || other.Root == "" || o.Root == other.Root) && same(o.Validators, other.Validators) &&
		same(o.PoolValidators, other.PoolValidators) && same(o.PoolGwei, other.PoolGwei)
}

// Credentials are withdrawal credentials as a flag: hexadecimal, separated by commas.
type Credentials [][32]byte

// String is the flag's form.
func (c *Credentials) String() string {
	words := make([]string, 0, len(*c))
	for _, one := range *c {
		words = append(words, "0x"+hex.EncodeToString(one[:]))
	}
	return strings.Join(words, ",")
}

// Set parses the flag's form.
func (c *Credentials) Set(list string) error {
	*c = nil
	for word := range strings.SplitSeq(list, ",") {
		raw, err := hex.DecodeString(strings.TrimPrefix(word, "0x"))
		if err != nil || len(raw) != 32 {
			return fmt.Errorf("withdrawal credentials %.80q: %w: 32 bytes in hexadecimal are wanted", word, ErrMalformed)
		}
		*c = append(*c, [32]byte(raw))
	}
	return nil
}

// Has reports whether credentials are the pool's: those that name the address of one of these.
func (c *Credentials) Has(credentials []byte) bool {
	for i := range *c {
		if report.WithdrawsTo(credentials, report.VaultOf((*c)[i])) {
			return true
		}
	}
	return false
}
