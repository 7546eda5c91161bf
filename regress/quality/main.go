package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
	"golang.org/x/term"
)

func main() {
	debug.SetGCPercent(400) // reports are short-lived and small: memory is cheaper than time
	var progress io.Writer
	if term.IsTerminal(int(os.Stderr.Fd())) {
		progress = os.Stderr
	}
	missed, err := run(os.Args[1:], os.Stdout, os.Stderr, progress)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(2)
	case missed > 0:
		os.Exit(1)
	}
}

// section is a table beside the bars.
type section struct {
	title string
	table func(*lab) *markdown.Table
}

// rules are the sections that the README shows as well.
var rules = []section{
	{"Rules on the same data, n = 10", byRuleFully},
	{"Rules on the same data, n = 5", byRuleShortly(5)},
	{"Rules on the same data, n = 20", byRuleShortly(20)},
}

// sections are what is printed below the bars; of the last the README has fewer columns.
var sections = append(rules[:len(rules):len(rules)],
	section{"By n and noise: false alarms, 200 metrics / 3× found, 1 of 200", byNoise},
	section{byExperiment, byDesign(1.5, 3, 10)})

const byExperiment = "By experiment, 200 metrics, n = 10 where nothing else is said"

// run measures what the arguments ask for, and returns how many bars are missed.
func run(args []string, stdout, stderr, progress io.Writer) (missed int, err error) {
	flags := flag.NewFlagSet("quality", flag.ContinueOnError)
	flags.SetOutput(stderr)
	families := flags.Int("families", 1000, "pull requests drawn for a main row; cells of a grid get half, small suites up to ten times as many")
	pattern := flags.String("run", "", "measure only the rows and tables that match this `regexp`, such as 'row 1:' or 'By exp'")
	readme := flags.String("readme", "", "also replace the measured part of this Markdown `file`")
	if err := flags.Parse(args); err != nil {
		return 0, err
	}
	wanted, err := regexp.Compile(*pattern)
	switch {
	case err != nil:
		return 0, fmt.Errorf("reading -run: %w", err)
	case *families < 2:
		return 0, fmt.Errorf("%d families are too few: 2 are the least with an error to state", *families)
	case flags.NArg() > 0:
		return 0, fmt.Errorf("what is %q? only flags are understood", flags.Arg(0))
	case *readme != "":
		if err := checkMarkers(*readme); err != nil { // before, and not after, minutes of work
			return 0, err
		}
	}

	l := newLab(*families, progress)
	bars, missed := judgeBars(l, wanted)
	text := ""
	if !bars.Empty() {
		text = bars.String()
	}
	for _, s := range sections {
		if wanted.MatchString(s.title) {
			text += s.String(l)
		}
	}
	if l.announce(""); text == "" {
		return 0, fmt.Errorf("nothing matches -run %q", *pattern)
	}
	if _, err := io.WriteString(stdout, text); err != nil {
		return 0, fmt.Errorf("printing: %w", err)
	}
	if *readme == "" {
		return missed, nil
	}
	return missed, replaceMeasured(*readme, published(l))
}

// String is the section as Markdown.
func (s section) String(l *lab) string { return fmt.Sprintf("\n### %s\n\n%s", s.title, s.table(l)) }

// published is what the README shows: the rules for ten samples and the
// experiments, and folded away what else there is of the rules.
func published(l *lab) string {
	var b strings.Builder
	fmt.Fprintf(&b, `In percent, ± Monte-Carlo standard error, from at least %d simulated pull requests for each figure. A false alarm is a
pull request that changes nothing and fails; k× is a loss of k times the threshold of 5 %%, in one metric of that many.
Noise is mixed: five shapes, 0.5 to 10 %%. Between runs there is none for the rules, and all of a hosted runner's for the
experiments, where a suite that moved as a whole beyond the threshold is *unproven*.
`, l.families)
	b.WriteString(rules[0].String(l))
	b.WriteString(section{byExperiment, byDesign(3, 10)}.String(l))
	b.WriteString("\n<details><summary>The rules with 5 and with 20 samples a side</summary>\n")
	for _, s := range rules[1:] {
		b.WriteString(s.String(l))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}
