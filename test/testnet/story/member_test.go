//go:build testnet && linux

package story

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// member is one who joins the committee: a folder, a manifest, endpoints, and a process.
type member struct {
	name, home, program string
	beacons, executions []string // URLs of nodes
	listen, api         string
	space               *namespace // nil: that of the machine
	hooked              bool       // it takes commands, by which it can be cut off
	commands            io.Writer  // of a node that runs hooked; else nil
	*process

	// As keys new has made them.
	ID        common.Hash    `json:"memberId"`
	Key       string         `json:"key"`
	PeerID    string         `json:"peerId"`
	Submitter common.Address `json:"submitter"`
}

// newMember makes a folder with keys.
func newMember(ctx context.Context, program, folder, name string) (*member, error) {
	m := &member{name: name, home: filepath.Join(folder, name), program: program}
	made, err := output(ctx, program, "keys", "new", "--home", m.home, "--json")
	if err != nil {
		return nil, err
	}
	return m, json.Unmarshal(made, m)
}

// address is where others find the member, with its peer id.
func (m *member) address() string { return m.listen + "/p2p/" + m.PeerID }

func (m *member) log() string     { return filepath.Join(m.home, "log") }
func (m *member) journal() string { return filepath.Join(m.home, "journal.db") }

// join registers the member as a candidate.
func (m *member) join(ctx context.Context, execution string) error {
	_, err := output(ctx, m.program, "join", "--home", m.home, "--execution", execution, "--no-wait")
	return err
}

// run starts the node, with further flags if the test needs them.
func (m *member) run(more ...string) (err error) {
	m.commands = nil
	arguments := slices.Concat([]string{
		"--home", m.home, "--name", m.name, "--listen", m.listen, "--api", m.api,
		// The frames are short: repetitions are so too. The turns to submit are in the manifest.
		"--resend-interval", "3s", "--status-interval", "5s",
	}, m.nodes(), more)
	switch {
	case m.hooked:
		m.process, m.commands, err = launchHooked(m.log(), filepath.Join(filepath.Dir(m.program), "devnet"), append([]string{"member"}, arguments...)...)
		return err
	case m.space != nil:
		m.process, err = launch(m.log(), nil, nil, "ip", m.space.inside(m.program, append([]string{"run", "--api-expose"}, arguments...)...)...)
		return err
	}
	m.process, err = launch(m.log(), nil, nil, m.program, append([]string{"run"}, arguments...)...)
	return err
}

// nodes are the flags that name the member's nodes.
func (m *member) nodes() (flags []string) {
	for _, u := range m.beacons {
		flags = append(flags, "--beacon", u)
	}
	for _, u := range m.executions {
		flags = append(flags, "--execution", u)
	}
	return flags
}

// restart ends the node and starts it again.
func (m *member) restart(more ...string) error {
	if err := m.stop(); err != nil {
		return fmt.Errorf("stop %s: %w", m.name, err)
	}
	return m.run(more...)
}

// status asks the node for its description of itself.
func (m *member) status(ctx context.Context) (s status.Status, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+m.api+"/api/v1/status", nil)
	if err != nil {
		return s, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return s, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 4<<20))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(body, &s)
}

// mark is the length of the log now: what is logged later lies after it.
func (m *member) mark() int64 {
	info, err := os.Stat(m.log())
	if err != nil {
		return 0
	}
	return info.Size()
}

// logged reports whether a line of the log after the mark has all the words.
func (m *member) logged(mark int64, words ...string) bool {
	text, err := os.ReadFile(m.log())
	if err != nil || int64(len(text)) < mark {
		return false
	}
	lines := bufio.NewScanner(bytes.NewReader(text[mark:]))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if hasAll(lines.Text(), words) {
			return true
		}
	}
	return false
}

func hasAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}
