package unit_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	tests := []struct {
		why  string
		unit string
		want unit.Unit
	}{
		{"load tools store seconds", "ms", unit.Unit{Base: "s", Factor: 1e-3, Class: unit.Time}},
		{"sec is a spelling of s", "sec", unit.Unit{Base: "s", Factor: 1, Class: unit.Time}},
		{"micro sign", "\u00b5s", unit.Unit{Base: "s", Factor: 1e-6, Class: unit.Time}},
		{"Greek mu looks the same", "\u03bcs", unit.Unit{Base: "s", Factor: 1e-6, Class: unit.Time}},
		{"wrk prints minutes as m", "m", unit.Unit{Base: "s", Factor: 60, Class: unit.Time}},
		{"decimal kilobyte", "KB", unit.Unit{Base: "B", Factor: 1e3, Class: unit.Count}},
		{"binary kilobyte", "KiB", unit.Unit{Base: "B", Factor: 1024, Class: unit.Count}},
		{"percent", "%", unit.Unit{Base: "ratio", Factor: 0.01, Class: unit.Ratio}},
		{"Go time", "ns/op", unit.Unit{Base: "sec/op", Factor: 1e-9, Class: unit.Time}},
		{"Go time by hand", "s/op", unit.Unit{Base: "sec/op", Factor: 1, Class: unit.Time}},
		{"Go custom time", "p99-ns/op", unit.Unit{Base: "p99-sec/op", Factor: 1e-9, Class: unit.Time}},
		{"custom time in a scale benchunit does not know", "wall-ms/op", unit.Unit{Base: "wall-sec/op", Factor: 1e-3, Class: unit.Time}},
		{"Go bytes", "B/op", unit.Unit{Base: "B/op", Factor: 1, Class: unit.Count}},
		{"scaled bytes", "KiB/op", unit.Unit{Base: "B/op", Factor: 1024, Class: unit.Count}},
		{"spelt-out bytes", "bytes/op", unit.Unit{Base: "B/op", Factor: 1, Class: unit.Count}},
		{"Go allocations", "allocs/op", unit.Unit{Base: "allocs/op", Factor: 1, Class: unit.Count}},
		{"MB of package testing", "MB/s", unit.Unit{Base: "B/s", Factor: 1e6, Class: unit.Rate}},
		{"bits a second", "Mbit/s", unit.Unit{Base: "B/s", Factor: 125e3, Class: unit.Rate}},
		{"requests a second, in one word", "rps", unit.Unit{Base: "req/s", Factor: 1, Class: unit.Rate}},
		{"requests a second, spelt out", "requests/sec", unit.Unit{Base: "req/s", Factor: 1, Class: unit.Rate}},
		{"a slow rate", "requests/min", unit.Unit{Base: "req/s", Factor: 1.0 / 60, Class: unit.Rate}},
		{"the rate of micro-benchmarks", "ops/ns", unit.Unit{Base: "ops/s", Factor: 1e9, Class: unit.Rate}},
		{"one op a second", "op/s", unit.Unit{Base: "ops/s", Factor: 1, Class: unit.Rate}},
		{"bombardier prints no numerator", "/s", unit.Unit{Base: "1/s", Factor: 1, Class: unit.Rate}},
		{"any rate", "entries/second", unit.Unit{Base: "entries/s", Factor: 1, Class: unit.Rate}},
		{"time per time is a load, not a rate", "ms/s", unit.Unit{Base: "sec/s", Factor: 1e-3}},
		{"a share with a name stays what it is", "cache-hit-%", unit.Unit{Base: "cache-hit-%", Factor: 1, Class: unit.Ratio}},
		{"bytes with a name stay what they are", "wire-bytes", unit.Unit{Base: "wire-bytes", Factor: 1, Class: unit.Count}},
		{"a speed is nothing with minutes", "m/s", unit.Unit{Base: "m/s", Factor: 1, Class: unit.Rate}},
		{"capital MS may be megasiemens", "MS", unit.Unit{Base: "MS", Factor: 1}},
		{"Kb may be bits or bytes", "Kb", unit.Unit{Base: "Kb", Factor: 1}},
		{"nobody told", "", unit.Unit{Base: "", Factor: 1}},
		{"plain numbers", "1", unit.Unit{Base: "1", Factor: 1}},
		{"unknown", "widgets", unit.Unit{Base: "widgets", Factor: 1}},
		{"text that is not UTF-8", "\xff-ns", unit.Unit{Base: "\xff-sec", Factor: 1e-9, Class: unit.Time}},
		{"squares are scaled, but of no class", "MB*MB/s", unit.Unit{Base: "B*B/s", Factor: 1e12}},
		{
			"a factor beyond all bounds", strings.Repeat("MB*", 3000) + "MB",
			unit.Unit{Base: strings.Repeat("MB*", 3000) + "MB", Factor: 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			got := unit.Parse(tt.unit)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.unit, diff)
			}
			checkUnit(t, tt.unit)
		})
	}
}

// checkUnit holds what is true of every unit.
func checkUnit(t *testing.T, s string) {
	t.Helper()
	u := unit.Parse(s)
	require.Greater(t, u.Factor, 0.0, "factor of %q", s)
	require.False(t, math.IsInf(u.Factor, 0), "factor of %q", s)
	base := unit.Parse(u.Base)
	require.Equal(t, u.Base, base.Base, "the base of %q is a base", s)
	require.InDelta(t, 1, base.Factor, 0, "the base of %q has factor 1", s)
	require.Equal(t, u.Class, base.Class, "%q and its base are of one class", s)
	f, ok := unit.Factor(s, s)
	require.True(t, ok)
	require.InDelta(t, 1, f, 0, "%q to itself", s)
}

func TestFactor(t *testing.T) {
	tests := []struct {
		why      string
		from, to string
		want     float64
		ok       bool
	}{
		{"down", "ms", "s", 1e-3, true},
		{"up, exactly", "s", "ns", 1e9, true},
		{"between two scaled units, exactly", "us", "ms", 1e-3, true},
		{"binary", "KiB", "B", 1024, true},
		{"binary in decimal", "KiB", "kB", 1.024, true},
		{"share", "%", "ratio", 0.01, true},
		{"Go", "ns/op", "sec/op", 1e-9, true},
		{"Go rate", "MB/s", "B/s", 1e6, true},
		{"synonyms", "rps", "requests/s", 1, true},
		{"per minute", "req/s", "req/min", 60, true},
		{"the same unknown unit", "widgets", "widgets", 1, true},
		{"time is not time per op", "ns", "sec/op", 0, false},
		{"other statistics of a time are other metrics", "p50-ns/op", "p99-ns/op", 0, false},
		{"nobody told, so it is not a share", "", "ratio", 0, false},
		{"things per second are not operations per second", "req/s", "ops/s", 0, false},
		{"bytes are not seconds", "B", "s", 0, false},
		{"unknown units differ", "widgets", "gadgets", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			got, ok := unit.Factor(tt.from, tt.to)
			require.Equal(t, tt.ok, ok)
			require.InDelta(t, tt.want, got, 0)
		})
	}
}

func TestConvertRefusesOverflow(t *testing.T) {
	_, ok := unit.Convert(math.MaxFloat64, "GB", "B")
	require.False(t, ok, "a finite value must not become infinite")
	_, ok = unit.Convert(1, "GB", "s")
	require.False(t, ok, "another dimension")
	got, ok := unit.Convert(math.Inf(1), "GB", "B")
	require.True(t, ok)
	require.True(t, math.IsInf(got, 1), "an infinity stays one")
}

// families are spellings of one dimension each.
var families = [][]string{
	{"ns", "us", "\u00b5s", "ms", "s", "sec", "min", "h"},
	{"B", "bytes", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "bit", "Mbit"},
	{"ratio", "%", "percent"},
	{"ns/op", "us/op", "ms/op", "s/op", "sec/op"},
	{"req/s", "rps", "requests/min", "reqs/h", "request/ms"},
	{"B/s", "MB/s", "MiB/sec", "KiB/ms", "Gbit/s"},
}

func TestConvertThereAndBack(t *testing.T) {
	for _, family := range families {
		for _, a := range family {
			for _, b := range family {
				for _, v := range []float64{0, 1, -3, 1.0 / 3, 12773.82, 4e-9, 1e200} {
					there, ok := unit.Convert(v, a, b)
					require.True(t, ok, "%s to %s", a, b)
					back, ok := unit.Convert(there, b, a)
					require.True(t, ok, "%s to %s", b, a)
					require.InDelta(t, v, back, 1e-15*math.Abs(v), "%v %s by way of %s", v, a, b)
				}
			}
		}
	}
}

func TestClassString(t *testing.T) {
	for c, want := range map[unit.Class]string{
		unit.Other: "other", unit.Time: "time", unit.Rate: "rate", unit.Count: "count", unit.Ratio: "ratio", 99: "other",
	} {
		require.Equal(t, want, c.String())
	}
}

func FuzzParse(f *testing.F) {
	for _, family := range families {
		for _, s := range family {
			f.Add(s)
		}
	}
	for _, s := range []string{"", "/", "//", "-", "*/s", "ns/", "/ns", "s s", "p99-ns/op", "ns*MB/op/s", "\xff/s", "1/min/s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkUnit(t, s)
		unit.DirectionOf(s, s)
		unit.DirectionOf(s, "s")
		unit.DirectionOf(s, "")
		unit.DirectionOf("throughput", s)
		for _, q := range []string{"", "%", "ns", "B", "req/s", s} {
			if factor, ok := unit.Applies(q, s); ok {
				require.Greater(t, factor, 0.0)
				require.False(t, math.IsInf(factor, 0))
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"ns/op", "s", "widgets", "p99-ns/op", "entries/s"} {
		b.Run(strings.ReplaceAll(s, "/", "_per_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				unit.Parse(s)
			}
		})
	}
}
