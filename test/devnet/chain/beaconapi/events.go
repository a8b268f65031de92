package beaconapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

var errTopic = errors.New("no such topic here: head, head_v2, finalized_checkpoint and chain_reorg exist")

// events streams the topics that are asked for until the client goes, or does not keep up.
func (h *handler) events(w http.ResponseWriter, r *http.Request) {
	topics, err := parseTopics(r.URL.Query()["topics"])
	if err != nil {
		writeError(w, err)
		return
	}
	events, cancel := h.chain.Subscribe()
	defer cancel()
	w.Header().Set("Content-Type", mediaEvents)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	control := http.NewResponseController(w)
	if control.Flush() != nil {
		return
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case e, open := <-events:
			if !open {
				return
			}
			if !slices.Contains(topics, e.Topic) {
				continue
			}
			data, err := json.Marshal(e.Data)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.Topic, data); err != nil || control.Flush() != nil {
				return
			}
		}
	}
}

// parseTopics reads topics that are repeated or separated by commas.
func parseTopics(values []string) (topics []Topic, err error) {
	for _, value := range values {
		for name := range strings.SplitSeq(value, ",") {
			topic := Topic(name)
			if !slices.Contains([]Topic{HeadTopic, HeadV2Topic, FinalizedTopic, ReorgTopic}, topic) {
				return nil, fmt.Errorf("%.40q: %w", name, errTopic)
			}
			topics = append(topics, topic)
		}
	}
	if len(topics) == 0 {
		return nil, fmt.Errorf("no topics are given: %w", errTopic)
	}
	return topics, nil
}
