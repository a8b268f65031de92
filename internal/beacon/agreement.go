package beacon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// Agreement is a finalized checkpoint that every endpoint which answered stands by.
type Agreement struct {
	Checkpoint
	Endpoints []string // redacted names of those that stand by it

	voters []*endpoint.Endpoint
}

// Claim is what one endpoint says; a zero Root stands for "not on its finalized chain".
type Claim struct {
	Endpoint string
	Root     common.Hash
}

// Disagreement names what endpoints disagree on, and who says what. It is an ErrDisagreement.
type Disagreement struct {
	About    string // "the finalized block of epoch 7"
	Claims   []Claim
	Outliers []string // those against the majority; empty when there is none
}

// Error names every claim.
func (d *Disagreement) Error() string {
	parts := make([]string, len(d.Claims))
	for i, claim := range d.Claims {
		parts[i] = claim.Endpoint + " says " + claim.Root.Hex()
		if claim.Root == (common.Hash{}) {
			parts[i] = claim.Endpoint + " does not have it on its finalized chain"
		}
	}
	verdict := "no majority"
	if len(d.Outliers) > 0 {
		verdict = "against the majority: " + strings.Join(d.Outliers, ", ")
	}
	return fmt.Sprintf("%s: %s (%s): %s", d.About, strings.Join(parts, ", "), verdict, ErrDisagreement)
}

// Unwrap gives ErrDisagreement.
func (d *Disagreement) Unwrap() error { return ErrDisagreement }

// disagreement is nil when all claims name one root.
func disagreement(about string, claims []Claim) error {
	count := make(map[common.Hash]int)
	var most common.Hash
	for _, claim := range claims {
		count[claim.Root]++
		if count[claim.Root] > count[most] {
			most = claim.Root
		}
	}
	if len(count) < 2 {
		return nil
	}
	d := &Disagreement{About: about, Claims: claims}
	for _, claim := range claims {
		if claim.Root != most && 2*count[most] > len(claims) {
			d.Outliers = append(d.Outliers, claim.Endpoint)
		}
	}
	return d
}

// Agreement asks every endpoint for its finalized checkpoint. The lowest epoch counts, and every endpoint that is further must have
// that checkpoint's block on its finalized chain, so that no endpoint can hurry ahead with a root of its own. Endpoints that do not
// answer, are syncing or optimistic have no say. Errors: ErrDisagreement, or every endpoint's reason.
func (c *Client) Agreement(ctx context.Context) (Agreement, error) {
	voters, checkpoints, err := c.checkpoints(ctx)
	if err != nil {
		return Agreement{}, err
	}
	lowest := slices.MinFunc(checkpoints, func(a, b Checkpoint) int { return cmp.Compare(a.Epoch, b.Epoch) })
	agreed := Agreement{Checkpoint: lowest}
	var claims []Claim
	for i, claim := range c.confirm(ctx, voters, checkpoints, lowest) {
		if claim == nil {
			continue
		}
		claims = append(claims, *claim)
		agreed.voters = append(agreed.voters, voters[i])
		agreed.Endpoints = append(agreed.Endpoints, voters[i].Name)
	}
	if ctx.Err() != nil {
		return Agreement{}, fmt.Errorf("agree on the finalized checkpoint: %w", context.Cause(ctx))
	}
	return agreed, disagreement(fmt.Sprintf("the finalized block of epoch %d", lowest.Epoch), claims)
}

// checkpoints asks all endpoints at once; those that cannot be used are left out. When none can, all are asked again as ask does.
func (c *Client) checkpoints(ctx context.Context) (voters []*endpoint.Endpoint, checkpoints []Checkpoint, err error) {
	voters, checkpoints, _ = askEach(ctx, c, c.pool.Endpoints, "what is finalized", asOne(c, c.vote))
	if len(voters) > 0 {
		return voters, checkpoints, nil
	}
	type answer struct {
		voter *endpoint.Endpoint
		Checkpoint
	}
	only, err := endpoint.Ask(ctx, c.pool, "agree on the finalized checkpoint", func(ctx context.Context, e *endpoint.Endpoint) (answer, error) {
		checkpoint, err := c.vote(ctx, e)
		return answer{e, checkpoint}, err
	})
	return []*endpoint.Endpoint{only.voter}, []Checkpoint{only.Checkpoint}, err
}

// confirm gives what each voter says of the lowest checkpoint; nil for one that stopped answering.
func (c *Client) confirm(ctx context.Context, voters []*endpoint.Endpoint, checkpoints []Checkpoint, lowest Checkpoint) []*Claim {
	claims := make([]*Claim, len(voters))
	var asking sync.WaitGroup
	for i, e := range voters {
		if checkpoints[i].Epoch == lowest.Epoch {
			claims[i] = &Claim{e.Name, checkpoints[i].Root}
			continue
		}
		asking.Go(func() {
			_, err := endpoint.AskOne(ctx, c.pool, e, func(ctx context.Context, e *endpoint.Endpoint) (Block, error) {
				return c.finalizedHeaderOf(ctx, e, AtRoot(lowest.Root))
			})
			switch {
			case err == nil:
				claims[i] = &Claim{e.Name, lowest.Root}
			case errors.Is(err, ErrMissingBlock) || errors.Is(err, ErrNotFinalized):
				claims[i] = &Claim{Endpoint: e.Name}
			default:
				c.options.Log.Warn("beacon node has no say in what is finalized", "endpoint", e.Name, "reason", err)
			}
		})
	}
	asking.Wait()
	return claims
}

// askEach asks some endpoints at the same time. Those that fail have no say about something, which the log tells; answers are of the others, in their order.
func askEach[T any](
	ctx context.Context, c *Client, some []*endpoint.Endpoint, about string, ask func(context.Context, *endpoint.Endpoint) (T, error),
) (from []*endpoint.Endpoint, answers []T, failures []error) {
	all := make([]T, len(some))
	failures = make([]error, len(some))
	var asking sync.WaitGroup
	for i, e := range some {
		asking.Go(func() { all[i], failures[i] = ask(ctx, e) })
	}
	asking.Wait()
	for i, e := range some {
		switch {
		case failures[i] == nil:
			from, answers = append(from, e), append(answers, all[i])
		case ctx.Err() == nil:
			c.options.Log.Warn("beacon node has no say in "+about, "endpoint", e.Name, "reason", failures[i])
		}
	}
	return from, answers, failures
}

// asOne asks one endpoint once, and keeps its health.
func asOne[T any](c *Client, try func(context.Context, *endpoint.Endpoint) (T, error)) func(context.Context, *endpoint.Endpoint) (T, error) {
	return func(ctx context.Context, e *endpoint.Endpoint) (T, error) {
		return endpoint.AskOne(ctx, c.pool, e, try)
	}
}
