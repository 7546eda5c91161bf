package load

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever names another host is refused before anything is sent or started.
func TestOtherHostsAreRefused(t *testing.T) {
	fine := config(onePhase, `- get: {url: /}`)
	for why, text := range map[string]string{
		"a name, which is not even looked up": at("http://example.com", fine),
		"a name that looks like one of ours":  at("http://localhost.example.com", fine),
		"a name behind a user":                at("http://localhost@example.com", fine),
		"an address":                          at("http://192.0.2.1:80", fine),
		"any address of this machine":         at("http://0.0.0.0:80", fine),
		"an address of the new protocol":      at("http://[2001:db8::1]:80", fine),
		"a URL in a flow":                     config(onePhase, `- get: {url: "http://example.com/x"}`),
		"the URL that is polled":              strings.Replace(fine, "config:\n", "config:\n  ready: http://example.com/\n  start: touch started\n", 1),
	} {
		t.Run(why, func(t *testing.T) {
			t.Chdir(t.TempDir())
			_, err := Measure(t.Context(), read(t, text), Options{AllowRemote: []string{"example.org"}})
			require.ErrorContains(t, err, "is not on this machine")
			require.ErrorContains(t, err, "--allow-remote ")
			require.NoFileExists(t, "started")
		})
	}
}

func TestAllowedHosts(t *testing.T) {
	g := guardOf([]string{"Example.com"})
	for _, host := range []string{"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "example.COM"} {
		require.NoError(t, g.check(host), host)
	}
	require.NoError(t, onlyLoopback("tcp", "[::1]:80", nil))
	require.Error(t, onlyLoopback("tcp", "192.0.2.1:80", nil), "a name that resolves elsewhere is refused when it is dialled")
	_, err := g.dial(t.Context(), "tcp", "192.0.2.1:80")
	require.ErrorContains(t, err, "is not on this machine")
}

// A redirect is an answer. It is not followed, be it to this machine.
func TestRedirectsAreNotFollowed(t *testing.T) {
	var followed atomic.Bool
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		followed.Store(followed.Load() || r.URL.Path == "/there")
		to := map[string]string{"/out": "http://192.0.2.1/", "/here": "/there"}[r.URL.Path]
		http.Redirect(w, r, to, http.StatusFound)
	}))
	defer s.Close()
	run, err := Measure(t.Context(), read(t, at(s.URL, config(`[{name: a, duration: 0.2, arrivalRate: 50}]`, `- get: {url: /out}
      - get: {url: /here}`))), Options{})
	require.NoError(t, err)
	require.Zero(t, value(t, run, "a", "error_rate"))
	require.False(t, followed.Load())
}

// A proxy of the environment would be elsewhere, and is not used.
func TestNoProxy(t *testing.T) {
	require.Nil(t, newClient(guard{}).Transport.(*http.Transport).Proxy)
}
