// Command speed measures how fast and how small regress-gate is, beside benchstat
// and by itself.
//
//	go run ./regress/quality/speed                 # everything, in some twenty minutes
//	go run ./regress/quality/speed -run contest -sizes S,M
//	go run ./regress/quality/speed -run 'scaling|parsing|start|libraries'
//
// It builds the command as a release does, installs benchstat, and writes what
// both read with a generator of fixed seeds. The
// programs run in turns, A B B A, nothing beside them; figures are medians, and a
// ratio is that of two medians of one run, so that it carries over to another
// machine better than a time does.
//
//   - contest: `regress-gate compare` and benchstat on the same two files
//   - scaling: the cost of a sample, from 10³ to 10⁶ of them, in each dimension
//   - parsing: bytes a second of one core, and allocations
//   - start: what a start costs, beside that of `true`
//   - libraries: what each module adds to the binary and to the start
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

func main() {
	switch err := run(os.Args[1:]); {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

// section is a part of what is measured.
type section struct {
	name, title string
	measure     func(*bench) (*markdown.Table, error)
}

var sections = []section{
	{"contest", "Beside benchstat: how many times as much it needs", contest},
	{"scaling", "The cost of a sample, by their number a side", scaling},
	{"parsing", "Reading, on one core", parsing},
	{"start", "A start", start},
	{"libraries", "What each module costs in the binary", libraries},
}

func run(args []string) error {
	flags := flag.NewFlagSet("speed", flag.ContinueOnError)
	pattern := flags.String("run", "", "measure only the sections whose name matches this `regexp`")
	names := flags.String("sizes", "S,M,L,XL", "sizes of the contest")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*pattern)
	if err != nil {
		return fmt.Errorf("reading -run: %w", err)
	}
	b, err := newBench(strings.Split(*names, ","))
	if err != nil {
		return err
	}
	defer b.close()
	for _, s := range sections {
		if !wanted.MatchString(s.name) {
			continue
		}
		t, err := s.measure(b)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", s.name, err)
		}
		fmt.Printf("### %s\n\n%s\n", s.title, t)
	}
	return nil
}
