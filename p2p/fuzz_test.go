package p2p

import (
	"bufio"
	"bytes"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/multiformats/go-multiaddr"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Whatever is taken is written back as the same bytes, and passes the checks of the core.
func FuzzDecode(f *testing.F) {
	for _, m := range goldenMessages() {
		b, err := Encode(m)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Decode(b, 7)
		if err != nil {
			require.ErrorIs(t, err, ErrWire)
			require.Nil(t, m)
			return
		}
		require.NoError(t, m.Validate())
		again, err := Encode(m)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}

func FuzzDecodeHello(f *testing.F) {
	b, err := EncodeHello(Hello{Network: testNetwork, Software: "tidemark/1", Clock: time.UnixMilli(1)})
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		hello, err := DecodeHello(b)
		if err != nil {
			require.ErrorIs(t, err, ErrWire)
			return
		}
		again, err := EncodeHello(hello)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}

func FuzzDecodeAddresses(f *testing.F) {
	request, err := EncodeAddressRequest([]consensus.PeerID{"a", "b"})
	require.NoError(f, err)
	f.Add(request)
	f.Fuzz(func(t *testing.T, b []byte) {
		if peers, err := DecodeAddressRequest(b); err == nil {
			again, err := EncodeAddressRequest(peers)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		if records, err := DecodeAddressAnswer(b, 4); err == nil {
			require.LessOrEqual(t, len(records), 4)
			again, err := EncodeAddressAnswer(records)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
	})
}

// Signed addresses are taken of nobody but who signed them.
func FuzzReadRecord(f *testing.F) {
	b := signedAddresses(f, testIdentity(f, 1).key, "/ip4/192.0.2.1/tcp/1", 1)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := readRecord(b)
		if err != nil {
			require.ErrorIs(t, err, ErrWire)
			return
		}
		require.LessOrEqual(t, len(found.Addrs), maxAddresses)
	})
}

func signedAddresses(t testing.TB, key crypto.PrivKey, address string, seq uint64) []byte {
	t.Helper()
	id, err := peer.IDFromPrivateKey(key)
	require.NoError(t, err)
	a, err := multiaddr.NewMultiaddr(address)
	require.NoError(t, err)
	envelope, err := record.Seal(&peer.PeerRecord{PeerID: id, Addrs: []multiaddr.Multiaddr{a}, Seq: seq}, key)
	require.NoError(t, err)
	b, err := envelope.Marshal()
	require.NoError(t, err)
	return b
}

func FuzzReadLength(f *testing.F) {
	f.Add([]byte{5})
	f.Add(bytes.Repeat([]byte{0xff}, 12))
	f.Fuzz(func(t *testing.T, b []byte) {
		length, err := readLength(bufio.NewReader(bytes.NewReader(b)), 1000)
		if err == nil {
			require.Positive(t, length)
			require.LessOrEqual(t, length, 1000)
		}
	})
}

func FuzzParseIdentity(f *testing.F) {
	text, err := testIdentity(f, 1).Marshal()
	require.NoError(f, err)
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		identity, err := ParseIdentity(text)
		if err != nil {
			require.ErrorIs(t, err, ErrIdentity)
			return
		}
		require.NoError(t, checkPeerID(identity.PeerID()))
	})
}
