package p2p

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/multiformats/go-multiaddr"
)

// Bounds of one peer's addresses.
const (
	maxRecordBytes = 2 << 10
	maxAddresses   = 32
)

// addressBook holds the newest signed addresses of each listed peer, and unsigned hints from the configuration and the local network. It is its
// own, since libp2p's book forgets addresses a quarter of an hour after a connection is lost.
type addressBook struct {
	listed func(peer.ID) bool
	mu     sync.Mutex
	of     map[peer.ID]*addressEntry
}

type addressEntry struct {
	record []byte // signed envelope, nil for none
	seq    uint64
	signed []multiaddr.Multiaddr
	hints  []multiaddr.Multiaddr
	fresh  bool // not tried yet
}

func newAddressBook(listed func(peer.ID) bool) *addressBook {
	return &addressBook{listed: listed, of: make(map[peer.ID]*addressEntry)}
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
func (a *addressBook) add(b []byte) (added bool, err error) {
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
func (a *addressBook) addHint(info peer.AddrInfo) {
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
func (a *addressBook) entry(p peer.ID) *addressEntry {
	found, ok := a.of[p]
	if !ok {
		found = new(addressEntry)
		a.of[p] = found
	}
	return found
}

// addressesOf are all that are known, and whether some are new since the last call.
func (a *addressBook) addressesOf(p peer.ID) (known []multiaddr.Multiaddr, fresh bool) {
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
func (a *addressBook) records(of []peer.ID) [][]byte {
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
func (a *addressBook) prune() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for p := range a.of {
		if !a.listed(p) {
			delete(a.of, p)
		}
	}
}
