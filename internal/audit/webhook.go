package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// Bounds of a post.
const (
	webhookTries   = 4
	webhookTimeout = 15 * time.Second
	webhookPause   = 2 * time.Second // doubles
	maxPosted      = 100             // findings in one post
)

// Webhook posts findings to a URL, which is a secret: errors name its host only. It follows no redirect.
type Webhook struct {
	target *url.URL
	client *http.Client
	sleep  func(context.Context, time.Duration) error
}

// Posted is the body of a post. Text is a summary that chat programs show; the rest is as in the lines of JSON.
type Posted struct {
	Version  int       `json:"version"`
	Network  string    `json:"network"`
	ChainID  uint64    `json:"chainId"`
	Oracle   string    `json:"oracle"`
	Text     string    `json:"text"`
	Findings []Finding `json:"findings"`
}

// NewWebhook makes a webhook. Errors: ErrWebhook for a URL that is not http or https; the URL is not repeated.
func NewWebhook(target string, transport http.RoundTripper, sleep func(context.Context, time.Duration) error) (*Webhook, error) {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%w: its URL is not of the form https://host/path", ErrWebhook)
	}
	return &Webhook{target: u, sleep: sleep, client: &http.Client{
		Transport: transport, Timeout: webhookTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Post sends findings, in posts of at most 100. A failed post is tried four times, with growing pauses; a refusal by a status of 4xx, but for 429, is not
// tried again. It gives how many findings were taken. Errors: ErrWebhook, and ctx's.
func (w *Webhook) Post(ctx context.Context, head Head, findings []Finding) (taken int, err error) {
	for taken < len(findings) {
		part := findings[taken:min(taken+maxPosted, len(findings))]
		body, err := json.Marshal(posted(head, part))
		if err != nil {
			return taken, fmt.Errorf("%w: %w", ErrWebhook, err)
		}
		if err := w.deliver(ctx, body); err != nil {
			return taken, err
		}
		taken += len(part)
	}
	return taken, nil
}

func posted(head Head, findings []Finding) Posted {
	p := Posted{Version: SchemaVersion, Network: head.Network, ChainID: head.ChainID, Oracle: head.Oracle.Hex(), Findings: findings}
	p.Text = fmt.Sprintf("%s of %s", format.Plural(len(findings), "finding"), shown(head.Network))
	for i, f := range findings {
		if i == 5 {
			p.Text += fmt.Sprintf("\nand %d more", len(findings)-i)
			break
		}
		p.Text += fmt.Sprintf("\n%s: %s", f.Kind, shown(f.Text))
	}
	return p
}

// errFinal marks a refusal that trying again does not change.
var errFinal = errors.New("refused")

func (w *Webhook) deliver(ctx context.Context, body []byte) error {
	var err error
	for try := range webhookTries {
		if try > 0 {
			if err := w.sleep(ctx, webhookPause<<(try-1)); err != nil {
				return err
			}
		}
		if err = w.once(ctx, body); err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, errFinal) {
			break
		}
	}
	return fmt.Errorf("%w: %s://%s: %w", ErrWebhook, w.target.Scheme, w.target.Host, err)
}

func (w *Webhook) once(ctx context.Context, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.target.String(), bytes.NewReader(body))
	if err != nil {
		return errFinal // the error would repeat the URL
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := w.client.Do(request)
	if err != nil {
		var withURL *url.Error
		if errors.As(err, &withURL) {
			err = withURL.Err
		}
		return err
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10) // so that the connection can be used again
	switch {
	case response.StatusCode >= 200 && response.StatusCode < 300:
		return nil
	case response.StatusCode >= 300 && response.StatusCode < 500 && response.StatusCode != http.StatusTooManyRequests:
		return fmt.Errorf("%w: HTTP status %d", errFinal, response.StatusCode)
	}
	return fmt.Errorf("HTTP status %d", response.StatusCode)
}
