package dashboard

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// holdersView is everything that the page for holders shows; each text in it is bounded and plain.
type holdersView struct {
	Assets   map[string]string
	Network  string
	Headline headline
	Facts    []fact
	Sections []holderSection // none: the contracts could not be read
}

// holderSection is one thing that holders do.
type holderSection struct {
	ID, Name, Title string
	Lead            string
	State           *cell
	Notes           []noteView // what is closed or waits
	Facts           []fact
	Text            []string // paragraphs
	Calls           []callView
	Contracts       []argument // their addresses
}

// noteView is a state that stands in the way, and what ends it.
type noteView struct{ Text, Ends string }

// callView is a function of a contract as a holder calls it.
type callView struct {
	ID        string
	Title     string
	Contract  string
	Address   string
	Function  string // its signature, to copy
	Arguments []argument
	Returns   string // exactly what the contract gives now; empty: nothing to tell
	Means     string // the same in words
}

// Name is the function's, without its arguments.
func (c callView) Name() string {
	name, _, _ := strings.Cut(c.Function, "(")
	return name
}

// argument is one that a call takes, or ether that is sent along.
type argument struct {
	Name, Text string
	Copy       string // the value itself, where there is one; empty: none
}

// holdersOf describes what holders can do. All times are seen from the block's.
func holdersOf(h status.Holders) holdersView {
	return holdersView{
		Network: word(h.Network), Headline: holdersHeadline(h), Facts: holdersFacts(h),
		Sections: []holderSection{depositSection(h), wrapSection(h), requestSection(h), claimSection(h), silenceSection(h), addressSection(h)},
	}
}

// holdersUnknown is the page while the contracts cannot be read.
func holdersUnknown(o status.Overview, err error) holdersView {
	return holdersView{Network: word(o.Network.Name), Headline: headline{bad, "The contracts could not be read", capital(sentence(err.Error())) + "."}}
}

// holdersHeadline says in a line what is open.
func holdersHeadline(h status.Holders) headline {
	var closed []string
	if !h.Deposits.Open {
		closed = append(closed, "deposits")
	}
	if !h.Requests.Open {
		closed = append(closed, "new requests")
	}
	const readOnly = "This page only reads. It asks for no key and sends nothing: you call the contracts with a wallet of your own."
	switch {
	case len(closed) > 0:
		return headline{warning, capital(strings.Join(closed, " and ")) + " are closed for now", "Below it says why, and what ends it. Claims and unwrapping always work. " + readOnly}
	case h.Doubts.InDoubt || h.Doubts.Held:
		return headline{warning, "All is open, and the rate is in doubt", "Withdrawals may wait for the next report. Below it says why, and what ends it. " + readOnly}
	case !h.Reports.PausedUntil.IsZero():
		return headline{warning, "All is open, and reports are paused", "Withdrawals wait until reports go on. " + readOnly}
	}
	return headline{good, "All is open", "You can deposit, wrap, withdraw and claim. " + readOnly}
}

func holdersFacts(h status.Holders) []fact {
	now := h.Block.Time
	return []fact{
		{Name: "1 wtmETH", Value: ether(h.Rate.WeiPerToken, 9) + " ETH", Note: "at the rate in force"},
		{Name: "Requests that wait", Value: count(h.Requests.Waiting), Note: "for " + ether(h.Requests.WaitingPayWei, 4) + " ETH"},
		{Name: "Ether in the pool", Value: ether(h.Requests.BufferedWei, 4) + " ETH", Note: "the rest is staked"},
		{Name: "Read at block", Value: count(h.Block.Number), Note: short(h.Block.Hash.Hex()) + timeNote(now)},
	}
}

func timeNote(t time.Time) string {
	if i := at(t, t); i != nil {
		return ", " + i.Full
	}
	return ""
}

// exact writes wei in ether with every decimal that it has.
func exact(wei string) string {
	n := format.Integer(wei)
	if n == nil {
		return "unknown"
	}
	return strings.ReplaceAll(format.Exact(n, format.WeiDecimals), ",", "\u202f")
}

// whole is an amount as the contract gives it, to copy.
func whole(wei string) string {
	if n := format.Integer(wei); n != nil {
		return n.String()
	}
	return "unknown"
}

// capital begins a sentence.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// openCell tells whether something is taken now.
func openCell(open bool) *cell {
	if open {
		return &cell{Sign: "yes", Text: "Open"}
	}
	return &cell{Sign: "bad", Text: "Closed for now"}
}

// addressSection names the contracts.
func addressSection(h status.Holders) holderSection {
	return holderSection{
		ID: "addresses", Name: "Addresses", Title: "The contracts",
		Lead: fmt.Sprintf("On the chain with the number %d. Compare them with a second source before you send ether.", h.ChainID),
		Contracts: []argument{
			{"The pool", "StakingPool", h.Contracts.StakingPool.Hex()}, {"tmETH", "StakedEther", h.Contracts.StakedEther.Hex()},
			{"wtmETH", "WrappedStakedEther", h.Contracts.WrappedStakedEther.Hex()}, {"The queue", "WithdrawalQueue", h.Contracts.WithdrawalQueue.Hex()},
		},
	}
}
