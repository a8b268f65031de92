package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

// serve offers the file as a beacon node does a state, without compression, and returns its address and the way to end it.
func serve(ctx context.Context, path, fork string) (string, func() error, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	const route = "/eth/v2/debug/beacon/states/finalized"
	handler := http.NewServeMux()
	handler.HandleFunc("GET "+route, func(w http.ResponseWriter, r *http.Request) { answer(w, r, path, fork) })
	server := &http.Server{Handler: handler, ReadHeaderTimeout: readHeaderTimeout}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	stop := func() error {
		err := server.Close()
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}
	return "http://" + listener.Addr().String() + route, stop, nil
}

func answer(w http.ResponseWriter, r *http.Request, path, fork string) {
	file, err := os.Open(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Eth-Consensus-Version", fork)
	http.ServeContent(w, r, "", info.ModTime(), file)
}
