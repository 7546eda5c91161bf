//go:build unix

package load

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/org/regress-gate/regress/measure/internal/group"
	"github.com/stretchr/testify/require"
)

// started is a configuration of the test service, behind a shell that has a child
// more and writes the number of the process group down. FOLDER stands for the
// test's own.
func started(t *testing.T, addr, further, flow string) (c *Config, folder string) {
	folder = t.TempDir()
	text := at("http://"+addr, config(`[{name: a, duration: 0.3, arrivalRate: 50}]`, flow))
	start := "'trap : TERM; echo $$ > FOLDER/group; sleep 100 & " + users + " -addr " + addr + " & wait; wait'"
	text = strings.Replace(text, "config:\n", "config:\n  start: "+start+"\n  ready: /health\n"+further, 1)
	return read(t, strings.ReplaceAll(text, "FOLDER", folder)), folder
}

// requireGone makes sure that nothing is left of the process group that was
// started. Who is dead already may be buried a little later, by process 1.
func requireGone(t *testing.T, folder string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "group"))
	require.NoError(t, err)
	group, err := strconv.Atoi(strings.TrimSpace(string(text)))
	require.NoError(t, err)
	require.Eventually(t, func() bool { return syscall.Kill(-group, 0) == syscall.ESRCH }, 5*time.Second, 10*time.Millisecond)
}

func TestServiceIsStopped(t *testing.T) {
	t.Run("after a measurement", func(t *testing.T) {
		t.Parallel()
		c, folder := started(t, freeAddress(t), "", `- get: {url: /health}`)
		run, err := Measure(t.Context(), c, Options{})
		require.NoError(t, err)
		require.Equal(t, 15.0, value(t, run, "a", "requests"))
		requireGone(t, folder)
	})
	t.Run("by its own command", func(t *testing.T) {
		t.Parallel()
		c, folder := started(t, freeAddress(t), "  stop: 'touch FOLDER/stopped; kill -- -$(cat FOLDER/group)'\n", `- get: {url: /health}`)
		_, err := Measure(t.Context(), c, Options{})
		require.NoError(t, err)
		require.FileExists(t, filepath.Join(folder, "stopped"))
		requireGone(t, folder)
	})
	t.Run("when its command fails", func(t *testing.T) {
		t.Parallel()
		c, folder := started(t, freeAddress(t), "  stop: 'kill -- -$(cat FOLDER/group); echo broken; exit 3'\n", `- get: {url: /health}`)
		run, err := Measure(t.Context(), c, Options{})
		require.NoError(t, err)
		require.Contains(t, run.Warnings[len(run.Warnings)-1].Message, "stopping the service: exit status 3 broken")
		requireGone(t, folder)
	})
	t.Run("when nothing is answered", func(t *testing.T) {
		t.Parallel()
		c, folder := started(t, freeAddress(t), "", `- get: {url: "http://`+freeAddress(t)+`/"}`)
		_, err := Measure(t.Context(), c, Options{})
		require.ErrorContains(t, err, "nothing was answered")
		requireGone(t, folder)
	})
	t.Run("when it is never ready", func(t *testing.T) {
		t.Parallel()
		c, folder := started(t, freeAddress(t), "  ready_timeout: 0.3\n", `- get: {url: /}`)
		c.service.ready = c.target + "/nowhere"
		_, err := Measure(t.Context(), c, Options{})
		require.ErrorContains(t, err, "not ready within 300ms: it answers 404 Not Found; it printed nothing")
		requireGone(t, folder)
	})
	t.Run("when the user stops", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		c, folder := started(t, freeAddress(t), "", `- get: {url: /health}`)
		time.AfterFunc(500*time.Millisecond, cancel)
		_, err := Measure(ctx, c, Options{Repeat: 1000})
		require.NoError(t, err)
		requireGone(t, folder)
	})
	t.Run("when the user stops before it is ready", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		c, folder := started(t, freeAddress(t), "", `- get: {url: /}`)
		c.service.ready = c.target + "/nowhere"
		time.AfterFunc(300*time.Millisecond, cancel)
		_, err := Measure(ctx, c, Options{})
		require.ErrorIs(t, err, context.Canceled)
		requireGone(t, folder)
	})
}

func TestServiceThatFails(t *testing.T) {
	c, _ := started(t, freeAddress(t), "", `- get: {url: /}`)
	c.service.start = "echo no such port; exit 7"
	_, err := Measure(t.Context(), c, Options{})
	require.ErrorContains(t, err, "it ended before it was ready: exit status 7\nno such port")
}

// A command that sets the service going in the background, and ends, is no failure.
// The service can print on.
func TestServiceInTheBackground(t *testing.T) {
	c, folder := started(t, freeAddress(t), "", `- get: {url: /health}`)
	c.service.start = "echo $$ > " + folder + "/group; (while sleep 0.01; do echo talk; done) & " + users + " -addr " + strings.TrimPrefix(c.target, "http://") + " &"
	_, err := Measure(t.Context(), c, Options{Repeat: 4})
	require.NoError(t, err)
	requireGone(t, folder)
}

// What answers already is another service, and would be measured instead.
func TestServiceThatIsThereAlready(t *testing.T) {
	url := serveUsers(t, "")
	c, folder := started(t, strings.TrimPrefix(url, "http://"), "", `- get: {url: /}`)
	_, err := Measure(t.Context(), c, Options{})
	require.ErrorContains(t, err, "something answers at "+url+"/health already")
	require.NoFileExists(t, filepath.Join(folder, "group"))
}

func TestStubbornServicesAreKilled(t *testing.T) {
	p, err := launch("trap '' TERM; sleep 100")
	require.NoError(t, err)
	require.NoError(t, p.kill(100*time.Millisecond))
	<-p.ended
	require.Eventually(t, func() bool { return !group.Running(p.command) }, 5*time.Second, 10*time.Millisecond)
}
