package parse

import (
	"bytes"
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/profile"
)

var foldedFormat = Format{
	Name:    "folded",
	Doc:     "folded stacks, the input of FlameGraph: a stack and its count a line",
	Example: "perf script | stackcollapse-perf.pl > stacks.folded",
	Metrics: "samples.flat, samples.cum (each function's share of the samples), samples.total",
	Sniff:   sniffFolded,
	Parse:   parseFolded,
}

func parseFolded(r io.Reader, o Options) (*regress.Run, error) {
	p, err := profile.ReadFolded(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, readError(err))
	}
	return profileRun(p, o.File)
}

// sniffFolded accepts lines that are all stacks with a count, of which one has two
// frames or more.
func sniffFolded(head []byte) bool {
	stacks := false
	for line := range bytes.Lines(head) {
		text := bytes.TrimSpace(line)
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		if line[len(line)-1] != '\n' && len(head) >= sniffLen {
			break // the head ends within this line
		}
		stack, _, ok := profile.CutFolded(text)
		if !ok {
			return false
		}
		stacks = stacks || bytes.IndexByte(stack, ';') > 0
	}
	return stacks
}
