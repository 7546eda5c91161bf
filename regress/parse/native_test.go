package parse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSniffNative(t *testing.T) {
	long := `{"metrics": {` + strings.Repeat(`"m": {"value": 1, "unit": "ms"}, `, 4000)
	for _, c := range []struct {
		head string
		want bool
		why  string
	}{
		{`{"metrics": {"a": {"value": 1}}}`, true, "metrics"},
		{`{"benchmarks": {"B": {"a": {"samples": [1, 2]}}}}`, true, "benchmarks"},
		{`{"schema": 1, "environment": {"x": [{}]}, "metrics": {"a": 1}}`, true, "fields of ours before"},
		{`{"metrics": {"a": {"broken": "no answer"}}}`, true, "a metric that could not be measured"},
		{`{"metrics": {}}`, true, "empty: the parser says so"},
		{`{"metrics": {"a": {"value": 1, "tresholt": 1}}}`, true, "a typing error: the parser names its line"},
		{`{"metrics": {"a": {"value": 1`, true, "cut off: the parser says so"},
		{`{"metrics": {"a": {"value": NaN}}}`, true, "no JSON: the parser names its line"},
		{`{"metrics": {"a": 1, "a": 2}}`, true, "twice: the parser says so"},
		{long[:sniffLen], true, "longer than the head"},
		{`{"p95": 1, "p99": 2}`, true, "a flat map"},
		{" \r\n\t{\"p95\": 1", true, "cut off, and white space before"},
		{`{"p95": null, "p99": 2}`, true, "null is a number that could not be written: the parser breaks the metric"},
		{`{}`, false, "nothing"},
		{`{"schema": 1}`, false, "nothing measured"},
		{`[]`, false, "a list"},
		{`{"p95": "1"}`, false, "a map of text"},
		{`{"p95": 1, "unit": "ms"}`, false, "neither flat nor metrics"},
		{`{"p95": 1, "metrics": {"a": 1}}`, false, "both"},
		{`{"p95": 1}` + "\n" + `{"p95": 2}`, false, "lines of JSON"},
		{`{"metrics": {"a": {"value": 1}}} x`, false, "something behind it"},
		{`{"metrics": [{"name": "a", "value": 1}]}`, false, "a list of metrics is another format"},
		{`{"metrics": {"http_reqs": {"count": 1, "rate": 2}}}`, false, "k6"},
		{`{"metrics": {"a": {"value": 1}}, "root_group": {}}`, false, "k6"},
		{`{"metrics": {"a": "1"}}`, true, "wrong, and in no other format"},
		{`{"benchmarks": [{"name": "BM_x", "real_time": 1}]}`, false, "Google Benchmark, pytest-benchmark"},
		{`{"benchmarks": {"B": [1]}}`, false, "not ours"},
		{`{"results": [{"mean": 1}]}`, false, "hyperfine"},
		{`{"aggregate": {"counters": {}}}`, false, "Artillery"},
	} {
		require.Equal(t, c.want, sniffNative([]byte(c.head)), "%s: %.100s", c.why, c.head)
	}
}
