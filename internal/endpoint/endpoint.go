package endpoint

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// ErrURL: not the URL of an endpoint. No error shows the text: it may hold credentials.
var ErrURL = errors.New("not an http or https URL with a host, such as http://localhost:8545")

// maxPrintable bounds a node's words in errors and logs, in characters.
const maxPrintable = 200

// Endpoint is one node: where it is and what is known of it. It is safe for concurrent use.
type Endpoint struct {
	Name string // redacted: scheme and host

	base    *url.URL
	secrets *strings.Replacer

	mu       sync.Mutex
	checked  bool // since it was last out of reach
	failures int  // faults in a row
}

// New reads an http or https URL; user info becomes basic authentication. Errors: ErrURL.
func New(text string) (*Endpoint, error) {
	base, err := url.Parse(text)
	if err != nil || base.Hostname() == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, ErrURL
	}
	if base.Fragment != "" {
		return nil, fmt.Errorf("%s: a URL's fragment is never sent, remove it: %w", redacted(base), ErrURL)
	}
	return &Endpoint{Name: redacted(base), base: base, secrets: secretsOf(base)}, nil
}

// redacted is scheme and host. Paths are left out as well: hosted nodes carry their access keys there.
func redacted(u *url.URL) string {
	name := u.Scheme + "://" + u.Host
	if strings.Trim(u.Path, "/") != "" {
		name += "/…"
	}
	if u.RawQuery != "" {
		name += "?…"
	}
	return name
}

// secretsOf replaces every part of the URL that redacted leaves out: a node or a library may repeat them in a message.
func secretsOf(u *url.URL) *strings.Replacer {
	var parts []string
	if password, ok := u.User.Password(); ok {
		parts = append(parts, u.User.String(), password, url.QueryEscape(password))
	}
	parts = append(parts, u.User.Username(), u.RawQuery)
	parts = append(parts, strings.Split(u.EscapedPath(), "/")...)
	parts = append(parts, strings.Split(u.Path, "/")...)
	for _, values := range u.Query() {
		for _, value := range values {
			parts = append(parts, value, url.QueryEscape(value))
		}
	}
	// Longer ones first: one secret may contain another.
	slices.SortFunc(parts, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, part := range parts {
		if part != "" {
			pairs = append(pairs, part, "…")
		}
	}
	return strings.NewReplacer(pairs...)
}

// URL is the address of a call: path and query are added to the endpoint's own. It holds the secrets.
func (e *Endpoint) URL(path, query string) string {
	u := *e.base
	if path != "" {
		u = *e.base.JoinPath(path)
	}
	switch {
	case u.RawQuery == "":
		u.RawQuery = query
	case query != "":
		u.RawQuery += "&" + query
	}
	return u.String()
}

// Printable makes a node's words fit for one line of a log: bounded, without the URL's secrets and without control characters.
func (e *Endpoint) Printable(text string) string {
	return format.Printable(strings.TrimSpace(e.secrets.Replace(text)), maxPrintable)
}

// Check runs check until it has passed once, and again after the endpoint was out of reach: another node may answer there then.
func (e *Endpoint) Check(ctx context.Context, check func(context.Context, *Endpoint) error) error {
	e.mu.Lock()
	checked := e.checked
	e.mu.Unlock()
	if checked || check == nil {
		return nil
	}
	if err := check(ctx, e); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.checked = true
	return nil
}

func (e *Endpoint) note(succeeded bool, c Class) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case succeeded:
		e.failures = 0
	case c.Fault:
		e.failures++
	}
	e.checked = e.checked && !c.Away
}

func (e *Endpoint) failuresInRow() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.failures
}
