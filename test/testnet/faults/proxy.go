// Package faults stands between a member and its nodes and lies: proxies for a beacon node and for an execution node that change single answers, so that
// tests can see each false answer refused, with the name of the endpoint that gave it.
//
//	member ──► Proxy ──► node
//	             │
//	             └ Fault: honest (none) · FlipBalance · WrongFork · Truncate · OldFinality · FalseBalance · FalseProof · Down
//
// The fault is set while the proxy runs, and Told counts the answers that it has changed: a test that never saw the lie told has proven nothing.
package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

const (
	maxRequestBytes = 16 << 20
	maxAnswerBytes  = 256 << 20
)

// Exchange is a request and the node's answer to it, which a Fault may change.
type Exchange struct {
	Path    string
	Request []byte // its body
	Header  http.Header
	Status  int
	Body    []byte
}

// Fault changes an answer and reports whether it did. It may be called by any goroutine.
type Fault func(*Exchange) bool

// Proxy passes requests on to one node. Its methods may be called at the same time.
type Proxy struct {
	// URL is where the proxy answers; Name is host and port of it, as members name their endpoints.
	URL, Name string

	server *http.Server
	fault  atomic.Pointer[Fault]
	told   atomic.Int64
	served chan error
}

// requestBody is the key of a request's body in its context.
type requestBody struct{}

// Start starts an honest proxy of the node at the URL; it listens on the address, host:port, where port 0 is a free one.
func Start(address, node string) (*Proxy, error) {
	target, err := url.Parse(node)
	if err != nil {
		return nil, fmt.Errorf("start a proxy: %w", err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("start a proxy: %w", err)
	}
	p := &Proxy{Name: listener.Addr().String(), URL: "http://" + listener.Addr().String(), served: make(chan error, 1)}
	forward := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Header.Del("Accept-Encoding") // Answers are changed, so they must not be compressed.
		},
		ModifyResponse: p.modify,
		FlushInterval:  -1, // The stream of events is passed on as it comes.
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	p.server = &http.Server{Handler: remember(forward), ReadHeaderTimeout: 10 * time.Second}
	go func() { p.served <- p.server.Serve(listener) }()
	return p, nil
}

// remember keeps a request's body for the fault.
func remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBytes))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestBody{}, body)))
	})
}

// modify hands an answer to the fault, unless it is a stream.
func (p *Proxy) modify(response *http.Response) error {
	fault := p.fault.Load()
	if fault == nil || response.Header.Get("Content-Type") == "text/event-stream" {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes))
	if err != nil {
		return fmt.Errorf("read the node's answer: %w", err)
	}
	if err := response.Body.Close(); err != nil {
		return fmt.Errorf("read the node's answer: %w", err)
	}
	request, _ := response.Request.Context().Value(requestBody{}).([]byte)
	x := &Exchange{Path: response.Request.URL.Path, Request: request, Header: response.Header, Status: response.StatusCode, Body: body}
	if (*fault)(x) {
		p.told.Add(1)
	}
	response.StatusCode, response.Status, response.ContentLength = x.Status, "", int64(len(x.Body))
	response.Header.Set("Content-Length", strconv.Itoa(len(x.Body)))
	response.Body = io.NopCloser(bytes.NewReader(x.Body))
	return nil
}

// Set has the proxy lie from now on; nil makes it honest. The count of lies begins anew.
func (p *Proxy) Set(f Fault) {
	p.told.Store(0)
	if f == nil {
		p.fault.Store(nil)
		return
	}
	p.fault.Store(&f)
}

// Applied is how many answers the fault has changed since Set.
func (p *Proxy) Applied() int64 { return p.told.Load() }

// Stop ends the proxy and every connection.
func (p *Proxy) Stop() error {
	closed := p.server.Close()
	if err := <-p.served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop the proxy: %w", err)
	}
	return closed
}

// Down answers everything as a gateway does whose node is gone.
func Down() Fault {
	return func(x *Exchange) bool {
		x.Status, x.Body = http.StatusBadGateway, nil
		return true
	}
}
