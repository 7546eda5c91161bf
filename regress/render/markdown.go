package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/org/regress-gate/regress"
)

// renderMarkdown writes a comment for a pull request, or a step summary, within
// a budget of bytes.
func renderMarkdown(w io.Writer, r *regress.Report, o Options) error {
	decision, why := headline(r)
	opening := fmt.Sprintf("## %s %s: %s\n\n**%s**\n", gateMark(r.Gate()), heading(o, DefaultTitle), decision, prose(why))
	return writeMarkdown(w, o, opening, markdownBlocks(r, o))
}

// heading is the title that the options ask for.
func heading(o Options, fallback string) string {
	return prose(shorten(visible(cmp.Or(o.Title, fallback)), maxTitle))
}

// writeMarkdown writes what the options have room for.
func writeMarkdown(w io.Writer, o Options, opening string, blocks []block) error {
	limit := cmp.Or(o.Limit, markdownBudget)
	if limit < leastBudget {
		return fmt.Errorf("a limit of %d bytes is too small for a comment: %d are the least", limit, leastBudget)
	}
	_, err := io.WriteString(w, fit(limit, opening, blocks))
	return err
}

const (
	maxTitle   = 60   // runes
	maxURL     = 1000 // bytes
	maxBullets = 12   // how long a list may be and still stand open
)

const editsHeading = "This change edits its own judge, and was judged without that"

func gateMark(g regress.Gate) string {
	switch g {
	case regress.Open:
		return "✅"
	case regress.Shut:
		return "❌"
	}
	return "⚠️"
}

// markdownBlocks are the parts of the comment in the order in which they are
// read. What closes the gate stands before everything else.
func markdownBlocks(r *regress.Report, o Options) []block {
	changeHead := "change"
	if head := intervalHead(r); head != "" {
		changeHead += " [" + unbroken(head) + "]"
	}
	judged := []column{
		{"benchmark", false}, {"metric", false}, {"base", true}, {"head", true}, {"□ = threshold", false},
		{changeHead, true}, {"p adj.", true}, {"n", true}, {"threshold", true}, {"evidence", false},
	}
	single := []column{{"benchmark", false}, {"metric", false}, {"base", true}, {"head", true}, {"n", true}}
	obstacle := append(slices.Clone(single), column{"why", false})
	verdict := func(v regress.Verdict, keep importance, heading, noun string, columns []column, row func(*regress.Comparison) []string) block {
		list := r.WorstFirst(v)
		return block{
			keep: keep, heading: heading, noun: noun, columns: columns, n: len(list),
			folded: keep >= keepNew, row: func(i int) []string { return row(list[i]) },
		}
	}
	return []block{
		verdict(regress.Regressed, keepRegressions, "Regressions", "regressions", judged, judgedRow),
		alertBlock(r.Alerts),
		bullets(keepEdits, editsHeading, "changes of the judge", edits(r)),
		verdict(regress.Improved, keepImproved, "Improvements", "improvements", judged, judgedRow),
		verdict(regress.Inconclusive, keepInconclusive, "Inconclusive", "inconclusive", []column{
			{"benchmark", false}, {"metric", false}, {"base", true}, {"head", true}, {"□ = threshold", false},
			{changeHead, true}, {"p adj.", true}, {"n", true}, {"detects from", true}, {"why", false},
		}, inconclusiveRow),
		bullets(keepRemedies, "What to do", "remedies", remedies(r)),
		bullets(keepRemedies, "Cause", "causes", causes(r)),
		grownBlock(r),
		treeBlock(r),
		bullets(keepRemedies, "Reproduce", "commands", reproduce(r)),
		bullets(keepReruns, "Measure again, base and head in turns", "to measure again", reruns(r)),
		bullets(keepDrift, "Slow drift of the main branch", "drifting", drifts(&r.Drift)),
		verdict(regress.Missing, keepMissing, "Missing from the run", "missing", single, singleRow),
		verdict(regress.Incomparable, keepIncomparable, "Incomparable", "incomparable", obstacle, obstacleRow),
		verdict(regress.New, keepNew, "New", "new", single, singleRow),
		verdict(regress.Unjudged, keepUnjudged, "Shown, not judged", "not judged", judged, judgedRow),
		verdict(regress.Unchanged, keepUnchanged, "Unchanged", "unchanged", judged, judgedRow),
		bullets(keepNotes, "Notes", "notes", notes(r)),
		bullets(keepWarnings, "Warnings", "warnings", warnings(r)),
		footer(r, o),
	}
}

// bullets is a list, folded where it is long.
func bullets(keep importance, heading, noun string, list []remark) block {
	return block{
		keep: keep, heading: heading, noun: noun, n: len(list), folded: len(list) > maxBullets,
		row: func(i int) []string { return []string{bullet(list[i])} },
	}
}
