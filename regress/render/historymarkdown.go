package render

import (
	"fmt"
	"io"
	"strconv"

	"github.com/org/regress-gate/regress"
)

// renderHistoryMarkdown writes the changes, which are the news, before the
// series of all metrics, within the budget of a comment.
func renderHistoryMarkdown(w io.Writer, h *regress.History, o Options) error {
	opening := fmt.Sprintf("## %s\n\n**%s**\n", heading(o, DefaultHistoryTitle), prose(historyHeadline(h)))
	tracks := newsFirst(h.Tracks)
	blocks := []block{
		bullets(keepDrift, "Slow drift", "drifting", drifts(&h.Drift)), bullets(keepRemedies, "At once", "at once", together(h)),
		changesBlock(tracks), bullets(keepNotes, "Accepted", "accepted", acceptances(h)), seriesBlock(tracks), smallPrint(baselineLine(h), "commits: the last run before a change .. the first run after it"),
	}
	return writeMarkdown(w, o, opening, blocks)
}

func changesBlock(tracks []*regress.Track) block {
	type change struct {
		*regress.Track
		*regress.Change
	}
	var list []change
	for _, t := range tracks {
		for i := range t.Changes {
			list = append(list, change{t, &t.Changes[i]})
		}
	}
	return block{
		keep: keepRegressions, heading: "Changes", noun: "changes", n: len(list),
		columns: []column{
			{"benchmark", false}, {"metric", false}, {"since", false}, {"commits", false},
			{"change", true}, {"", false}, {"before", true}, {"after", true}, {"certainty", false},
		},
		row: func(i int) []string {
			t, c := list[i].Track, list[i].Change
			x := changeCells(t, c)
			return []string{
				codeCell(t.Benchmark), codeCell(t.Metric), unbroken(day(c.To)), codeCell(commits(c)),
				number(x.change), c.Way.String(), number(x.base), number(x.head), unbroken(prose(certainty(t, c))),
			}
		},
	}
}

func seriesBlock(tracks []*regress.Track) block {
	return block{
		keep: keepUnchanged, heading: "Series", noun: "series", n: len(tracks),
		columns: []column{
			{"benchmark", false}, {"metric", false}, {"oldest to newest", false}, {"newest", true}, {"run sd", true}, {"runs", true},
		},
		row: func(i int) []string {
			t := tracks[i]
			return []string{
				codeCell(t.Benchmark), codeCell(t.Metric), span(sparkline(t.Points)), number(newest(t)), unbroken(share(t.RunSD)), strconv.Itoa(len(t.Points)),
			}
		},
	}
}
