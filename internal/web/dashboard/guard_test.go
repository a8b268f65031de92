package dashboard_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

func guarded(hosts ...string) http.Handler {
	return dashboard.Guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }), hosts)
}

func ask(handler http.Handler, method, host string, header map[string]string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, "http://127.0.0.1/", nil)
	request.Host = host
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

func TestOnlyAddressesLocalhostAndNamedHostsAreServed(t *testing.T) {
	for host, code := range map[string]int{
		"127.0.0.1:9110": 418, "127.0.0.1": 418, "[::1]:9110": 418, "[::1]": 418, "localhost:9110": 418, "LOCALHOST": 418, "localhost.": 418, "node.localhost": 418,
		"192.168.1.4:9110": 418, "oracle.example:443": 418, "Oracle.Example": 418,
		"evil.example": 421, "evil.example:9110": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example": 421, "notlocalhost": 421, "": 421, ":9110": 421,
		"oracle.example.evil": 421, "xoracle.example": 421,
	} {
		require.Equal(t, code, ask(guarded("oracle.example"), http.MethodGet, host, nil).Code, host)
	}
}

func TestNothingButReadingIsAnswered(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodTrace, "BREW"} {
		answer := ask(guarded(), method, "localhost", nil)
		require.Equal(t, http.StatusMethodNotAllowed, answer.Code, method)
		require.Equal(t, "GET, HEAD", answer.Header().Get("Allow"))
	}
	require.Equal(t, http.StatusTeapot, ask(guarded(), http.MethodHead, "localhost", nil).Code)
}

func TestAnotherSiteMayLinkHereButNotRead(t *testing.T) {
	for site, codes := range map[string][2]int{"cross-site": {403, 418}, "same-origin": {418, 418}, "none": {418, 418}, "": {418, 418}} {
		read := ask(guarded(), http.MethodGet, "localhost", map[string]string{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"})
		require.Equal(t, codes[0], read.Code, site)
		link := ask(guarded(), http.MethodGet, "localhost", map[string]string{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"})
		require.Equal(t, codes[1], link.Code, site)
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	handler := dashboard.New(sample.NewSource(4), dashboard.Options{})
	defer handler.Close()
	for _, path := range []string{"/", "/assets/page.css", "/plots/value-light.svg", "/api/v1/status", "/nowhere", "/api/v1/nowhere"} {
		header := get(handler, path).Header()
		policy := header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'none'", path)
		require.NotContains(t, policy, "unsafe", path)
		require.NotContains(t, policy, "*", path)
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "DENY", header.Get("X-Frame-Options"), path)
		require.Equal(t, "no-referrer", header.Get("Referrer-Policy"), path)
	}
	require.Equal(t, "no-store", get(handler, "/api/v1/status").Header().Get("Cache-Control"))
}
