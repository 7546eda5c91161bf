package gate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/host"
	"github.com/org/regress-gate/regress/measure"
	"github.com/org/regress-gate/regress/measure/machine"
	"github.com/org/regress-gate/regress/parse"
)

// Experiment says what is measured, and how often. The zero value measures all Go
// benchmarks of the current folder's module ten times.
type Experiment struct {
	Folder   string   // where it is measured; "" is the working directory
	Base     string   // git commit that the working tree is compared with; REF... is where HEAD forked off REF; "" measures the working tree alone
	Packages []string // Go packages; none is ./...
	Bench    string   // regular expression for Go benchmarks, "" is all
	Time     string   // time of a benchmark, as -benchtime takes it
	Command  []string // a command to measure in place of Go benchmarks
	Format   string   // input format of the command's output; "" or "auto" to find out

	CPUs   int           // processors that are chosen for each process; 0 lets it run on any
	Count  int           // samples a side; 0 is 10
	Budget time.Duration // time for looking at 5, 10 and 20 samples (regress.Looks) until all is decided; 0 looks once, at Count

	Profile bool // takes profiles of both sides of what regressed, for the cause

	Notice func(Progress)   // told after every round; nil for nobody
	Now    func() time.Time // the clock; required
}

const defaultCount = 10

// Progress says how far an experiment is.
type Progress struct {
	Round, Rounds int           // done, and at most to do
	Left          time.Duration // estimate of the time left
	Widest        string        // the metric with the widest interval, and that; "" before there is one
}

// lab is an experiment under way.
type lab struct {
	Experiment
	checkout *measure.Checkout // nil without a base
	temp     func() error
	folder   string         // for what is needed until close
	pairs    []measure.Pair // what the next round measures
	all      []measure.Pair // what the first one measured
	rounds   measure.Experiment
	done     int
	silent   bool           // the command's output is in no format
	base     []*regress.Run // one for each process
	head     []*regress.Run
	took     map[regress.Key]bool // metrics of the processes themselves
	commit   string               // of the head
	started  time.Time
	remarks  []regress.Warning
}

// prepare checks out the base and compiles what is to be measured. The lab must be
// closed.
func (e Experiment) prepare(ctx context.Context) (*lab, error) {
	if _, err := parse.Lookup(e.Format); err != nil && e.Format != "" && e.Format != "auto" {
		return nil, &UsageError{err}
	}
	l := &lab{Experiment: e, took: map[regress.Key]bool{}}
	dir, err := filepath.Abs(e.Folder)
	if err != nil {
		return nil, err
	}
	if e.Base != "" {
		if l.checkout, err = measure.NewCheckout(ctx, dir, e.Base); err != nil {
			return nil, err
		}
		l.temp, l.folder = l.checkout.Close, l.checkout.Temp()
	} else {
		if l.folder, l.temp, err = measure.TempFolder(); err != nil {
			return nil, err
		}
	}
	l.commit = measure.HeadCommit(ctx, dir)
	if len(e.Command) > 0 {
		err = l.prepareCommand(dir)
	} else {
		bench := measure.GoBench{Packages: e.Packages, Bench: e.Bench, Time: e.Time}
		l.pairs, err = bench.GoBenches(ctx, dir, l.checkout, l.folder)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	l.settle(ctx)
	l.all = l.pairs
	l.started = e.Now()
	return l, nil
}

// settle chooses processors, and remarks on what makes this machine unquiet.
func (l *lab) settle(ctx context.Context) {
	for _, sentence := range machine.Look(ctx) {
		l.remarks = append(l.remarks, regress.Warning{Message: visible(sentence)})
	}
	if l.CPUs == 0 {
		return
	}
	pin := machine.Pin(ctx, l.CPUs)
	l.remarks = append(l.remarks, regress.Warning{Message: pin.String()})
	for _, p := range l.pairs {
		for _, task := range [...]*measure.Task{p.Base, p.Head} {
			if task != nil {
				task.Pin = pin
			}
		}
	}
}

// visible replaces what no report may hold: the name of a process is whatever it
// likes to be.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, s)
}

func (l *lab) prepareCommand(dir string) error {
	pair := measure.Pair{Name: filepath.Base(l.Command[0]), Head: &measure.Task{Args: l.Command, Dir: dir, Watched: true}}
	if l.checkout != nil {
		pair.Base = &measure.Task{Args: l.Command, Dir: l.checkout.Dir(), Watched: true}
		if _, err := os.Stat(pair.Base.Dir); err != nil {
			return fmt.Errorf("the base has no such folder: %w", err)
		}
	}
	l.pairs = []measure.Pair{pair}
	return nil
}

func (l *lab) close() error { return l.temp() }

// count is the number of samples a side that is aimed at.
func (l *lab) count() int {
	if l.Count > 0 {
		return l.Count
	}
	return defaultCount
}

// measure adds rounds up to n. It ends early, without an error, where the context
// or the budget ends: whole says that it did not.
func (l *lab) measure(ctx context.Context, n, most int) (whole bool, err error) {
	for l.done < n && len(l.pairs) > 0 {
		start := l.Now()
		if l.Budget > 0 && l.done > 0 && start.Sub(l.started)+l.average(start) > l.Budget {
			return false, nil
		}
		samples, err := l.rounds.Round(ctx, l.pairs)
		if ctx.Err() != nil {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if err := l.take(samples); err != nil {
			return false, err
		}
		l.done++
		if len(l.pairs) == 0 {
			most = l.done
		}
		if l.Notice != nil {
			now := l.Now()
			l.Notice(Progress{Round: l.done, Rounds: most, Left: l.average(now) * time.Duration(most-l.done), Widest: l.widest()})
		}
	}
	return true, nil
}

// average is the time that a round has taken.
func (l *lab) average(now time.Time) time.Duration {
	if l.done == 0 {
		return 0
	}
	return now.Sub(l.started) / time.Duration(l.done)
}

// take reads what the processes of a round wrote. A package whose benchmarks turn
// out not to match is left out from then on; so is one that only one side has, since
// missing and new it is with one sample too.
func (l *lab) take(samples []measure.Samples) error {
	var pairs []measure.Pair
	nothing := true
	for i, s := range samples {
		measured := false
		for _, side := range [...]struct {
			samples []measure.Sample
			to      *[]*regress.Run
		}{{s.Base, &l.base}, {s.Head, &l.head}} {
			for _, one := range side.samples {
				run, err := l.read(one, l.pairs[i].Name)
				if err != nil {
					return err
				}
				if run != nil {
					*side.to, measured = append(*side.to, run), true
				}
			}
		}
		nothing = nothing && !measured
		if p := l.pairs[i]; measured && (l.checkout == nil || p.Base != nil && p.Head != nil) {
			pairs = append(pairs, p)
		}
	}
	if l.pairs = pairs; nothing {
		return measure.ErrNoBenchmarks
	}
	return nil
}

// sides merges what was measured so far. A run says in which order it was made, of
// which commits, and on what machine.
func (l *lab) sides() (base, head *regress.Run, err error) {
	if head, err = l.merge(l.head, l.commit); err != nil {
		return nil, nil, err
	}
	if l.checkout == nil {
		l.dropSeldom(head)
		return nil, head, nil
	}
	base, err = l.merge(l.base, l.checkout.Commit)
	if err == nil {
		l.dropSeldom(base, head)
		names := regress.SharedNames(base, head)
		base.Qualify(names)
		head.Qualify(names)
		base.Design, head.Design = regress.Interleaved, regress.Interleaved
	}
	return base, head, err
}

func (l *lab) merge(runs []*regress.Run, commit string) (*regress.Run, error) {
	run := &regress.Run{} // of a side without benchmarks
	if len(runs) > 0 {
		var err error
		if run, err = regress.Merge(runs...); err != nil {
			return nil, fmt.Errorf("joining what was measured: %w", err)
		}
	}
	here := host.Env()
	here.CPU = "" // the output of the benchmarks says it in its own words
	if env, err := run.Env.Merge(here); err == nil {
		run.Env = env
	}
	if run.Env.CPU == "" {
		run.Env.CPU = host.Env().CPU
	}
	run.Commit, run.Time = commit, l.started.UTC().Truncate(time.Second)
	run.Warnings = slices.Clone(l.remarks)
	for _, r := range runs { // every process says the same again
		for _, w := range r.Warnings {
			if !slices.Contains(run.Warnings, w) {
				run.Warnings = append(run.Warnings, w)
			}
		}
	}
	return run, nil
}
