package metrics

import (
	"strings"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Code is one value of a label: what a query and an alert are written with.
type Code struct {
	Text    string // as the status has it
	Code    string // in snake case
	Meaning string // a sentence's part; empty: text says it
}

// CodeTable are the codes of one label of one metric.
type CodeTable struct {
	Metric, Label string
	Codes         []Code
}

// CodeTables are all labels that have codes, but for the reasons and alarms of docs/reasons.md.
func CodeTables() []CodeTable {
	return []CodeTable{
		{"tidemark_round_stage", "stage", stageCodes()},
		{"tidemark_rounds_total", "result", roundCodes()},
		{"tidemark_submissions_total", "result", submissionCodes()},
		{"tidemark_keeper_chores_total", "chore", choreCodes()},
		{"tidemark_recent_reports", "outcome", outcomeCodes()},
		{"tidemark_dropped_messages_total", "kind", dropKinds()},
		{"tidemark_dropped_messages_total", "reason", dropCodes()},
		{"tidemark_dropped_messages_total", "reason, of network kinds", networkDropCodes()},
	}
}

func stageCodes() []Code {
	return []Code{
		{string(status.Waiting), "waiting", "the reference slot is not final yet"},
		{string(status.Computing), "computing", "the state is read and verified"},
		{string(status.Observed), "observed", "this node has sent its report to the others"},
		{string(status.Voted), "voted", "this node has voted"},
		{string(status.Certified), "certified", "a quorum has signed"},
		{string(status.Submitted), "submitted", "a transaction is on its way"},
		{string(status.Accepted), "accepted", "the contract has the report; its block is not final yet"},
		{string(status.Done), "done", "the acceptance is final"},
		{string(status.Unreported), "missed", "the deadline passed without a report"},
	}
}

func roundCodes() []Code {
	return []Code{
		{string(consensus.Reported), "reported", "the contract has the report"},
		{string(consensus.Superseded), "superseded", "the committee changed: the round goes on in the new one"},
		{string(consensus.NotReported), "not_computed", "missed: this node has no report and saw no certificate"},
		{string(consensus.NoQuorum), "no_quorum", "missed: too few members have this node's report"},
		{string(consensus.NotCertified), "not_certified", "missed: enough members have the report, too few voted"},
		{string(consensus.NotSubmitted), "not_submitted", "missed: certified, but not on chain"},
	}
}

func submissionCodes() []Code {
	return []Code{
		{"accepted", "accepted", "mined, and the contract took the report"},
		{"reverted", "reverted", "mined, and the contract refused: as a rule another member's came first"},
		{"cancelled", "cancelled", "a transfer to itself took its place: the report was in already"},
		{"superseded", "superseded", "another program used its nonce"},
	}
}

// choreCodes are the functions that keepers call; a test of package node holds them against those.
func choreCodes() []Code {
	return []Code{
		{"proveKey", "prove_key", "what became of a key's first ether was shown"},
		{"proveBuilder", "prove_builder", "a key's first ether went to a builder"},
		{"noteOverdue", "note_overdue", "a key was not proven in time"},
		{"proveLeaving", "prove_leaving", "a key leaves or was slashed"},
		{"prune", "prune", "an operator's order was cleared"},
		{"topUp", "top_up", "the buffer's ether went to the keys in turn"},
		{"predeposit", "predeposit", "the next keys got their first ether"},
	}
}

func outcomeCodes() []Code {
	return []Code{
		{accepted, "accepted", "the token was rebased"},
		{"quarantined", "quarantined", "the contract holds it for the guardians"},
		{"rejected", "rejected", "a guardian dropped it"},
	}
}

// networkKind begins the kinds of what the network drops before the agreement sees it.
const networkKind = "network "

// dropKinds are the kinds of what is dropped.
func dropKinds() []Code {
	return []Code{
		{"observation", "observation", "which report a member has"}, {"vote", "vote", "a member's vote"}, {"certificate", "certificate", "a quorum's votes"},
		{"status", "status", "which rounds a member is in"}, {"round request", "round_request", "a question for all of a round"},
		{"round answer", "round_answer", "the answer to it"}, {"computed", "computed", "a report that this node computed"},
		{networkKind + "connection", "network_connection", "a connection of a peer"}, {networkKind + "gossip", "network_gossip", "gossip, in or out"},
		{networkKind + "sync", "network_sync", "a message for one peer, in or out"}, {networkKind + "hello", "network_hello", "the greeting of a connection"},
		{networkKind + "addresses", "network_addresses", "addresses of members that a peer sent"},
	}
}

// dropCodes are why the agreement did not use a message.
func dropCodes() []Code {
	reasons := []consensus.Reason{
		consensus.ReasonDuplicate, consensus.ReasonOldAttempt, consensus.ReasonOldRound, consensus.ReasonFutureRound, consensus.ReasonCommittee,
		consensus.ReasonUnrequested, consensus.ReasonNotMember, consensus.ReasonCertified, consensus.ReasonEquivocated, consensus.ReasonClosed,
		consensus.ReasonHalted, consensus.ReasonStale, consensus.ReasonMalformed, consensus.ReasonWrongSender, consensus.ReasonBadVote,
		consensus.ReasonKnownBad, consensus.ReasonBadReport, consensus.ReasonNoQuorum, consensus.ReasonBadCertificate,
	}
	codes := make([]Code, len(reasons))
	for i, r := range reasons {
		codes[i] = Code{string(r), string(r), r.Text()}
	}
	return codes
}

// networkDropCodes are why the network dropped something before the agreement saw it.
func networkDropCodes() []Code {
	codes := []Code{}
	for _, c := range []struct {
		reason  p2p.Reason
		meaning string
	}{
		{p2p.ReasonMalformed, "bytes or fields that no node sends"},
		{p2p.ReasonOversized, "more bytes than any such message has"},
		{p2p.ReasonRejected, "an honest sender never sends it"},
		{p2p.ReasonIgnored, "the node has no use for it"},
		{p2p.ReasonReplayed, "gossip of an author that came before"},
		{p2p.ReasonDuplicate, "gossip that another peer delivered first"},
		{p2p.ReasonNotAuthor, "the author is not in the committee of the topic"},
		{p2p.ReasonSignature, "the gossip's signature is missing or does not verify"},
		{p2p.ReasonWrongTopic, "another committee's message, or a kind that is not gossip"},
		{p2p.ReasonRate, "more than a peer may send"},
		{p2p.ReasonAuthorRate, "more than an author may send"},
		{p2p.ReasonBusy, "too many messages of one author wait for validation"},
		{p2p.ReasonOverloaded, "too much gossip at once, from all peers together"},
		{p2p.ReasonTopics, "more subscriptions than there are committees"},
		{p2p.ReasonQueueFull, "outgoing: the peer reads too slowly"},
		{p2p.ReasonNotConnected, "outgoing: the peer is not connected"},
		{p2p.ReasonSendFailed, "outgoing: sending failed"},
		{p2p.ReasonNotJoined, "gossip of a committee whose topic the node is not in"},
		{p2p.ReasonNotMember, "a connection of a peer that is neither member nor observer"},
		{p2p.ReasonBanned, "a connection of a peer that is cut off for a while"},
		{p2p.ReasonReconnectRate, "a connection of a peer that connects again and again"},
		{p2p.ReasonOtherNetwork, "a connection of a peer of another network"},
	} {
		codes = append(codes, Code{string(c.reason), string(c.reason), c.meaning})
	}
	return codes
}

// codeOf is the code of a text: that of the tables, or the text in snake case. Codes of docs/reasons.md have hyphens; here they have underscores.
func codeOf(text string, codes []Code) string {
	for _, c := range codes {
		if c.Text == text {
			return c.Code
		}
	}
	return snakeCase(text)
}

// snakeCase writes the words of a text in lower case, joined by underscores.
func snakeCase(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "_")
}
