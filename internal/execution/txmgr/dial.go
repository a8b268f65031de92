package txmgr

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
	"github.com/tidemark-oracle/tidemark/internal/format"

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
	for _, text := range endpoints {
		client, closeOne, err := dialOne(ctx, text, chainID)
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

func dialOne(ctx context.Context, text string, chainID uint64) (*Client, func(), error) {
	e, err := endpoint.New(text)
	if err != nil {
		return nil, nil, fmt.Errorf("want the http or https URL of an execution node: %w", err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	r, err := rpc.DialOptions(ctx, e.Name, rpc.WithHTTPClient(&http.Client{Timeout: requestTimeout, Transport: e.Transport(transport, maxResponseBytes)}))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	node := ethclient.NewClient(r)
	closeAll := func() {
		node.Close()
		transport.CloseIdleConnections()
	}
	id, err := node.ChainID(ctx)
	switch {
	case err != nil:
		err = fmt.Errorf("%s: %w: check that the node runs, listens there and serves JSON-RPC", e.Name, printable(err))
	case !id.IsUint64() || id.Uint64() != chainID:
		err = fmt.Errorf("%s is on chain %s, the manifest is of chain %d: name a node of that chain", e.Name, id, chainID)
	default:
		return NewClient(node), closeAll, nil
	}
	closeAll()
	return nil, nil, err
}

// printable cuts what a node said, and takes out what could play tricks on a terminal.
func printable(err error) error {
	var status rpc.HTTPError
	if errors.As(err, &status) {
		return fmt.Errorf("HTTP %d", status.StatusCode)
	}
	err = endpoint.WithoutURL(err) // it repeats the name
	if text := format.Printable(err.Error(), maxReason); text != err.Error() {
		return errors.New(text)
	}
	return err
}
