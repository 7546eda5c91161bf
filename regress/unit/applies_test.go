package unit_test

import (
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestApplies(t *testing.T) {
	tests := []struct {
		why              string
		quantity, metric string
		want             float64
		ok               bool
	}{
		{"a bare number is in the metric's unit", "", "sec/op", 1, true},
		{"the same dimension", "ms", "s", 1e-3, true},
		{"a share of a ratio", "%", "ratio", 0.01, true},
		{"bytes of bytes per op", "B", "B/op", 1, true},
		{"scaled bytes of bytes per op", "KiB", "B/op", 1024, true},
		{"time of time per op", "ns", "sec/op", 1e-9, true},
		{"to a unit that is not a base", "us", "ns/op", 1000, true},
		{"time of a named time per op", "ns", "p99-sec/op", 1e-9, true},
		{"time per op of a named time per op", "ns/op", "p99-sec/op", 1e-9, true},
		{"time per anything but time", "ms", "sec/row", 1e-3, true},
		{"things of things per op", "allocs", "allocs/op", 1, true},
		{"a share of a named share", "%", "hit-ratio", 0.01, true},
		{"percent of named percent", "%", "cache-hit-%", 1, true},
		{"a share where nobody told the unit", "%", "", 0.01, true},
		{"a share of plain numbers", "%", "1", 0.01, true},
		{"requests of a rate of something", "req/s", "1/s", 1, true},
		{"anything per second", "/s", "req/s", 1, true},
		{"anything per second, of requests per minute", "1/s", "req/min", 60, true},
		{"a named rate", "kB/s", "p50-MB/s", 1e-3, true},
		{"bytes are no rate of bytes", "B", "B/s", 0, false},
		{"a rate of things is none of bytes", "1/s", "B/s", 0, false},
		{"time is not bytes", "ms", "B/op", 0, false},
		{"a time where nobody told the unit", "ms", "", 0, false},
		{"per op is narrower than the whole", "ns/op", "s", 0, false},
		{"bytes of a square", "B", "B*B", 0, false},
		{"unknown", "widgets", "gadgets/op", 0, false},
		{"unknown, per op", "widgets", "widgets/op", 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			got, ok := unit.Applies(tt.quantity, tt.metric)
			require.Equal(t, tt.ok, ok)
			require.InDelta(t, tt.want, got, 0)
		})
	}
}
