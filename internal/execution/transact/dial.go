package transact

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

const (
	requestTimeout   = 20 * time.Second
	maxResponseBytes = 4 << 20
	maxReason        = 300 // characters of what a node says
)

// Dial opens the first of some http or https endpoints that answers and is on the chain. close releases its connections. Errors: ErrEndpoint, with
// a reason for each endpoint.
func Dial(ctx context.Context, endpoints []string, chainID uint64) (client *Client, close func(), err error) {
	var reasons []error
	for _, endpoint := range endpoints {
		client, closeOne, err := dialOne(ctx, endpoint, chainID)
		if err == nil {
			return client, closeOne, nil
		}
		reasons = append(reasons, err)
	}
	if len(endpoints) == 0 {
		reasons = append(reasons, errors.New("none was named"))
	}
	return nil, nil, fmt.Errorf("%w: %w", ErrEndpoint, errors.Join(reasons...))
}

func dialOne(ctx context.Context, endpoint string, chainID uint64) (*Client, func(), error) {
	full, err := url.Parse(endpoint)
	if err != nil || full.Scheme != "http" && full.Scheme != "https" || full.Hostname() == "" {
		return nil, nil, errors.New("want the http or https URL of an execution node") // the text may hold a password
	}
	shown := full.Scheme + "://" + full.Host
	transport := http.DefaultTransport.(*http.Transport).Clone()
	r, err := rpc.DialOptions(ctx, shown, rpc.WithHTTPClient(&http.Client{Timeout: requestTimeout, Transport: &hidden{full, transport}}))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", shown, err)
	}
	node := ethclient.NewClient(r)
	closeAll := func() {
		node.Close()
		transport.CloseIdleConnections()
	}
	id, err := node.ChainID(ctx)
	switch {
	case err != nil:
		err = fmt.Errorf("%s: %w: check that the node runs, listens there and serves JSON-RPC", shown, shortened(err))
	case !id.IsUint64() || id.Uint64() != chainID:
		err = fmt.Errorf("%s is on chain %s, the manifest is of chain %d: name a node of that chain", shown, id, chainID)
	default:
		return New(node), closeAll, nil
	}
	closeAll()
	return nil, nil, err
}

// hidden sends requests to the full URL. Everything above it, and so every error, knows scheme and host only.
type hidden struct {
	full *url.URL
	next http.RoundTripper
}

func (h *hidden) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	target := *h.full
	if user := target.User; user != nil {
		password, _ := user.Password()
		r.SetBasicAuth(user.Username(), password)
		target.User = nil
	}
	r.URL = &target
	response, err := h.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	response.Body = &bounded{ReadCloser: response.Body, left: maxResponseBytes}
	return response, nil
}

var errTooLarge = errors.New("the answer is larger than any honest one: distrust the endpoint")

// bounded ends with an error where io.LimitReader would pretend that the answer is over.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// shortened cuts what a node said, and takes out what could play tricks on a terminal.
func shortened(err error) error {
	var status rpc.HTTPError
	if errors.As(err, &status) {
		return fmt.Errorf("HTTP %d", status.StatusCode)
	}
	text := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, err.Error())
	if len(text) <= maxReason && text == err.Error() {
		return err
	}
	return errors.New(text[:min(len(text), maxReason)])
}
