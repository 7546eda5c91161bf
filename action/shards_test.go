package action

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A suite that was measured in three shards of a matrix is judged as one: the same
// numbers, verdicts and correction over the suite as those of a single run. Judged
// apart, it is not.
func TestShards(t *testing.T) {
	const header = "goos: linux\ngoarch: amd64\npkg: example.com/demo\ncpu: Example CPU\n"
	suite := func(shard, shards int, head bool) string {
		var b strings.Builder
		b.WriteString(header)
		for i := range 24 {
			if i%shards != shard {
				continue
			}
			for n := range 10 {
				ns := 1000 * (1 + 0.004*float64((n*7+i*3)%10))
				switch {
				case head && i == 5:
					ns *= 1.30
				case head && i%4 == 1:
					ns *= 1.03 + 0.002*float64(n%3)
				}
				fmt.Fprintf(&b, "BenchmarkWork%02d-2 \t 1000\t %.1f ns/op\t 64 B/op\t 3 allocs/op\n", i, ns)
			}
		}
		b.WriteString("PASS\nok  \texample.com/demo\t1.0s\n")
		return b.String()
	}
	files := map[string]string{"old.txt": suite(0, 1, false), "whole/bench.txt": suite(0, 1, true)}
	for shard := range 3 {
		files[fmt.Sprintf("runs/run-%d/bench.txt", shard)] = suite(shard, 3, true)
	}
	judged := func(run string) (*step, *regress.Report) {
		s := act(t, files, map[string]string{"mode": "compare", "base-run": "old.txt", "run": run})
		r, err := regress.ReadReport(strings.NewReader(s.file(s.workspace+"/regress-gate-report.json")), "report")
		require.NoError(t, err, s.log)
		return s, r
	}
	one, whole := judged("whole/bench.txt")
	many, merged := judged("runs/*/bench.txt")
	merged.Policy.Now = whole.Policy.Now
	assert.Equal(t, one.status, many.status)
	assert.Equal(t, one.outputs, many.outputs)
	assert.Equal(t, "shut", many.outputs["verdict"])
	assert.Equal(t, whole.Suite, merged.Suite)
	assert.Empty(t, cmp.Diff(whole.Comparisons, merged.Comparisons, cmp.Comparer(func(a, b regress.Figure) bool { return a == b })))
	assert.Equal(t, one.summary, many.summary)

	_, apart := judged("runs/run-0/bench.txt")
	assert.NotEqual(t, whole.Suite.Tests, apart.Suite.Tests, "a shard by itself is another suite")
}
