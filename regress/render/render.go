package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

// Format is one output format. Formats are rows of one table: usage text, tests
// and documentation range over List.
type Format struct {
	Name string // as --format and --output name it
	Doc  string // one line for the usage text
	// Render writes the report and returns the first error of w, if any.
	Render func(w io.Writer, r *regress.Report, o Options) error
}

// Options are what a report cannot know. The zero Options is ready for use.
type Options struct {
	Color bool   // whether text may use ANSI colours: the caller knows the terminal
	Title string // heading of a comment; DefaultTitle where empty
	Limit int    // largest size in bytes of a format that has one; 0 = its own budget
	// Locate tells where a benchmark stands in the source, for the formats that can
	// point there. nil = nowhere is known. What it returns is trusted.
	Locate func(regress.Key) (Place, bool)
	RunURL string // where the whole report can be found, an absolute http(s) address; "" = nowhere
}

// DefaultTitle is the title of a report that was given none.
const DefaultTitle = "Performance"

var formats = []Format{
	{"text", "table for a terminal or a log", renderText},
	{"markdown", "GitHub comment or step summary, cut to fit", renderMarkdown},
	{"html", "one page with plots, for a browser: needs no network", renderHTML},
	{"json", "the whole report without loss, for render and other tools", renderJSON},
	{"junit", "JUnit XML: a test case for each metric and alert", renderJUnit},
	{"sarif", "SARIF 2.1.0 for code scanning: findings, at the benchmark's line where the source is there", renderSARIF},
	{"csv", "a row for each metric, with benchstat's columns and all figures of the verdict", renderCSV},
	{"openmetrics", "gauges for Prometheus: textfile collector, Pushgateway", renderOpenMetrics},
	{"annotations", "GitHub workflow commands: ten errors and ten warnings at most", renderAnnotations},
}

// List returns all formats, in the order in which they are documented.
func List() []Format { return slices.Clone(formats) }

// Lookup returns the format with that name; the error lists the valid names.
func Lookup(name string) (Format, error) {
	names := make([]string, len(formats))
	for i, f := range formats {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Format{}, unknownFormat(name, names)
}

func unknownFormat(name string, names []string) error {
	return fmt.Errorf("unknown output format %.40q (one of %s)", name, strings.Join(names, ", "))
}

// Write renders the report in the format with that name.
func Write(w io.Writer, name string, r *regress.Report, o Options) error {
	f, err := Lookup(name)
	if err != nil {
		return err
	}
	return f.Render(w, r, o)
}
