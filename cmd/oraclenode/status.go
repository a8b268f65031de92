package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

const (
	defaultAPI     = "127.0.0.1:9110"
	statusPath     = "/api/v1/status"
	statusTimeout  = 10 * time.Second
	defaultRedraws = 2 * time.Second
	clearScreen    = "\x1b[H\x1b[2J"
)

type statusFlags struct {
	api      *url.URL
	asJSON   bool
	watch    bool
	interval cli.PositiveDuration
}

func newStatus(env environment) *cobra.Command {
	f := statusFlags{interval: cli.PositiveDuration(defaultRedraws)}
	api := apiValue(&f.api)
	cli.MustMark(api.Set(defaultAPI))
	cmd := &cobra.Command{
		Use:   "status [--api URL]",
		Short: "Print the status of a running node",
		Long: `Ask a running node for its status and print it: whether it is ready and what is missing, the round and which members sent something in it, the last report,
the members, balances, endpoints and alarms. Colours are for terminals only, and off where NO_COLOR is set.

Ends with status 0 if the node is ready, 2 if it is not, and 1 if it could not be asked.`,
		Example: `  oraclenode status
  oraclenode status --watch
  oraclenode status --api http://127.0.0.1:9111 --json | jq .rounds[0].stage
  oraclenode status > /dev/null || mail -s 'member is not ready' operator@example.org < /dev/null`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE:                  cli.Work(func(cmd *cobra.Command, _ []string) error { return showStatus(cmd.Context(), env, f) }),
	}
	flags := cmd.Flags()
	flags.Var(api, "api", "`URL` or HOST:PORT at which the node answers")
	cli.MarkSetting(flags, "api")
	flags.BoolVar(&f.asJSON, "json", false, "print the status as JSON")
	flags.BoolVar(&f.watch, "watch", false, "print it anew until interrupted")
	flags.Var(&f.interval, "interval", "time between two prints of --watch")
	cli.MarkSecret(flags, "api")
	return cmd
}

// apiValue is where a node answers: the setting api of the node as it stands, HOST:PORT, or a URL. Empty: the node answers nowhere.
func apiValue(at **url.URL) pflag.Value {
	parse := func(text string) (*url.URL, error) {
		if text == "" {
			return nil, nil
		}
		if _, _, err := net.SplitHostPort(text); err == nil && !strings.Contains(text, "://") {
			text = "http://" + text
		}
		endpoint, err := cli.ParseEndpoint(text)
		if err != nil {
			return nil, errors.New("want HOST:PORT or the http or https URL of a node's API")
		}
		return endpoint, nil
	}
	return cli.Optional(at, "URL", parse, cli.WithoutSecrets)
}

func showStatus(ctx context.Context, env environment, f statusFlags) error {
	if f.api == nil {
		return cli.Usagef("the setting api is empty, so the node answers nowhere: name its address with --api")
	}
	client := newStatusClient()
	defer client.CloseIdleConnections()
	if !f.watch {
		s, raw, err := fetchStatus(ctx, client, f.api)
		if err != nil {
			return err
		}
		return printStatusOnce(env, f, s, raw)
	}
	for {
		s, raw, err := fetchStatus(ctx, client, f.api)
		if env.outTerminal && !f.asJSON {
			fmt.Fprint(env.out, clearScreen)
		}
		switch {
		case ctx.Err() != nil:
			return nil // interrupted, as was meant
		case err != nil:
			fmt.Fprintf(env.out, "%v\n", err)
		default:
			if err := printStatus(env, f, s, raw); err != nil {
				return err
			}
		}
		if env.sleep(ctx, time.Duration(f.interval)) != nil {
			return nil
		}
	}
}

func printStatusOnce(env environment, f statusFlags, s status.Status, raw []byte) error {
	if err := printStatus(env, f, s, raw); err != nil {
		return err
	}
	if !s.Ready {
		return &cli.Outcome{Status: cli.ExitFindings}
	}
	return nil
}

func printStatus(env environment, f statusFlags, s status.Status, raw []byte) error {
	if f.asJSON {
		if _, err := env.out.Write(raw); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
		return nil
	}
	v := statusView{status: s, palette: newPalette(env)}
	return v.print(env.out)
}

func newStatusClient() *http.Client {
	return &http.Client{Timeout: statusTimeout, Transport: http.DefaultTransport.(*http.Transport).Clone()}
}

// fetchStatus asks a node; raw is what it said, with a line end.
func fetchStatus(ctx context.Context, client *http.Client, node *url.URL) (s status.Status, raw []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, node.JoinPath(statusPath).String(), nil)
	if err != nil {
		return s, nil, errors.New("the URL of --api cannot be used") // the error would repeat it
	}
	response, err := client.Do(request)
	if err != nil {
		var cause *url.Error
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return s, nil, fmt.Errorf("ask the node at %s: %w: check that it runs and has this address as its setting api, or name another with --api", cli.WithoutSecrets(node), err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return s, nil, fmt.Errorf("ask the node at %s: HTTP %d: check that this is the address of a node's setting api", cli.WithoutSecrets(node), response.StatusCode)
	}
	raw, err = io.ReadAll(io.LimitReader(response.Body, status.MaxBytes+1))
	if err != nil {
		return s, nil, fmt.Errorf("ask the node at %s: %w", cli.WithoutSecrets(node), err)
	}
	s, err = status.Decode(bytes.NewReader(raw))
	switch {
	case errors.Is(err, status.ErrAudit):
		return s, nil, fmt.Errorf("ask the node at %s: %w: open it in a browser, or name the node's address with --api", cli.WithoutSecrets(node), err)
	case err != nil:
		return s, nil, fmt.Errorf("ask the node at %s: %w", cli.WithoutSecrets(node), err)
	}
	return s, append(bytes.TrimRight(raw, "\n"), '\n'), nil
}
