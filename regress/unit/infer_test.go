package unit_test

import (
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestDirectionOf(t *testing.T) {
	const (
		none   = unit.Undeclared
		lower  = unit.Lower
		higher = unit.Higher
		info   = unit.Info
	)
	tests := []struct {
		why          string
		metric, unit string
		want         unit.Direction
	}{
		// Load tools.
		{"a time", "latency.p99", "s", lower},
		{"a time whose label says error", "http_req_duration{expected_response:false}.p95", "ms", lower},
		{"a time without a name left", "{ name:list }.p95", "s", lower},
		{"a time whose name says hit", "cache_hit_latency", "ms", lower},
		{"a time whose name says no", "not_found.p95", "ms", lower},
		{"the length of the run", "duration", "s", info},
		{"a hand-written duration without unit is judged", "duration", "", lower},
		{"a duration that is not the run's", "group_duration.p95", "ms", lower},
		{"a rate", "throughput", "req/s", higher},
		{"the tail of a rate", "throughput.p99", "req/s", higher},
		{"the spread of a rate", "throughput.stdev", "req/s", lower},
		{"the spread of a time", "median_abs_dev", "ns", lower},
		{"vegeta's offered load", "rate", "req/s", info},
		{"artillery's mean of periods", "http.request_rate", "req/s", info},
		{"bytes a second", "transfer_rate", "B/s", higher},
		{"errors a share", "error_rate", "ratio", lower},
		{"failures behind a good word", "checks_failed.rate", "ratio", lower},
		{"checks that hold", "checks.rate", "ratio", higher},
		{"checks a second follow the load", "checks_total.rate", "1/s", info},
		{"availability", "availability", "ratio", higher},
		{"success", "success", "ratio", higher},
		{"errors, counted", "errors.timeout", "count", lower},
		{"errors at reading", "errors.read", "count", lower},
		{"failed requests, counted", "http_reqs.failed", "count", lower},
		{"requests, counted", "requests", "count", info},
		{"capitals cut words", "requestsCompleted", "count", info},
		{"more successes in a longer run are no gain", "requests.succeeded", "count", info},
		{"status codes are labels", "http.codes.500", "count", info},
		{"a scenario's own name behind created", "vusers.created_by_name.error path", "count", info},
		{"a total of bytes", "bytes_read", "B", info},
		{"k6's traffic", "data_sent.rate", "B/s", info},
		{"virtual users are set up", "vus_max.max", "1", info},
		{"requests per second in k6's unit", "http_reqs.rate", "1/s", higher},
		{"failures per second in k6's unit", "dropped_iterations.rate", "1/s", lower},
		{"1/s of nobody knows what", "users_created.rate", "1/s", none},

		// Go.
		{"time per op", "sec/op", "sec/op", lower},
		{"time per op as printed", "ns/op", "ns/op", lower},
		{"bytes per op", "B/op", "B/op", lower},
		{"allocations per op", "allocs/op", "allocs/op", lower},
		{"bytes a second", "B/s", "B/s", higher},
		{"a custom time", "p99-sec/op", "p99-sec/op", lower},
		{"a custom time without op", "gc-pause-ns", "gc-pause-ns", lower},
		{"custom per op", "errors/op", "errors/op", lower},
		{"custom per op that is good", "hits/op", "hits/op", none},
		{"custom rate", "entries/s", "entries/s", higher},
		{"custom rate of errors", "errors/s", "errors/s", lower},
		{"custom rate of a cost", "allocs/s", "allocs/s", none},
		{"Go declares nothing", "hit-ratio", "hit-ratio", none},
		{"nor here", "cache-hit-%", "cache-hit-%", none},
		{"bytes with a name may be sent or saved", "wire-bytes", "wire-bytes", none},
		{"one word tells nothing in a custom unit", "loss", "loss", none},
		{"nor does count", "count", "count", none},
		{"time that is good to have", "idle-ns", "idle-ns", none},
		{"km/h is no cost per operation", "rows/page", "rows/page", none},

		// By hand and from Prometheus.
		{"words before the unit's absence", "p95_latency", "", lower},
		{"a percentile alone", "p95", "", lower},
		{"a percentile of nobody knows what", "queue.p95", "", none},
		{"camel case", "errorRate", "", lower},
		{"throughput", "throughput", "", higher},
		{"per second", "items_per_second", "", higher},
		{"per second with a slash", "req/s", "", higher},
		{"errors per second", "errors_per_second", "", lower},
		{"allocations per second", "allocs_per_second", "", none},
		{"Prometheus seconds", "request_handling_seconds", "", lower},
		{"memory", "memory_usage_bytes", "B", lower},
		{"memory without unit", "peakRSS", "", lower},
		{"free memory", "memory_free", "B", none},
		{"free memory without unit", "free_memory", "", none},
		{"cpu", "cpu_usage", "%", lower},
		{"a ratio of hits", "cache_hit_ratio", "ratio", higher},
		{"hits and misses", "hit_miss_ratio", "ratio", none},
		{"errors that do not happen", "error_free_ratio", "ratio", none},
		{"a score", "score", "", higher},
		{"counters", "http_requests_total", "", info},
		{"a total of nobody knows what", "total", "", none},
		{"objects, counted", "heap_objects", "count", lower},
		{"a cost that follows the run", "alloc_count", "count", none},
		{"a number of nobody knows what", "frobs", "count", none},
		{"a number that a counter ends with", "frobs.count", "count", info},
		{"error counters", "http_errors_total", "", lower},
		{"bytes of what direction", "bytes_sent", "", none},
		{"bytes sent, in bytes", "bytes_sent", "B", info},
		{"uptime", "uptime", "s", none},
		{"time per time", "cpu", "s/s", lower},
		{"a request rate", "request_rate", "", higher},
		{"a sample rate", "sample_rate", "", none},
		{"an unknown word in an unknown unit", "frobs", "widgets", none},
		{"a known word in an unknown unit", "throughput", "widgets", higher},
		{"instructions", "instructions", "instructions", lower},
		{"nothing at all", "", "", none},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			require.Equal(t, tt.want, unit.DirectionOf(tt.metric, tt.unit), "%q in %q", tt.metric, tt.unit)
		})
	}
}

// A unit's scale must not change which way is better.
func TestDirectionOfScale(t *testing.T) {
	for _, family := range families {
		for _, metric := range []string{"x", "errors", "throughput", "cache_hits", "latency.p95", "duration", "bytes_read"} {
			want := unit.DirectionOf(metric, family[0])
			for _, s := range family {
				require.Equal(t, want, unit.DirectionOf(metric, s), "%s in %s", metric, s)
			}
		}
	}
}

func TestDirectionOfHostileName(t *testing.T) {
	long := strings.Repeat("error{", 2000) + strings.Repeat("}", 2000) + strings.Repeat("X\xff", 2000)
	require.NotPanics(t, func() { unit.DirectionOf(long, long) })
}

func BenchmarkDirectionOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		unit.DirectionOf("http_req_duration{expected_response:true}.p95", "ms")
	}
}
