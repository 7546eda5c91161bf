package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// A judge that cries wolf, or sees nothing, shows in a few families. The bars
// are those of the full run with room for their error.
func TestTheJudge(t *testing.T) {
	l := newLab(40, nil)
	for _, c := range []struct {
		what  string
		of    func(*lab) rate
		limit limit
	}{
		{"false alarms, 1 metric", whole(clean(10, 1), failed), atMost(3)},
		{"false alarms, 20 metrics", whole(clean(10, 20), failed), atMost(4)},
		{"false alarms, 200 metrics", whole(clean(10, suiteSize), failed), atMost(10)},
		{"rivals fail the same data: U test", ofRival(benchstat, clean(10, suiteSize)), atLeast(80)},
		{"rivals fail the same data: means", ofRival(pointRule, clean(10, suiteSize)), atLeast(95)},
		{"3× of 1 metric", whole(clean(10, 1).change(1, 3), found), atLeast(88)},
		{"3× of 200 metrics, five true ones", whole(clean(10, suiteSize).change(5, 3), found), atLeast(74)},
		{"1.5× called unchanged", whole(clean(10, 1).change(1, 1.5), unchanged), atMost(2)},
		{"three samples prove nothing", whole(fewest, failed), atMost(0)},
		{"three samples: said of all", whole(fewest, tooFew), atLeast(100)},
		{"hosted, ABBA: false alarms", whole(hostedABBA, failed), atMost(10)},
		{"hosted, ABBA: 10×", whole(hostedABBA.change(1, 10), found), atLeast(90)},
		{"hosted, confirmed: false alarms", whole(hostedConfirmed, failed), atMost(10)},
		{"hosted, confirmed: 10×", whole(hostedConfirmed.change(1, 10), found), atLeast(90)},
		{"hosted, confirmed: measured again", whole(hostedConfirmed, reruns), between(2, 30)},
		{"AR(1): false alarms", whole(scenario{world: steps, n: 10, metrics: suiteSize}, failed), atMost(12)},
		{"an allocation more", allocations(1), atLeast(100)},
		{"no allocation more", allocations(0), atMost(0)},
		{"drift is caught", driftCaught, atLeast(97)},
		{"no drift is none", driftFalse, atMost(2)},
		{"the detectable effect", detectable(scenario{world: only(lognormal, 0.03), n: 10, metrics: suiteSize}), between(55, 98)},
	} {
		r := c.of(l)
		require.True(t, c.limit.holds(r), "%s: %s, want %s", c.what, r, c.limit)
	}
}

func TestRunPrintsAndCountsWhatIsMissed(t *testing.T) {
	var out bytes.Buffer
	missed, err := run([]string{"-families", "2", "-run", "row 15:"}, &out, io.Discard, nil)
	require.NoError(t, err)
	require.Zero(t, missed)
	require.Regexp(t, `(?m)^\| 15 \| exact metrics: false alarms +\| ≤ 0 % +\| 0\.0 ±\d+\.\d +\| ok \|$`, out.String())

	out.Reset()
	_, err = run([]string{"-families", "2", "-run", "^By exp"}, &out, io.Discard, nil)
	require.NoError(t, err)
	require.Contains(t, out.String(), "### By experiment")
	require.NotContains(t, out.String(), "| bar ")
}

func TestRunUpdatesTheReadme(t *testing.T) {
	path := filepath.Join(t.TempDir(), "README.md")
	require.NoError(t, os.WriteFile(path, []byte("# A\n"+beginMark+endMark), 0o644))
	var progress bytes.Buffer
	_, err := run([]string{"-families", "2", "-run", "row 15:", "-readme", path}, io.Discard, io.Discard, &progress)
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Regexp(t, `(?s)^# A\n`+beginMark+`In percent, .*at least 2 .*\| \*\*regress-gate\*\* .*### By experiment.*</details>\n`+endMark+`$`, string(text))
	require.Contains(t, progress.String(), clean(10, suiteSize).String())
}

func TestRunRefuses(t *testing.T) {
	bare := filepath.Join(t.TempDir(), "README.md")
	require.NoError(t, os.WriteFile(bare, []byte("# A\n"), 0o644))
	for message, args := range map[string][]string{
		"reading -run":      {"-run", "("},
		"nothing matches":   {"-run", "no such row"},
		"too few":           {"-families", "1"},
		"only flags":        {"row"},
		"no measured part":  {"-readme", bare},
		"flag provided but": {"-rows", "1"},
	} {
		_, err := run(args, io.Discard, io.Discard, nil)
		require.ErrorContains(t, err, message)
	}
}

func TestEveryRowIsThere(t *testing.T) {
	rows := map[int]bool{}
	for _, b := range bars() {
		rows[b.row] = true
		require.NotContains(t, b.what, "|")
	}
	for row := 1; row <= 18; row++ {
		require.True(t, rows[row], "row %d", row)
	}
	_, missed := judgeBars(newLab(2, nil), regexp.MustCompile("^row 7:"))
	require.Zero(t, missed)
}
