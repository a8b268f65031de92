package dashboard

import (
	"net"
	"net/http"
	"slices"
	"strings"
)

// Guard protects what answers on loopback or a private address from foreign pages in the visitor's browser. It lets through only GET and HEAD,
// only requests for localhost, a plain address or one of hosts (a foreign name that resolves to this machine is DNS rebinding), and from
// another site nothing but a followed link. It sets the headers that every answer should have.
func Guard(next http.Handler, hosts []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header())
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			writeError(w, http.StatusMethodNotAllowed, "only GET and HEAD are answered: nothing can be changed here")
		case !hostAllowed(r.Host, hosts):
			writeError(w, http.StatusMisdirectedRequest, "this host name is not served; ask for localhost or for the address itself")
		case r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate":
			writeError(w, http.StatusForbidden, "another site's page may not read this")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hostAllowed judges a Host header, with or without a port.
func hostAllowed(header string, hosts []string) bool {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host) != nil {
		return true
	}
	return host != "" && slices.ContainsFunc(hosts, func(each string) bool { return strings.EqualFold(each, host) })
}

// contentSecurityPolicy allows the page its own files and nothing else.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func setSecurityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	h.Set("Cache-Control", "no-store")
}
