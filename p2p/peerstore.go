package p2p

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"sync"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/multiformats/go-multiaddr"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p/wire"
)

// Bounds of one peer's addresses.
const (
	maxRecordBytes = 2 << 10
	maxAddresses   = 32
)

// peerstore holds the newest signed addresses of each listed peer, and unsigned hints from the configuration and the local network. It is its
// own, since libp2p's peerstore forgets addresses a quarter of an hour after a connection is lost.
type peerstore struct {
	listed func(peer.ID) bool
	mu     sync.Mutex
	of     map[peer.ID]*peerAddresses
}

type peerAddresses struct {
	record []byte // signed envelope, nil for none
	seq    uint64
	signed []multiaddr.Multiaddr
	hints  []multiaddr.Multiaddr
	fresh  bool // not tried yet
}

func newPeerstore(listed func(peer.ID) bool) *peerstore {
	return &peerstore{listed: listed, of: make(map[peer.ID]*peerAddresses)}
}

// readRecord checks who signed an envelope and for whom. Errors: ErrWire.
func readRecord(b []byte) (*peer.PeerRecord, error) {
	if len(b) > maxRecordBytes {
		return nil, fmt.Errorf("%w: signed addresses of %d bytes", ErrWire, len(b))
	}
	envelope, content, err := record.ConsumeEnvelope(b, peer.PeerRecordEnvelopeDomain)
	if err != nil {
		return nil, fmt.Errorf("%w: signed addresses: %w", ErrWire, err)
	}
	addresses, ok := content.(*peer.PeerRecord)
	switch {
	case !ok:
		return nil, fmt.Errorf("%w: signed %T", ErrWire, content)
	case !addresses.PeerID.MatchesPublicKey(envelope.PublicKey):
		return nil, fmt.Errorf("%w: addresses of %s signed by another", ErrWire, addresses.PeerID)
	case len(addresses.Addrs) > maxAddresses:
		return nil, fmt.Errorf("%w: %d signed addresses", ErrWire, len(addresses.Addrs))
	}
	return addresses, nil
}

// add takes a signed envelope, and tells whether it was new. Errors: ErrWire.
func (a *peerstore) add(b []byte) (added bool, err error) {
	found, err := readRecord(b)
	if err != nil {
		return false, err
	}
	if !a.listed(found.PeerID) || len(found.Addrs) == 0 {
		return false, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	entry := a.entry(found.PeerID)
	if entry.record != nil && found.Seq <= entry.seq {
		return false, nil
	}
	entry.record, entry.seq, entry.signed, entry.fresh = bytes.Clone(b), found.Seq, found.Addrs, true
	return true, nil
}

// addHint takes addresses that nobody signed.
func (a *peerstore) addHint(info peer.AddrInfo) {
	a.mu.Lock()
	defer a.mu.Unlock()
	entry := a.entry(info.ID)
	for _, address := range info.Addrs {
		if len(entry.hints) < maxAddresses && !multiaddr.Contains(entry.hints, address) {
			entry.hints, entry.fresh = append(entry.hints, address), true
		}
	}
}

// entry is called with the lock held.
func (a *peerstore) entry(p peer.ID) *peerAddresses {
	found, ok := a.of[p]
	if !ok {
		found = new(peerAddresses)
		a.of[p] = found
	}
	return found
}

// addressesOf are all that are known, and whether some are new since the last call.
func (a *peerstore) addressesOf(p peer.ID) (known []multiaddr.Multiaddr, fresh bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	entry, ok := a.of[p]
	if !ok {
		return nil, false
	}
	fresh, entry.fresh = entry.fresh, false
	return multiaddr.Unique(append(append([]multiaddr.Multiaddr(nil), entry.signed...), entry.hints...)), fresh
}

// records are the signed envelopes of those peers that have one.
func (a *peerstore) records(of []peer.ID) [][]byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	var found [][]byte
	for _, p := range of {
		if entry, ok := a.of[p]; ok && entry.record != nil && a.listed(p) {
			found = append(found, entry.record)
		}
	}
	return found
}

// prune forgets who is not listed any more.
func (a *peerstore) prune() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for p := range a.of {
		if !a.listed(p) {
			delete(a.of, p)
		}
	}
}

// Bounds of an exchange of addresses: members and observers.
const (
	maxAsked               = consensus.MaxMembers + maxObservers
	maxAddressRequestBytes = maxAsked * (consensus.MaxPeerIDBytes + 2)
)

func maxAddressAnswerBytes(asked int) int { return asked * (maxRecordBytes + 3) }

// EncodeAddressRequest asks for the addresses of peers. Errors: ErrWire.
func EncodeAddressRequest(peers []consensus.PeerID) ([]byte, error) {
	w := &wire.AddressRequest{Peers: make([][]byte, len(peers))}
	for i, p := range peers {
		w.Peers[i] = []byte(p)
	}
	b, err := marshal(w)
	if err == nil && (len(peers) == 0 || len(peers) > maxAsked || len(b) > maxAddressRequestBytes) {
		return nil, fmt.Errorf("encode: %w: %d peers to ask for", ErrWire, len(peers))
	}
	return b, err
}

// DecodeAddressRequest takes what EncodeAddressRequest writes. The ids are not checked. Errors: ErrWire.
func DecodeAddressRequest(b []byte) ([]consensus.PeerID, error) {
	w := new(wire.AddressRequest)
	if err := unmarshalList(b, maxAddressRequestBytes, maxAsked, w); err != nil {
		return nil, fmt.Errorf("decode addresses asked for: %w", err)
	}
	if len(w.GetPeers()) == 0 {
		return nil, fmt.Errorf("decode addresses asked for: %w: nobody's", ErrWire)
	}
	peers := make([]consensus.PeerID, len(w.GetPeers()))
	for i, p := range w.GetPeers() {
		if len(p) == 0 || len(p) > consensus.MaxPeerIDBytes {
			return nil, fmt.Errorf("decode addresses asked for: %w: peer id of %d bytes", ErrWire, len(p))
		}
		peers[i] = consensus.PeerID(p)
	}
	return peers, nil
}

// EncodeAddressAnswer is signed envelopes of peer records. Errors: ErrWire.
func EncodeAddressAnswer(records [][]byte) ([]byte, error) {
	return marshal(&wire.AddressAnswer{Records: records})
}

// DecodeAddressAnswer takes an answer to so many asked for. Signatures are not checked here. Errors: ErrWire.
func DecodeAddressAnswer(b []byte, asked int) ([][]byte, error) {
	w := new(wire.AddressAnswer)
	if err := unmarshalList(b, maxAddressAnswerBytes(asked), asked, w); err != nil {
		return nil, fmt.Errorf("decode addresses: %w", err)
	}
	for _, r := range w.GetRecords() {
		if len(r) == 0 || len(r) > maxRecordBytes {
			return nil, fmt.Errorf("decode addresses: %w: record of %d bytes", ErrWire, len(r))
		}
	}
	return w.GetRecords(), nil
}

// storeIdentified keeps what a peer signed of its own addresses.
func (h *Host) storeIdentified(e event.EvtPeerIdentificationCompleted) {
	b, err := e.SignedPeerRecord.Marshal()
	if err == nil {
		_, err = h.peerstore.add(b)
	}
	if err != nil {
		h.drops.add(whatAddresses, ReasonMalformed)
		h.log.Debug("a peer's own addresses", "peer", e.Peer, "error", err)
	}
}

// requestAddresses asks a peer where the peers are that are not connected.
func (h *Host) requestAddresses(ctx context.Context, p peer.ID) {
	missing := h.unconnected()
	if len(missing) == 0 {
		return
	}
	if err := h.exchangeAddresses(ctx, p, missing); err != nil && ctx.Err() == nil {
		h.drops.add(whatAddresses, ReasonSendFailed)
		h.log.Debug("asking for addresses", "peer", p, "error", err)
	}
}

func (h *Host) exchangeAddresses(ctx context.Context, p peer.ID, missing []consensus.PeerID) error {
	request, err := EncodeAddressRequest(missing)
	if err != nil {
		return err
	}
	s, err := h.open(ctx, p, addressProtocol)
	if err != nil {
		return err
	}
	defer s.Reset()
	defer context.AfterFunc(ctx, func() { _ = s.Reset() })()
	if err := s.SetDeadline(wireDeadline(h.config.Timing.StreamTimeout)); err != nil {
		return err
	}
	if _, err := s.Write(appendFrame(request)); err != nil {
		return err
	}
	answer, release, err := readFrame(s, bufio.NewReader(s), 1+maxAddressAnswerBytes(len(missing)), h.config.Timing.StreamTimeout)
	if err != nil {
		return err
	}
	defer release()
	return h.storeAddresses(p, answer[1:], len(missing))
}

// storeAddresses stores an answer without its first byte. What a peer passes on is signed by others, but it should have looked.
func (h *Host) storeAddresses(p peer.ID, answer []byte, asked int) error {
	records, err := DecodeAddressAnswer(answer, asked)
	if err != nil {
		h.penalize(p, penaltyMalformed, whatAddresses, ReasonMalformed)
		return err
	}
	for _, r := range records {
		added, err := h.peerstore.add(r)
		if err != nil {
			h.penalize(p, penaltyMalformed, whatAddresses, ReasonMalformed)
			return err
		}
		if added {
			h.wakeDialer()
		}
	}
	return nil
}

// serveAddresses answers with what is known of the peers that are asked for. Only members and observers get here, and only theirs are told.
func (h *Host) serveAddresses(s network.Stream) {
	defer s.Reset()
	p := s.Conn().RemotePeer()
	if !h.scores.allowSmallStream(p) {
		h.penalize(p, penaltyFlood, whatAddresses, ReasonRate)
		return
	}
	if err := h.answerAddresses(s); err != nil {
		h.log.Debug("answering for addresses", "peer", p, "error", err)
	}
}

func (h *Host) answerAddresses(s network.Stream) error {
	if err := s.SetDeadline(wireDeadline(h.config.Timing.StreamTimeout)); err != nil {
		return err
	}
	r := bufio.NewReader(s)
	request, release, err := readFrame(s, r, maxAddressRequestBytes, h.config.Timing.StreamTimeout)
	if err != nil {
		return err
	}
	defer release()
	asked, err := DecodeAddressRequest(request)
	if err != nil {
		h.penalize(s.Conn().RemotePeer(), penaltyMalformed, whatAddresses, ReasonMalformed)
		return err
	}
	peers := make([]peer.ID, len(asked))
	for i, p := range asked {
		peers[i] = peer.ID(p)
	}
	answer, err := EncodeAddressAnswer(h.peerstore.records(peers))
	if err != nil {
		return err
	}
	// A frame is never empty: a zero byte stands before the answer.
	if _, err := s.Write(appendFrame(append([]byte{0}, answer...))); err != nil {
		return err
	}
	finish(s, r, h.config.Timing.StreamTimeout)
	return nil
}
