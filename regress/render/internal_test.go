package render

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
)

func TestPValue(t *testing.T) {
	for _, c := range []struct {
		p    regress.Figure
		want string
		why  string
	}{
		{regress.Figure{}, "–", "a p that does not exist is not 0"},
		{regress.NewFigure(0), "<0.0001", "a p of 0 is one that underflowed"},
		{regress.NewFigure(0.00009), "<0.0001", "too small to print"},
		{regress.NewFigure(0.0001), "0.0001", "the smallest that is printed"},
		{regress.NewFigure(0.0004), "0.0004", "three decimals would read 0.000"},
		{regress.NewFigure(0.004), "0.004", "three decimals do"},
		{regress.NewFigure(1), "1.000", "certainty"},
	} {
		require.Equal(t, c.want, pValue(c.p), c.why)
	}
}

func TestCells(t *testing.T) {
	f := regress.NewFigure
	for _, c := range []struct {
		why  string
		in   regress.Comparison
		want cells
	}{
		{"nothing exists, nothing is 0", regress.Comparison{Verdict: regress.Missing},
			cells{"–", "–", "–", "–", "–", "–+–", "–", "–"}},
		{"from zero there is no percentage", regress.Comparison{
			Unit: "B/op", Base: regress.Summary{Center: f(0), N: 3}, Head: regress.Summary{Center: f(16), N: 3},
			Delta: regress.Delta{Absolute: f(16)}, Threshold: regress.Threshold{Absolute: 8},
		}, cells{"0 B", "16 B", "+16 B", "–", "–", "3+3", "–", "8 B"}},
		{"to zero there is one", regress.Comparison{
			Unit: "allocs/op", Base: regress.Summary{Center: f(2), N: 1}, Head: regress.Summary{Center: f(0), N: 1},
			Delta: regress.Delta{Absolute: f(-2), Relative: f(-1)}, Threshold: regress.Threshold{Relative: 0.05, Absolute: 1},
		}, cells{"2 allocs/op", "0 allocs/op", "-100.0 %", "–", "–", "1+1", "–", "5 % or 1 allocs/op"}},
		{"half an interval keeps its half", regress.Comparison{
			Unit: "sec/op", Base: regress.Summary{Center: f(1.23e-6), N: 10}, Head: regress.Summary{Center: f(1.41e-6), N: 9},
			Delta: regress.Delta{Relative: f(0.146), Hi: f(0.162)}, PAdjusted: f(0.004), MDE: f(0.031), Threshold: regress.Threshold{Relative: 0.05},
		}, cells{"1.23 µs", "1.41 µs", "+14.6 %", "[–, +16.2]", "0.004", "10+9", "3.1 %", "5 %"}},
	} {
		require.Equal(t, c.want, cellsOf(&c.in), c.why)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct{ in, want, why string }{
		{"abcdef", "abcdef", "as long as allowed"},
		{"abcdefg", "abc…fg", "both ends stay"},
		{"日本語ベンチマーク", "日本語…ーク", "runes are counted, and not cut"},
		{"", "", "nothing"},
	} {
		got := shorten(c.in, 6)
		require.Equal(t, c.want, got, c.why)
		require.LessOrEqual(t, utf8.RuneCountInString(got), 6, c.why)
	}
}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		s    string
		want int
		why  string
	}{
		{"abc", 3, "one column each"},
		{"1.23 µs", 7, "µ is two bytes and one column"},
		{"日本", 4, "wide characters take two"},
		{"e\u0301", 1, "a combining mark takes none"},
		{"🚀", 2, "emoji are wide"},
		{"→–…", 3, "our own signs are narrow"},
	} {
		require.Equal(t, c.want, width(c.s), c.why)
		require.Equal(t, 10, width(pad(c.s, 10, true)), c.why)
	}
}

func TestEscapes(t *testing.T) {
	for _, c := range []struct {
		escape        func(string) string
		in, want, why string
	}{
		{visible, "a\u202eb", `a\u{202e}b`, "an override turns the rest of the line"},
		{visible, "a\nb\t", `a\nb\t`, "the common ones read as Go writes them"},
		{visible, "\xff\uFFFD", `\x{ff}\u{fffd}`, "a broken byte differs from the character that stands for one"},
		{visible, "日本 é a b", "日本 é a b", "what can be seen stays"},
		{unarmed, "std::vector<x>", "std::vector<x>", "C++ names stay as they are"},
		{unarmed, " ::error::x", ` \::error::x`, "a command behind a blank"},
		{unarmed, "a ##[error]", `a ##\[error]`, "a command anywhere"},
		{code, "", "–", "an empty span would be two backticks"},
		{code, "a`b", "``a`b``", "a longer fence"},
		{code, "`", "`` ` ``", "blanks keep the fence apart"},
		{code, "a|b", "`a|b`", "outside of tables a pipe is a pipe"},
		{codeCell, "a|b", "`a\\|b`", "in a table it would end the cell"},
		{codeCell, `a\|b`, "`a\\\\u{7c}b`", "renderers differ about two backslashes"},
		{codeCell, strings.Repeat("|", 200), "`" + strings.Repeat(`\|`, 60) + "…" + strings.Repeat(`\|`, 59) + "`", "no escape is cut in half"},
		{prose, "+14.6 % [+12.9], p 0.004", "+14.6 % &#91;+12.9&#93;, p 0.004", "numbers stay readable"},
		{prose, "@me #1 GH-1", "&#64;&#8203;me &#35;&#8203;1 GH-&#8203;1", "what notifies or links"},
		{prose, "cost $5", "cost <span>$</span>5", "the way GitHub documents for a dollar"},
		{property, "a:b,c%", "a%3Ab%2Cc%25", "what ends a property"},
		{data, "a:b,c%", "a:b,c%25", "a message may hold them"},
	} {
		require.Equal(t, c.want, c.escape(c.in), c.why)
	}
}

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		why  string
		runs []float64
		want string
	}{
		{"nothing", nil, "–"},
		{"one run", []float64{5}, "▁"},
		{"a constant is flat", []float64{5, 5, 5}, "▁▁▁"},
		{"from the least to the largest", []float64{0, 1, 2, 3, 4, 5, 6, 7}, "▁▂▃▄▅▆▇█"},
		{"below zero", []float64{-2, 0, -1}, "▁█▅"},
		{"the whole range of a float64", []float64{-math.MaxFloat64, math.MaxFloat64, 0}, "▁█▅"},
		{"thirty columns at most, each the median of its share", append(make([]float64, 45), slices.Repeat([]float64{1}, 45)...),
			strings.Repeat("▁", 15) + strings.Repeat("█", 15)},
	} {
		var points []regress.Point
		for _, v := range c.runs {
			points = append(points, regress.Point{Center: v})
		}
		require.Equal(t, c.want, sparkline(points), c.why)
	}
}

func TestNewsFirst(t *testing.T) {
	track := func(name string, changes ...regress.Change) regress.Track {
		return regress.Track{Key: regress.Key{Metric: name}, Points: make([]regress.Point, 10), Changes: changes}
	}
	at := func(i int, w regress.Way, size float64) regress.Change {
		return regress.Change{At: i, Way: w, Relative: regress.NewFigure(size)}
	}
	var got []string
	for _, t := range newsFirst([]regress.Track{
		track("a: nothing"),
		track("b: a new gain", at(9, regress.Better, -0.5)),
		track("c: an old loss", at(2, regress.Worse, 0.9)),
		track("d: a new loss", at(7, regress.Worse, 0.1)),
		track("e: a larger one, since repaired", at(7, regress.Worse, -0.3), at(9, regress.Better, 0.3)),
		track("f: nothing"),
		track("g: an old change", at(3, regress.Changed, 1)),
	}) {
		got = append(got, t.Metric[:1])
	}
	require.Equal(t, []string{"e", "d", "c", "b", "g", "a", "f"}, got)
}

func TestAbbreviated(t *testing.T) {
	for _, c := range []struct{ commit, want, why string }{
		{"", "–", "not known"},
		{"1f3a5c7e9b2d4f601f3a5c7e9b2d4f601f3a5c7e", "1f3a5c7", "a hash"},
		{"1f3a5c7e9b", "1f3a5c7e9b", "who wrote it short meant it so"},
		{"v1.2.3\u202e", `v1.2.3\u{202e}`, "a name stays, visibly"},
	} {
		require.Equal(t, c.want, abbreviated(c.commit), c.why)
	}
}
