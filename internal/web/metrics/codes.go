package metrics

import (
	"strings"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// labelCode is one value of a label: what a query and an alert are written with.
type labelCode struct {
	text    string // as the status has it
	code    string // in snake case
	meaning string // a sentence's part; empty: text says it
}

// codeTable are the codes of one label of one metric.
type codeTable struct {
	metric, label string
	codes         []labelCode
}

// codeTables are all labels that have codes, but for the reasons and alarms of docs/reasons.md.
func codeTables() []codeTable {
	return []codeTable{
		{"tidemark_round_stage", "stage", stageCodes()},
		{"tidemark_rounds_total", "result", roundCodes()},
		{"tidemark_submissions_total", "result", submissionCodes()},
		{"tidemark_recent_reports", "outcome", outcomeCodes()},
		{"tidemark_dropped_messages_total", "kind", dropKinds()},
		{"tidemark_dropped_messages_total", "reason", dropCodes()},
		{"tidemark_dropped_messages_total", "reason, of network kinds", networkDropCodes()},
	}
}

func stageCodes() []labelCode {
	return []labelCode{
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

func roundCodes() []labelCode {
	return []labelCode{
		{string(consensus.Reported), "reported", "the contract has the report"},
		{string(consensus.Superseded), "superseded", "the committee changed: the round goes on in the new one"},
		{string(consensus.NotReported), "not_computed", "missed: this node has no report and saw no certificate"},
		{string(consensus.NoQuorum), "no_quorum", "missed: too few members have this node's report"},
		{string(consensus.NotCertified), "not_certified", "missed: enough members have the report, too few voted"},
		{string(consensus.NotSubmitted), "not_submitted", "missed: certified, but not on chain"},
	}
}

func submissionCodes() []labelCode {
	return []labelCode{
		{"accepted", "accepted", "mined, and the contract took the report"},
		{"reverted", "reverted", "mined, and the contract refused: as a rule another member's came first"},
		{"cancelled", "cancelled", "a transfer to itself took its place: the report was in already"},
		{"superseded", "superseded", "another program used its nonce"},
	}
}

func outcomeCodes() []labelCode {
	return []labelCode{
		{accepted, "accepted", "the token was rebased"},
		{"quarantined", "quarantined", "the contract holds it for the guardians"},
		{"rejected", "rejected", "a guardian dropped it"},
	}
}

// networkKind begins the kinds of what the network drops before the agreement sees it.
const networkKind = "network "

// dropKinds are the kinds of what is dropped.
func dropKinds() []labelCode {
	return []labelCode{
		{"observation", "observation", "which report a member has"}, {"vote", "vote", "a member's vote"}, {"certificate", "certificate", "a quorum's votes"},
		{"status", "status", "which rounds a member is in"}, {"round request", "round_request", "a question for all of a round"},
		{"round answer", "round_answer", "the answer to it"}, {"computed", "computed", "a report that this node computed"},
		{networkKind + "connection", "network_connection", "a connection of a peer"}, {networkKind + "gossip", "network_gossip", "gossip, in or out"},
		{networkKind + "sync", "network_sync", "a message for one peer, in or out"}, {networkKind + "hello", "network_hello", "the greeting of a connection"},
		{networkKind + "addresses", "network_addresses", "addresses of members that a peer sent"},
	}
}

// dropCodes are why the agreement did not use a message.
func dropCodes() []labelCode {
	return []labelCode{
		{string(consensus.ReasonDuplicate), "duplicate", ""},
		{string(consensus.ReasonOldAttempt), "old_attempt", ""},
		{string(consensus.ReasonOldRound), "old_round", ""},
		{string(consensus.ReasonFutureRound), "round_not_open", ""},
		{string(consensus.ReasonCommittee), "other_committee", ""},
		{string(consensus.ReasonNotAsked), "not_requested", ""},
		{string(consensus.ReasonStranger), "not_member", ""},
		{string(consensus.ReasonCertified), "round_certified", ""},
		{string(consensus.ReasonEquivocated), "evidence_complete", ""},
		{string(consensus.ReasonClosed), "round_closed", ""},
		{string(consensus.ReasonHalted), "voting_halted", "this node does not vote any more"},
		{string(consensus.ReasonStale), "stale", ""},
		{string(consensus.ReasonMalformed), "malformed", "bytes or fields that no node sends"},
		{string(consensus.ReasonNotOwn), "not_senders_own", ""},
		{string(consensus.ReasonBadVote), "bad_vote", ""},
		{string(consensus.ReasonBadBefore), "known_bad_sender", ""},
		{string(consensus.ReasonBadReport), "bad_report", ""},
		{string(consensus.ReasonTooFew), "below_quorum", ""},
		{string(consensus.ReasonBadCertificate), "bad_certificate", ""},
	}
}

// networkDropCodes are why the network dropped something before the agreement saw it.
func networkDropCodes() []labelCode {
	return []labelCode{
		{string(p2p.ReasonMalformed), "malformed", "bytes or fields that no node sends"},
		{string(p2p.ReasonOversized), "oversized", "more bytes than any such message has"},
		{string(p2p.ReasonRejected), "rejected", "an honest sender never sends it"},
		{string(p2p.ReasonIgnored), "ignored", "the node has no use for it"},
		{string(p2p.ReasonReplayed), "replayed", "gossip of an author that came before"},
		{string(p2p.ReasonDuplicate), "duplicate", "gossip that another peer delivered first"},
		{string(p2p.ReasonStranger), "author_not_member", "the author is not in the committee of the topic"},
		{string(p2p.ReasonSignature), "bad_signature", "the gossip's signature is missing or does not verify"},
		{string(p2p.ReasonWrongTopic), "wrong_topic", "another committee's message, or a kind that is not gossip"},
		{string(p2p.ReasonRate), "rate_limited", "more than a peer may send"},
		{string(p2p.ReasonTalkative), "author_rate_limited", "more than an author may send"},
		{string(p2p.ReasonBusy), "author_queue_full", "too many messages of one author wait for validation"},
		{string(p2p.ReasonThrottled), "throttled", "too much gossip at once, from all peers together"},
		{string(p2p.ReasonTopics), "too_many_topics", "more subscriptions than there are committees"},
		{string(p2p.ReasonQueueFull), "queue_full", "outgoing: the peer reads too slowly"},
		{string(p2p.ReasonUnreachable), "not_connected", "outgoing: the peer is not connected"},
		{string(p2p.ReasonSendFailed), "send_failed", "outgoing: sending failed"},
		{string(p2p.ReasonNotJoined), "topic_not_joined", "gossip of a committee whose topic the node is not in"},
		{string(p2p.ReasonNotMember), "peer_not_allowed", "a connection of a peer that is neither member nor observer"},
		{string(p2p.ReasonCut), "peer_banned", "a connection of a peer that is cut off for a while"},
		{string(p2p.ReasonChurn), "reconnects_too_often", "a connection of a peer that connects again and again"},
		{string(p2p.ReasonOtherNetwork), "other_network", "a connection of a peer of another network"},
	}
}

// codeOf is the code of a text: that of the tables, or the text in snake case. Codes of docs/reasons.md have hyphens; here they have underscores.
func codeOf(text string, codes []labelCode) string {
	for _, c := range codes {
		if c.text == text {
			return c.code
		}
	}
	return snakeCase(text)
}

// snakeCase writes the words of a text in lower case, joined by underscores.
func snakeCase(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "_")
}

// RoundCode is the value of the label result for how a round ended, as consensus.Result says it.
func RoundCode(result string) string { return codeOf(result, roundCodes()) }
