package beacon

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// endpoint is one node with what is known of it.
type endpoint struct {
	name    string // redacted, for people
	base    *url.URL
	secrets *strings.Replacer

	mu       sync.Mutex
	verified bool // genesis and spec have matched since it was last out of reach
	failures int  // faults in a row
}

// newEndpoint reads the URL of the endpoint at position order. Its errors do not repeat the text: it may hold credentials.
func newEndpoint(order int, text string) (*endpoint, error) {
	base, err := url.Parse(text)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, fmt.Errorf("endpoint %d is not an http or https URL with a host: %w", order+1, ErrConfig)
	}
	if base.Fragment != "" {
		return nil, fmt.Errorf("endpoint %d, %s: a URL's fragment is never sent, remove it: %w", order+1, redacted(base), ErrConfig)
	}
	return &endpoint{name: redacted(base), base: base, secrets: secretsOf(base)}, nil
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

// url is the address of a call.
func (e *endpoint) url(path, query string) string {
	u := *e.base.JoinPath(path)
	switch {
	case u.RawQuery == "":
		u.RawQuery = query
	case query != "":
		u.RawQuery += "&" + query
	}
	return u.String()
}

// printable makes text from outside fit for one line of a log: without secrets, control characters and beyond 200 characters.
func (e *endpoint) printable(text string) string {
	return format.Printable(strings.TrimSpace(e.secrets.Replace(text)), 200)
}

// note keeps the health after a call that ended with err.
func (e *endpoint) note(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case err == nil:
		e.failures = 0
	case isFault(err):
		e.failures++
	}
	// Another node may answer at that address when it comes back.
	if errors.Is(err, ErrUnreachable) || errors.Is(err, ErrWrongChain) {
		e.verified = false
	}
}

func (e *endpoint) failuresInRow() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.failures
}

func (e *endpoint) isVerified() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.verified
}

func (e *endpoint) setVerified() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.verified = true
}
