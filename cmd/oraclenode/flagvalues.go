package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// parseHash reads 32 bytes as 0x and 64 hexadecimal digits.
func parseHash(text string) (common.Hash, error) {
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

// hashValue is an optional 32-byte flag.
type hashValue struct{ hash *common.Hash }

func (v *hashValue) Type() string { return "hash" }

func (v *hashValue) String() string {
	if v.hash == nil {
		return ""
	}
	return v.hash.Hex()
}

func (v *hashValue) Set(text string) error {
	hash, err := parseHash(text)
	if err == nil {
		v.hash = &hash
	}
	return err
}

// listValue is a flag that may be given several times. It implements pflag.Value and pflag.SliceValue.
type listValue[T any] struct {
	kind  string
	items []T
	usual bool // items are what holds when nothing is given: the first value replaces them
	parse func(text string) (T, error)
	text  func(T) string
	same  func(a, b T) bool
}

type (
	hashList = listValue[common.Hash]
	urlList  = listValue[*url.URL]
)

func newHashes() *hashList {
	return &hashList{kind: "hash", parse: parseHash, text: common.Hash.Hex, same: func(a, b common.Hash) bool { return a == b }}
}

func newURLs() *urlList {
	return &urlList{kind: "URL", parse: parseEndpoint, text: withoutSecrets, same: func(a, b *url.URL) bool { return a.String() == b.String() }}
}

func (v *listValue[T]) Type() string { return v.kind }

func (v *listValue[T]) String() string { return strings.Join(v.GetSlice(), ",") }

// Set adds one value.
func (v *listValue[T]) Set(text string) error { return v.Append(text) }

func (v *listValue[T]) Append(text string) error {
	item, err := v.parse(text)
	if err != nil {
		return err
	}
	if v.usual {
		v.items, v.usual = nil, false
	}
	if slices.ContainsFunc(v.items, func(other T) bool { return v.same(item, other) }) {
		return errors.New("given twice")
	}
	if len(v.items) == maxListValues {
		return fmt.Errorf("at most %d values", maxListValues)
	}
	v.items = append(v.items, item)
	return nil
}

func (v *listValue[T]) Replace(texts []string) error {
	v.items, v.usual = nil, false
	for _, text := range texts {
		if err := v.Append(text); err != nil {
			return err
		}
	}
	return nil
}

func (v *listValue[T]) GetSlice() []string {
	texts := make([]string, 0, len(v.items))
	for _, item := range v.items {
		texts = append(texts, v.text(item))
	}
	return texts
}

// parseEndpoint reads the URL of a node. Its error never repeats the text, which may hold a password: net/url's own does.
func parseEndpoint(text string) (*url.URL, error) {
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.Scheme != "http" && endpoint.Scheme != "https" || endpoint.Hostname() == "" {
		return nil, errors.New("want the http or https URL of a node")
	}
	return endpoint, nil
}

// withoutSecrets is the part of an endpoint that may be shown: no user, password, path or query, where providers put keys.
func withoutSecrets(endpoint *url.URL) string { return endpoint.Scheme + "://" + endpoint.Host }

// choiceValue is one of a few words.
type choiceValue struct {
	word    string
	choices []string
}

func (v *choiceValue) Type() string   { return strings.Join(v.choices, "|") }
func (v *choiceValue) String() string { return v.word }

func (v *choiceValue) Set(text string) error {
	if !slices.Contains(v.choices, text) {
		return fmt.Errorf("want one of %s", strings.Join(v.choices, ", "))
	}
	v.word = text
	return nil
}

// positiveDuration is a time-out.
type positiveDuration time.Duration

func (v *positiveDuration) Type() string   { return "duration" }
func (v *positiveDuration) String() string { return time.Duration(*v).String() }

func (v *positiveDuration) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return errors.New("want a duration above zero, such as 90s or 15m")
	}
	*v = positiveDuration(d)
	return nil
}

// slotValue is a slot or "latest", which is nil.
type slotValue struct{ slot *uint64 }

func (v *slotValue) Type() string { return "N|latest" }

func (v *slotValue) String() string {
	if v.slot == nil {
		return "latest"
	}
	return strconv.FormatUint(*v.slot, 10)
}

func (v *slotValue) Set(text string) error {
	if text == "latest" {
		v.slot = nil
		return nil
	}
	slot, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("want a slot number or latest")
	}
	v.slot = &slot
	return nil
}
