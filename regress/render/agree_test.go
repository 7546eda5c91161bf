package render_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/require"
	"github.com/xeipuuv/gojsonschema"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// TestFormatsAgree reads every output of a report as its users' tools do, and
// finds the same decision, the same verdicts and the same numbers in all.
func TestFormatsAgree(t *testing.T) {
	for _, source := range reports {
		t.Run(source.name, func(t *testing.T) {
			r := source.make(t)
			for _, format := range []string{"text", "markdown"} {
				first, _, _ := strings.Cut(rendered(t, format, r, render.Options{}), "\n")
				require.Contains(t, first, "gate "+r.Gate().String(), format)
			}
			agreesHTML(t, r)
			agreesJUnit(t, r)
			agreesCSV(t, r)
			agreesOpenMetrics(t, r)
			agreesSARIF(t, r)
		})
	}
}

var pageRow = regexp.MustCompile(`<tr data-verdict=(\w+)>.*?</tr>`)

func agreesHTML(t *testing.T, r *regress.Report) {
	text := rendered(t, "html", r, render.Options{})
	require.Contains(t, text, fmt.Sprintf(`<span class="decision %s">gate %[1]s</span>`, r.Gate()))
	rows := pageRow.FindAllStringSubmatch(text, -1)
	require.Len(t, rows, len(r.Comparisons))
	got, want := map[string]int{}, map[string]int{}
	values := ""
	for _, row := range rows {
		got[row[1]]++
		values += row[0]
	}
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		want[c.Verdict.String()]++
		require.Contains(t, values, fmt.Sprintf(`data-value="%s"`, figureText(c.Delta.Relative)))
	}
	require.Equal(t, want, got)
}

func agreesJUnit(t *testing.T, r *regress.Report) {
	var doc struct {
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Tests    int `xml:"tests,attr"`
		Cases    []struct {
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
		} `xml:"testsuite>testcase"`
	}
	require.NoError(t, xml.Unmarshal([]byte(rendered(t, "junit", r, render.Options{})), &doc))
	failures, errors := 0, 0
	for _, c := range doc.Cases {
		if c.Failure != nil {
			failures++
		}
		if c.Error != nil {
			errors++
		}
	}
	require.Equal(t, []int{failures, errors, len(doc.Cases)}, []int{doc.Failures, doc.Errors, doc.Tests})
	require.Equal(t, r.Gate() == regress.Shut, failures > 0)
	require.Equal(t, r.Gate() == regress.Open, failures+errors == 0)
}

func agreesCSV(t *testing.T, r *regress.Report) {
	rows, err := csv.NewReader(strings.NewReader(rendered(t, "csv", r, render.Options{}))).ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	require.Len(t, rows[1:], len(r.Comparisons))
	for i := range r.Comparisons {
		c, row := &r.Comparisons[i], rows[1+i]
		require.Equal(t, c.Verdict.String(), row[at["verdict"]])
		require.Equal(t, fmt.Sprint(c.Closes()), row[at["closes"]])
		for name, f := range map[string]regress.Figure{
			"base": c.Base.Center, "head": c.Head.Center, "change": c.Delta.Relative, "change lo": c.Delta.Lo, "p adjusted": c.PAdjusted,
		} {
			require.Equal(t, figureText(f), row[at[name]], name)
		}
	}
}

func figureText(f regress.Figure) string {
	v, ok := f.Get()
	if !ok {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

var sampleLine = regexp.MustCompile(`^regress_gate_(\w+)(\{(\w+="([^"\\]|\\["\\n])*",?)*\})? (\S+)$`)

func agreesOpenMetrics(t *testing.T, r *regress.Report) {
	text := rendered(t, "openmetrics", r, render.Options{})
	require.True(t, strings.HasSuffix(text, "\n# EOF\n"))
	seen, values := map[string]bool{}, map[string]int{}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		m := sampleLine.FindStringSubmatch(lines.Text())
		require.NotNil(t, m, lines.Text())
		series := strings.TrimSuffix(lines.Text(), m[5])
		require.False(t, seen[series], "twice: %s", series)
		seen[series] = true
		values[m[1]]++
	}
	require.Equal(t, len(r.Comparisons), values["verdict"])
	require.Contains(t, text, fmt.Sprintf("regress_gate_gate{state=%q} 1\n", r.Gate()))
	n := r.Count()
	require.Contains(t, text, fmt.Sprintf("regress_gate_comparisons{verdict=\"regression\"} %d\n", n.Regression))
	require.Contains(t, text, fmt.Sprintf("regress_gate_comparisons{verdict=\"inconclusive\"} %d\n", n.Inconclusive))
}

// sarifSchema is the schema of SARIF 2.1.0 as go-sarif carries it, in a constant
// that it keeps to itself. Its own check is of what it would write, not of a text.
func sarifSchema(t *testing.T) string {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(folder)), "pkg/report/v210/sarif/schema.go"), nil, 0)
	require.NoError(t, err)
	text := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && len(literal.Value) > len(text) {
			text = literal.Value
		}
		return true
	})
	text, err = strconv.Unquote(text)
	require.NoError(t, err)
	require.Contains(t, text, `"Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"`)
	return text
}

func agreesSARIF(t *testing.T, r *regress.Report) {
	place := func(regress.Key) (render.Place, bool) { return render.Place{File: "pkg a/x_test.go", Line: 12}, true }
	text := rendered(t, "sarif", r, render.Options{Locate: place})
	var log sarif.Report
	known := json.NewDecoder(strings.NewReader(text))
	known.DisallowUnknownFields()
	require.NoError(t, known.Decode(&log))
	result, err := gojsonschema.Validate(gojsonschema.NewStringLoader(sarifSchema(t)), gojsonschema.NewStringLoader(text))
	require.NoError(t, err)
	require.Empty(t, result.Errors(), "the schema of OASIS")
	var doc struct {
		Runs []struct {
			Results []struct {
				Rule  string `json:"ruleId"`
				Level string `json:"level"`
			} `json:"results"`
		} `json:"runs"`
	}
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	closing, wrong := 0, 0
	for _, result := range doc.Runs[0].Results {
		if result.Level == "error" {
			wrong++
			if result.Rule == "regression" {
				closing++
			}
		}
	}
	want := 0
	for i := range r.Comparisons {
		if r.Comparisons[i].Closes() {
			want++
		}
	}
	require.Equal(t, want, closing)
	require.Equal(t, r.Gate() == regress.Open, wrong == 0)
	if want > 0 {
		require.Contains(t, text, `"uri": "pkg%20a/x_test.go"`)
	}
}
