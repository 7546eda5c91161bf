package action

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// full is a writer that has room for n bytes.
type full struct {
	bytes.Buffer
	n int
}

func (w *full) Write(p []byte) (int, error) {
	if room := w.n - w.Len(); len(p) > room {
		n, _ := w.Buffer.Write(p[:room])
		return n, errors.New("no space left on device")
	}
	return w.Buffer.Write(p)
}

var quick = map[string]string{"mode": "compare", "base-run": "a.txt", "run": "a.txt"}

func TestFailing_Log(t *testing.T) {
	files := map[string]string{"a.txt": goBench("Encode", 1000, 3)}
	whole := len(act(t, files, quick).log)
	for n := 0; n < whole; n += 13 {
		s := newStep(t, files)
		for name, value := range quick {
			s.env["INPUT_"+strings.ToUpper(name)] = value
		}
		status := Main(context.Background(), func(key string) string { return s.env[key] }, &full{n: n})
		require.Equal(t, int(gate.CouldNotJudge), status, "the log broke off at byte %d", n)
	}
}

func TestFailing_RunnersFiles(t *testing.T) {
	for _, variable := range []string{outputFile, summaryFile} {
		for name, path := range map[string]string{
			"a folder":    t.TempDir(),
			"in nothing":  filepath.Join(t.TempDir(), "none", "file"),
			"a full disk": "/dev/full",
		} {
			t.Run(variable+" is "+name, func(t *testing.T) {
				if _, err := os.Stat(path); name == "a full disk" && err != nil {
					t.Skip("this system has no /dev/full")
				}
				s := newStep(t, map[string]string{"a.txt": goBench("Encode", 1000, 3)})
				s.env[variable] = path
				s.run(t, quick)
				assert.Equal(t, int(gate.CouldNotJudge), s.status, s.log)
				assert.Contains(t, s.log, "::error title=regress-gate::writing "+variable)
				assert.Empty(t, s.outputs, "a verdict is set only where all else was written")
			})
		}
	}
}

func TestFailing_Cancelled(t *testing.T) {
	s := newStep(t, map[string]string{"a.txt": goBench("Encode", 1000, 3)})
	for name, value := range quick {
		s.env["INPUT_"+strings.ToUpper(name)] = value
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var log bytes.Buffer
	assert.Equal(t, int(gate.CouldNotJudge), Main(ctx, func(key string) string { return s.env[key] }, &log))
	assert.Contains(t, log.String(), "stopped before the verdict was published")
	assert.NoFileExists(t, s.workspace+"/regress-gate-report.json")
}

// An error of any length reaches the log whole, the annotation and the summary in part.
func TestFailing_LongErrors(t *testing.T) {
	var run strings.Builder
	for i := range 400 {
		fmt.Fprintf(&run, "%s-%03d\n", strings.Repeat("a-long-name-", 20), i)
	}
	s := act(t, map[string]string{"baselines/baseline.json": baseline(1, 1)}, map[string]string{"run": run.String()})
	assert.Equal(t, int(gate.CouldNotJudge), s.status)
	assert.Contains(t, s.log, "-399: no such file")
	require.Len(t, commands(s.log), 1)
	assert.Less(t, len(commands(s.log)[0]), 5000)
	assert.Less(t, len(s.summary), 61_000)
	s.check(t)
}
