package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/org/regress-gate/regress"
)

// HistoryFormat is one output format of a history. They are rows of one table,
// like the formats of reports.
type HistoryFormat struct {
	Name string // as --format names it
	Doc  string // one line for the usage text
	// Render writes the history and returns the first error of w, if any. Of the
	// options it heeds Color, Title and Limit.
	Render func(w io.Writer, h *regress.History, o Options) error
}

// DefaultHistoryTitle is the title of a history that was given none.
const DefaultHistoryTitle = "Performance history"

var historyFormats = []HistoryFormat{
	{"text", "a sparkline and the changes of each metric, for a terminal", renderHistoryText},
	{"markdown", "tables for a comment or a step summary, cut to fit", renderHistoryMarkdown},
	{"html", "one page with the series of each metric and its changes, for a browser", renderHistoryHTML},
	{"json", "every point and change, for other tools", func(w io.Writer, h *regress.History, _ Options) error { return writeJSON(w, h) }},
}

// HistoryFormats returns all formats of a history, in the order in which they
// are documented.
func HistoryFormats() []HistoryFormat { return slices.Clone(historyFormats) }

// LookupHistory returns the format with that name; the error lists the valid
// names.
func LookupHistory(name string) (HistoryFormat, error) {
	names := make([]string, len(historyFormats))
	for i, f := range historyFormats {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return HistoryFormat{}, unknownFormat(name, names)
}

// historyHeadline sums the history up in one sentence.
func historyHeadline(h *regress.History) string {
	changed, earlier := 0, false
	var ways [regress.Better + 1]int
	for i := range h.Tracks {
		t := &h.Tracks[i]
		earlier = earlier || len(t.Points) > 1
		if len(t.Changes) > 0 {
			changed++
		}
		for _, c := range t.Changes {
			ways[c.Way]++
		}
	}
	switch {
	case len(h.Tracks) == 0:
		return "no metrics in the baseline"
	case !earlier:
		return "no earlier runs: update keeps them"
	case changed == 0:
		return "no change in " + plural(len(h.Tracks), "metric")
	}
	text := fmt.Sprintf("%d of %s changed", changed, plural(len(h.Tracks), "metric"))
	between := ": "
	for _, part := range [...]struct {
		way  regress.Way
		word string
	}{{regress.Worse, "for the worse"}, {regress.Better, "for the better"}, {regress.Changed, "neither"}} {
		if n := ways[part.way]; n > 0 {
			text += between + strconv.Itoa(n) + " " + part.word
			between = ", "
		}
	}
	return text
}
