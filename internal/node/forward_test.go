package node

import (
	"io"
	"net/http"
)

// forward sends a request on and the answer back, piece by piece, as event streams need it.
func forward(out http.ResponseWriter, in *http.Request, target string, transport *http.Transport) {
	request, err := http.NewRequestWithContext(in.Context(), in.Method, target+trimSecret(in.URL.RequestURI()), in.Body)
	if err != nil {
		http.Error(out, "bad request", http.StatusBadRequest)
		return
	}
	request.Header = in.Header.Clone()
	answer, err := transport.RoundTrip(request)
	if err != nil {
		http.Error(out, "unreachable", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		out.Header()[name] = values
	}
	out.WriteHeader(answer.StatusCode)
	buffer := make([]byte, 64<<10)
	for {
		n, err := answer.Body.Read(buffer)
		if _, wrong := out.Write(buffer[:n]); wrong != nil {
			return
		}
		if flusher, ok := out.(http.Flusher); ok {
			flusher.Flush()
		}
		if err != nil {
			if err != io.EOF {
				panic(http.ErrAbortHandler)
			}
			return
		}
	}
}

// trimSecret takes the path of the endpoint's URL away.
func trimSecret(path string) string {
	const secret = "/secret"
	if len(path) >= len(secret) && path[:len(secret)] == secret {
		return path[len(secret):]
	}
	return path
}
