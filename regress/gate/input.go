package gate

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/host"
	"github.com/org/regress-gate/regress/parse"
)

// Input names the files of one run.
type Input struct {
	Paths  []string  // files, globs, or "-" for Stdin; several are merged in this order
	Format string    // name of an input format; "" or "auto" to find out
	Stdin  io.Reader // what "-" reads
	Commit string    // the commit that was measured, where the files do not say
	Env    []string  // what the files do not say of the machine, as cpu=MODEL; "auto" is this machine

	Monitoring
}

// ReadRun reads and merges the files of one run. Problems of several files are
// reported together.
func ReadRun(in Input) (*regress.Run, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	var runs, live []*regress.Run
	var err error
	if in.any() {
		if live, err = in.monitored(); err != nil {
			return nil, err
		}
	}
	if in.Since == "" && (!in.any() || len(in.Paths) > 0) {
		if runs, err = readAll(in, parse.Read); err != nil {
			return nil, err
		}
	}
	return in.whole(append(runs, live...))
}

// whole makes one run of several, with what is said of it beside the files.
func (in Input) whole(runs []*regress.Run) (*regress.Run, error) {
	if len(runs) == 1 { // ours alone: nothing has to be copied
		runs[0].Qualify(regress.SharedNames(runs[0]))
	} else {
		merged, err := regress.Merge(runs...)
		if err != nil {
			return nil, fmt.Errorf("reading run: %w", err)
		}
		runs = []*regress.Run{merged}
	}
	run := runs[0]
	if in.Commit != "" {
		if run.Commit != "" && run.Commit != in.Commit {
			return nil, fmt.Errorf("reading run: it measured commit %s, not %s", run.Commit, in.Commit)
		}
		run.Commit = in.Commit
	}
	if err := in.describe(run); err != nil {
		return nil, err
	}
	if err := run.Validate(); err != nil {
		return nil, fmt.Errorf("reading run: %w", err)
	}
	return run, nil
}

// describe adds what is said of the environment to what the run says itself; the
// two must agree.
func (in Input) describe(run *regress.Run) error {
	var env regress.Env
	auto := false
	for _, pair := range in.Env {
		name, value, ok := strings.Cut(pair, "=")
		switch {
		case pair == "auto":
			auto = true
		case !ok || value == "":
			return Usagef("environment %.80q is not FIELD=VALUE, such as cpu=MODEL, nor auto", pair)
		default:
			if err := env.Set(name, value); err != nil {
				return &UsageError{err}
			}
		}
	}
	merged, err := run.Env.Merge(env)
	if err == nil && auto {
		merged, err = merged.Merge(host.Env())
	}
	if err != nil {
		return fmt.Errorf("reading run: it was measured elsewhere than was said: %w", err)
	}
	run.Env = merged
	return nil
}

// readAll reads the files with parse.Read or its like.
func readAll[T any](in Input, read func(r io.Reader, file, format string) (T, error)) ([]T, error) {
	if len(in.Paths) == 0 {
		return nil, Usagef("no run given: name its files, or - for standard input")
	}
	if in.Format != "" && in.Format != "auto" {
		if _, err := parse.Lookup(in.Format); err != nil {
			return nil, &UsageError{err}
		}
	}
	paths, err := expand(in.Paths)
	if err != nil {
		return nil, err
	}
	names := paths
	if f, err := parse.Lookup(in.Format); err == nil && f.Raw {
		names = relative(paths)
	}
	var all []T
	var errs []error
	for i, path := range paths {
		one, err := readFile(in, path, names[i], read)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, one)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("reading run: %w", err)
	}
	return all, nil
}

func readFile[T any](in Input, path, name string, read func(r io.Reader, file, format string) (T, error)) (one T, err error) {
	if path == "-" {
		return read(in.Stdin, "standard input", in.Format)
	}
	f, err := os.Open(path)
	if err != nil {
		return one, err
	}
	defer f.Close()
	return read(f, name, in.Format)
}

// expand resolves globs, in sorted order. A name that exists is taken as it is,
// whatever characters it has; a glob that finds nothing is an error, since a run
// without files would pass for a clean one.
func expand(args []string) ([]string, error) {
	var paths []string
	for _, arg := range args {
		if arg == "-" {
			if slices.Contains(paths, "-") {
				return nil, Usagef("standard input can be read once: - is given twice")
			}
			paths = append(paths, arg)
			continue
		}
		if _, err := os.Stat(arg); err == nil || !strings.ContainsAny(arg, "*?[") {
			paths = append(paths, arg)
			continue
		}
		found, err := glob(arg)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("glob %q matches no file: did the step that measures run?", arg)
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// ReadReport reads a report JSON from the file at path, "-" for stdin.
func ReadReport(path string, stdin io.Reader) (*regress.Report, error) {
	if path == "-" {
		return regress.ReadReport(stdin, "standard input")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading report: %w", err)
	}
	defer f.Close()
	return regress.ReadReport(f, path)
}
