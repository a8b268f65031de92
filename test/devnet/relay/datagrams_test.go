package relay_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
)

const patience = 20 * time.Second

// echo answers every datagram with itself.
func echo(t *testing.T) *net.UDPConn {
	t.Helper()
	server, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		buffer := make([]byte, 2048)
		for {
			n, from, err := server.ReadFromUDPAddrPort(buffer)
			if err != nil {
				return
			}
			_, _ = server.WriteToUDPAddrPort(buffer[:n], from)
		}
	}()
	t.Cleanup(func() {
		server.Close()
		<-done
	})
	return server
}

func dial(t *testing.T, port int) *net.UDPConn {
	t.Helper()
	c, err := net.DialUDP("udp4", nil, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(patience)))
	return c
}

func TestADatagramTakesTheDelayEachWayAndKeepsItsPlace(t *testing.T) {
	const delay, count = 30 * time.Millisecond, 20
	r, err := relay.NewDatagrams(echo(t).LocalAddr().String(), delay, time.Now)
	require.NoError(t, err)
	defer r.Close()
	c := dial(t, r.Port())
	sent := time.Now()
	for i := range count {
		_, err := fmt.Fprintf(c, "%d", i)
		require.NoError(t, err)
	}
	buffer := make([]byte, 2048)
	for i := range count {
		n, err := c.Read(buffer)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(i), string(buffer[:n]))
		require.GreaterOrEqual(t, time.Since(sent), 2*delay)
	}
}

func TestEachSourceGetsItsOwnAnswers(t *testing.T) {
	r, err := relay.NewDatagrams(echo(t).LocalAddr().String(), 0, time.Now)
	require.NoError(t, err)
	defer r.Close()
	sources := []*net.UDPConn{dial(t, r.Port()), dial(t, r.Port())}
	for i, c := range sources {
		_, err := fmt.Fprintf(c, "from %d", i)
		require.NoError(t, err)
	}
	buffer := make([]byte, 2048)
	for i, c := range sources {
		n, err := c.Read(buffer)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("from %d", i), string(buffer[:n]))
	}
}

func TestATargetThatIsNotThereYetIsReachedLater(t *testing.T) {
	gone, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	address := gone.LocalAddr().(*net.UDPAddr)
	require.NoError(t, gone.Close())
	r, err := relay.NewDatagrams(address.String(), 0, time.Now)
	require.NoError(t, err)
	defer r.Close()
	c := dial(t, r.Port())
	_, err = c.Write([]byte("lost"))
	require.NoError(t, err)

	target, err := net.ListenUDP("udp4", address)
	require.NoError(t, err)
	defer target.Close()
	require.NoError(t, target.SetDeadline(time.Now().Add(patience)))
	heard := make(chan string, 1)
	go func() {
		buffer := make([]byte, 2048)
		for {
			n, err := target.Read(buffer)
			if text := string(buffer[:n]); err != nil || text == "kept" {
				heard <- text
				return
			}
		}
	}()
	require.Eventually(t, func() bool {
		_, _ = c.Write([]byte("kept"))
		select {
		case text := <-heard:
			return text == "kept"
		default:
			return false
		}
	}, patience, 10*time.Millisecond)
}

func TestWhatIsUnderWayDoesNotHinderTheEnd(t *testing.T) {
	r, err := relay.NewDatagrams(echo(t).LocalAddr().String(), time.Hour, time.Now)
	require.NoError(t, err)
	_, err = dial(t, r.Port()).Write([]byte("for ever"))
	require.NoError(t, err)
	r.Close()
	r.Close()
}
