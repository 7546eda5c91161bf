package action

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// again runs the step on fresh files of the runner, and asserts what holds
// whatever it read.
func (s *step) again(t *testing.T, with map[string]string) {
	t.Helper()
	require.NoError(t, os.Truncate(s.env[outputFile], 0))
	require.NoError(t, os.Truncate(s.env[summaryFile], 0))
	s.run(t, with)
	s.check(t)
}

func (s *step) check(t *testing.T) {
	t.Helper()
	assert.Empty(t, foreign(s.log), "live commands in the log")
	assert.NotContains(t, s.log, "\x1b")
	prose := withoutCode(s.summary)
	for _, live := range []string{"<script", "</details><", "@octocat", "https://example", "`", "\u202e"} {
		assert.NotContains(t, prose, live)
	}
	assert.Less(t, len(s.summary), 1<<20)
	assert.Contains(t, []string{"", "open", "shut", "unproven"}, s.outputs["verdict"])
	if len(s.outputs) > 0 {
		assert.Len(t, s.outputs, len(outputsOf(&regress.Report{}, "", "")), s.output)
	}
}

// withoutCode is Markdown without its code spans and fences: a run of backticks
// up to the next one of the same length. Nothing in there is read.
func withoutCode(text string) string {
	ticks := regexp.MustCompile("`+")
	var prose strings.Builder
	for {
		open := ticks.FindStringIndex(text)
		if open == nil {
			return prose.String() + text
		}
		prose.WriteString(text[:open[0]])
		fence, rest, end := text[open[0]:open[1]], text[open[1]:], -1
		for _, run := range ticks.FindAllStringIndex(rest, -1) {
			if run[1]-run[0] == len(fence) {
				end = run[1]
				break
			}
		}
		if end < 0 {
			return prose.String() + fence + rest // it opens nothing
		}
		text = rest[end:]
	}
}

func TestHostile_Names(t *testing.T) {
	for i, name := range hostile {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			run := func(value float64) string {
				text, err := json.Marshal(map[string]any{
					"metrics": map[string]any{name + "m": map[string]any{"value": value, "unit": name}},
					"benchmarks": map[string]any{
						name:    map[string]any{"allocs/op": map[string]any{"value": value, "unit": "allocs/op"}},
						"Sound": map[string]any{name + "x": map[string]any{"samples": []float64{value, value, value}}},
					},
				})
				require.NoError(t, err)
				return string(text)
			}
			files := map[string]string{"old.json": run(3), "new.json": run(30), "baselines/baseline.json": run(3), "none.json": `{"other": 1}`}
			s := newStep(t, files)
			for _, with := range []map[string]string{
				{"mode": "compare", "base-run": "old.json", "run": "new.json"},
				{"mode": "check", "run": "new.json"},
				{"mode": "check", "run": "none.json"},
			} {
				s.again(t, with)
			}
		})
	}
}

func TestHostile_Files(t *testing.T) {
	for i, text := range spoken {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			for _, content := range []string{
				text,
				`{"` + text + `": `,
				`{"metrics": {"` + text + `": {"value": 1}, "` + text + `": {"value": 1}}}`,
				"BenchmarkX-2 10 " + text + " ns/op\n" + text,
				text + ": 5%\n",
			} {
				s := newStep(t, map[string]string{"good.txt": goBench("Encode", 1000, 3), "bad": content, "baselines/baseline.json": content})
				for _, with := range []map[string]string{
					{"mode": "compare", "base-run": "good.txt", "run": "bad"},
					{"mode": "compare", "base-run": "good.txt", "run": "good.txt", "policy": "bad"},
					{"mode": "check", "run": "good.txt"},
					{"mode": "report", "report": "bad"},
				} {
					s.again(t, with)
				}
			}
		})
	}
}

func TestHostile_Inputs(t *testing.T) {
	files := map[string]string{"old.txt": goBench("Encode", 1000, 3), "new.txt": goBench("Encode", 3000, 4)}
	s := newStep(t, files)
	for _, in := range inputs {
		for _, text := range spoken {
			with := map[string]string{"mode": "compare", "base-run": "old.txt", "run": "new.txt", in.name: text}
			s.again(t, with)
			if s.outputs["report"] != "" && in.name != "run" && in.name != "base-run" {
				assert.Equal(t, "shut", s.outputs["verdict"], "%s: %q", in.name, text)
			}
		}
	}
}

// A delimiter that could be foreseen could be written into a value.
func TestHostile_DelimitersDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 3 {
		s := act(t, map[string]string{"a.txt": goBench("Encode", 1000, 3)}, map[string]string{"mode": "compare", "base-run": "a.txt", "run": "a.txt"})
		require.Equal(t, int(gate.Open), s.status, s.log)
		for line := range strings.Lines(s.output) {
			if _, delimiter, found := strings.Cut(line, "<<"); found {
				assert.False(t, seen[delimiter], delimiter)
				assert.Greater(t, len(delimiter), 30)
				seen[delimiter] = true
			}
		}
	}
	assert.Len(t, seen, 3*len(outputsOf(&regress.Report{}, "", "")))
}
