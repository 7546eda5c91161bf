package render_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

var (
	sgr      = regexp.MustCompile("\x1b\\[[0-9]*m")
	ownTags  = regexp.MustCompile(`</?(details|summary|sub)>|<br>|<span>\$</span>|<a href="https?://[^"<>]+">Whole report</a>`)
	mention  = regexp.MustCompile(`@[A-Za-z0-9]`)
	issue    = regexp.MustCompile(`(?i)(#|\bgh-)[0-9]`)
	commit   = regexp.MustCompile(`[0-9a-f]{7}`)
	autolink = regexp.MustCompile(`(?i)://|(www\.|mailto:)\pL`)
	emoji    = regexp.MustCompile(`:[a-z0-9_+-]+:`)
	block    = regexp.MustCompile(`^- ([-+*=#>~\s]|[0-9]+[.)])`)
	entity   = regexp.MustCompile(`&#[0-9]+;`)
)

// checkLog holds what must be true of every output that a runner reads.
func checkLog(out string) error {
	if !utf8.ValidString(out) {
		return fmt.Errorf("not valid UTF-8")
	}
	if strings.Contains(out, "##[") {
		return fmt.Errorf("a live ##[")
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") {
			return fmt.Errorf("a command: %q", line)
		}
	}
	for _, r := range out {
		if r != '\n' && (r < ' ' || r >= 0x7f) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)) {
			return fmt.Errorf("hidden character %U", r)
		}
	}
	return nil
}

// checkMarkdown adds what must be true of a comment on GitHub.
func checkMarkdown(out string, limit int) error {
	if err := checkLog(out); err != nil {
		return err
	}
	if len(out) > limit {
		return fmt.Errorf("%d bytes, %d allowed", len(out), limit)
	}
	columns := 0
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "|") {
			strict, counting := cellCounts(line)
			if columns == 0 {
				columns = strict
			}
			if strict != columns || counting != columns {
				return fmt.Errorf("%d or %d cells, the heading has %d: %.300q", strict, counting, columns, line)
			}
		} else {
			columns = 0
		}
		if block.MatchString(line) {
			return fmt.Errorf("a block inside a list: %.300q", line)
		}
		text := withoutCode(ownTags.ReplaceAllString(line, " "))
		if strings.ContainsAny(entity.ReplaceAllString(text, ""), "<>$`~_\\&") || autolink.MatchString(text) {
			return fmt.Errorf("raw markup: %.300q", text)
		}
		text = html.UnescapeString(text) // what the filters of GitHub read
		for what, live := range map[string]*regexp.Regexp{
			"mention": mention, "issue": issue, "commit": commit, "link": autolink, "emoji": emoji,
		} {
			if found := live.FindString(text); found != "" {
				return fmt.Errorf("a live %s %q: %.300q", what, found, line)
			}
		}
	}
	return nil
}

// withoutCode cuts the code spans as CommonMark finds them: a run of backticks
// up to the next run of the same length.
func withoutCode(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		if line[i] != '`' {
			b.WriteByte(line[i])
			i++
			continue
		}
		n := run(line[i:])
		end := -1
		for j := i + n; j < len(line); {
			if line[j] != '`' {
				j++
				continue
			}
			m := run(line[j:])
			if m == n {
				end = j + m
				break
			}
			j += m
		}
		if end < 0 { // no span: the backticks are text
			b.WriteString(line[i : i+n])
			end = i + n
		} else {
			b.WriteByte(' ')
		}
		i = end
	}
	return b.String()
}

func run(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// cellCounts counts the cells of a row as the two kinds of renderer do: the one
// takes a pipe behind any backslash for text, the other only behind an odd
// number of them.
func cellCounts(line string) (strict, counting int) {
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "|")[1:]
	strict, counting = 1, 1
	slashes := 0
	for i := range len(line) {
		switch line[i] {
		case '\\':
			slashes++
			continue
		case '|':
			if slashes == 0 {
				strict++
			}
			if slashes%2 == 0 {
				counting++
			}
		}
		slashes = 0
	}
	return strict, counting
}

func TestHostileNames(t *testing.T) {
	require.GreaterOrEqual(t, len(hostile), 60)
	for _, h := range hostile {
		r := attacked(h.text, h.text, h.text)
		for _, format := range []string{"text", "json", "markdown"} {
			if format == "json" && !utf8.ValidString(h.text) {
				continue // no JSON holds it
			}
			out := rendered(t, format, r, render.Options{})
			require.NoError(t, checkLog(out), "%s: %s: %.80q", format, h.why, h.text)
			if format == "markdown" {
				require.NoError(t, checkMarkdown(out, 60_000), "%s: %.80q", h.why, h.text)
			}
		}
		require.NoError(t, checkAnnotations(rendered(t, "annotations", r, render.Options{})), "%s: %.80q", h.why, h.text)
	}
}

// attacked is a report with the texts in every place that can hold them.
func attacked(name, unit, reason string) *regress.Report {
	r := &regress.Report{Base: regress.Ref{Commit: name, Env: regress.Env{CPU: unit, Runner: reason}}}
	for v := regress.Unjudged; v <= regress.Incomparable; v++ {
		c := comparison(name, 1.2e-6, 0.1, v)
		c.Metric, c.Unit, c.Reason, c.Remedy, c.Notes = name, unit, reason, reason, []string{reason}
		c.Threshold.Absolute = 1
		if v == regress.Regressed {
			c.Waiver = &regress.Waiver{Reason: reason}
		}
		r.Comparisons = append(r.Comparisons, c)
	}
	r.Alerts = []regress.AlertResult{
		{Name: name, Benchmark: name, Value: fig(1), Unit: unit, Fired: true, Condition: regress.Condition{Operator: ">"}},
		{Name: name, Reason: reason, Condition: regress.Condition{Operator: ">"}},
	}
	r.Warnings = []regress.Warning{{File: name, Line: 1, Message: reason}, {Message: reason}, {File: ":", Message: name}, {File: "##", Message: "["}}
	r.Suite.Rerun = []regress.Key{{Benchmark: name, Metric: name}, {Metric: name}}
	return r
}

var workflowCommand = regexp.MustCompile(`^::(error|warning) title=[^:,\r\n]*::([^\r\n]*)\n$`)

// checkAnnotations accepts nothing but at most ten well-formed commands of a kind.
func checkAnnotations(out string) error {
	n := map[string]int{}
	for line := range strings.Lines(out) {
		m := workflowCommand.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("not a command of ours: %q", line)
		}
		if n[m[1]]++; n[m[1]] > 10 {
			return fmt.Errorf("more than ten of %s", m[1])
		}
		if len(m[2]) > 4096 {
			return fmt.Errorf("a message of %d bytes", len(m[2]))
		}
		if err := checkLog(strings.TrimPrefix(line, "::")); err != nil {
			return err
		}
	}
	return nil
}
