package cli

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// ParseHash reads 32 bytes as 0x and 64 hexadecimal digits.
func ParseHash(text string) (common.Hash, error) {
	digits, ok := strings.CutPrefix(text, "0x")
	if !ok || len(digits) != 2*common.HashLength {
		return common.Hash{}, errors.New("want 0x and 64 hexadecimal digits")
	}
	var hash common.Hash
	if err := hash.UnmarshalText([]byte(text)); err != nil {
		return common.Hash{}, errors.New("want 0x and 64 hexadecimal digits")
	}
	return hash, nil
}

// Optional is a flag of one value at a pointer, which stays nil while nothing is given. parse gives nil for a text that stands for none.
func Optional[T any](at **T, kind string, parse func(text string) (*T, error), text func(*T) string) pflag.Value {
	return &optional[T]{at, kind, parse, text}
}

type optional[T any] struct {
	at    **T
	kind  string
	parse func(text string) (*T, error)
	text  func(*T) string
}

func (v *optional[T]) Type() string { return v.kind }

func (v *optional[T]) String() string {
	if *v.at == nil {
		return ""
	}
	return v.text(*v.at)
}

func (v *optional[T]) Set(text string) error {
	value, err := v.parse(text)
	if err == nil {
		*v.at = value
	}
	return err
}

// Hash is an optional flag of 32 bytes.
func Hash(at **common.Hash) pflag.Value {
	parse := func(text string) (*common.Hash, error) {
		hash, err := ParseHash(text)
		return &hash, err
	}
	return Optional(at, "hash", parse, (*common.Hash).Hex)
}

// URL is an optional flag of an endpoint, shown without what may be secret in it.
func URL(at **url.URL) pflag.Value { return Optional(at, "URL", ParseEndpoint, WithoutSecrets) }

// ListValue is a flag that may be given several times. It implements pflag.Value and pflag.SliceValue.
type ListValue[T any] struct {
	Kind  string
	Items []T
	Usual bool // items are what holds when nothing is given: the first value replaces them
	Parse func(text string) (T, error)
	Text  func(T) string
	Same  func(a, b T) bool
}

type (
	HashList = ListValue[common.Hash]
	URLList  = ListValue[*url.URL]
)

func NewHashes() *HashList {
	return &HashList{Kind: "hash", Parse: ParseHash, Text: common.Hash.Hex, Same: func(a, b common.Hash) bool { return a == b }}
}

func NewURLs() *URLList {
	return &URLList{Kind: "URL", Parse: ParseEndpoint, Text: WithoutSecrets, Same: func(a, b *url.URL) bool { return a.String() == b.String() }}
}

func (v *ListValue[T]) Type() string { return v.Kind }

func (v *ListValue[T]) String() string { return strings.Join(v.GetSlice(), ",") }

// Set adds one value.
func (v *ListValue[T]) Set(text string) error { return v.Append(text) }

func (v *ListValue[T]) Append(text string) error {
	item, err := v.Parse(text)
	if err != nil {
		return err
	}
	if v.Usual {
		v.Items, v.Usual = nil, false
	}
	if slices.ContainsFunc(v.Items, func(other T) bool { return v.Same(item, other) }) {
		return errors.New("given twice")
	}
	if len(v.Items) == MaxListValues {
		return fmt.Errorf("at most %d values", MaxListValues)
	}
	v.Items = append(v.Items, item)
	return nil
}

func (v *ListValue[T]) Replace(texts []string) error {
	v.Items, v.Usual = nil, false
	for _, text := range texts {
		if err := v.Append(text); err != nil {
			return err
		}
	}
	return nil
}

func (v *ListValue[T]) GetSlice() []string {
	texts := make([]string, 0, len(v.Items))
	for _, item := range v.Items {
		texts = append(texts, v.Text(item))
	}
	return texts
}

// ParseEndpoint reads the URL of a node. Its error never repeats the text, which may hold a password: net/url's own does.
func ParseEndpoint(text string) (*url.URL, error) {
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.Scheme != "http" && endpoint.Scheme != "https" || endpoint.Hostname() == "" {
		return nil, errors.New("want the http or https URL of a node")
	}
	return endpoint, nil
}

// WithoutSecrets is the part of an endpoint that may be shown: no user, password, path or query, where providers put keys.
func WithoutSecrets(endpoint *url.URL) string { return endpoint.Scheme + "://" + endpoint.Host }

// ChoiceValue is one of a few words.
type ChoiceValue struct {
	Word    string
	Choices []string
}

func (v *ChoiceValue) Type() string   { return strings.Join(v.Choices, "|") }
func (v *ChoiceValue) String() string { return v.Word }

func (v *ChoiceValue) Set(text string) error {
	if !slices.Contains(v.Choices, text) {
		return fmt.Errorf("want one of %s", strings.Join(v.Choices, ", "))
	}
	v.Word = text
	return nil
}

// AddChoice defines a flag of a choice, whose words a shell completes.
func AddChoice(cmd *cobra.Command, v *ChoiceValue, name, usage string) {
	cmd.Flags().Var(v, name, usage)
	MustMark(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(v.Choices, cobra.ShellCompDirectiveNoFileComp)))
}

// PositiveDuration is a time-out.
type PositiveDuration time.Duration

func (v *PositiveDuration) Type() string   { return "duration" }
func (v *PositiveDuration) String() string { return time.Duration(*v).String() }

func (v *PositiveDuration) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return errors.New("want a duration above zero, such as 90s or 15m")
	}
	*v = PositiveDuration(d)
	return nil
}

// SlotValue is a slot or "latest", which is nil.
type SlotValue struct{ Slot *uint64 }

func (v *SlotValue) Type() string { return "N|latest" }

func (v *SlotValue) String() string {
	if v.Slot == nil {
		return "latest"
	}
	return strconv.FormatUint(*v.Slot, 10)
}

func (v *SlotValue) Set(text string) error {
	if text == "latest" {
		v.Slot = nil
		return nil
	}
	slot, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("want a slot number or latest")
	}
	v.Slot = &slot
	return nil
}

// URLTexts are URLs as nodes are asked, with the secrets that may be in them.
func URLTexts(urls []*url.URL) []string {
	all := make([]string, len(urls))
	for i, u := range urls {
		all[i] = u.String()
	}
	return all
}
