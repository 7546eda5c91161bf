package measure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// GoBench says which Go benchmarks are measured, and how.
type GoBench struct {
	Packages []string // patterns as go test takes them; none is ./...
	Bench    string   // regular expression as -bench takes it; "" is all
	Time     string   // as -benchtime takes it; "" is Go's own
}

// goPackage is what go list says of a package.
type goPackage struct {
	ImportPath, Dir           string
	Error                     *struct{ Err string }
	TestGoFiles, XTestGoFiles []string
}

// ErrNoBenchmarks is the error of GoBenches where no benchmark matches.
var ErrNoBenchmarks = errors.New("no benchmark matches in any of the packages: nothing to measure")

// GoBenches compiles the benchmarks of dir's module, and of the same place in the
// base where there is one, once for each side, and returns a pair for each package
// with a benchmark that matches: one of a single side where the other has none. A
// base without a package or without benchmarks is no error, while code that does
// not compile is.
func (g GoBench) GoBenches(ctx context.Context, dir string, base *Checkout, temp string) ([]Pair, error) {
	head, err := g.compile(ctx, dir, filepath.Join(temp, "head.test"), true)
	if err != nil {
		return nil, err
	}
	before := map[string]*Task{}
	if base != nil {
		before, err = g.compile(ctx, base.Dir(), filepath.Join(temp, "base.test"), false)
		if err != nil {
			return nil, fmt.Errorf("in the base: %w", err)
		}
	}
	var pairs []Pair
	for path, task := range head {
		pairs = append(pairs, Pair{Name: path, Base: before[path], Head: task})
		delete(before, path)
	}
	for path, task := range before {
		pairs = append(pairs, Pair{Name: path, Base: task})
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return strings.Compare(a.Name, b.Name) })
	if len(pairs) == 0 {
		return nil, ErrNoBenchmarks
	}
	return pairs, nil
}

// compile returns the task of each package with a benchmark that matches.
func (g GoBench) compile(ctx context.Context, dir, to string, strict bool) (map[string]*Task, error) {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return nil, err
	}
	packages, err := g.list(ctx, dir, to, strict)
	if err != nil {
		return nil, err
	}
	tasks := map[string]*Task{}
	for i, p := range packages {
		binary := filepath.Join(to, strconv.Itoa(i)+".test")
		if _, err := runGo(ctx, dir, to, "test", "-c", "-buildvcs=false", "-o", binary, p.ImportPath); err != nil {
			return nil, fmt.Errorf("compiling the tests of %s: %w", p.ImportPath, err)
		}
		listed, err := Task{Args: []string{binary, "-test.list", g.topLevel()}, Dir: p.Dir}.run(ctx)
		if err != nil {
			return nil, err
		}
		if !hasBenchmark(listed.Output) {
			continue
		}
		args := []string{binary, "-test.run=^$", "-test.bench=" + g.pattern(), "-test.benchmem", "-test.timeout=0"}
		if g.Time != "" {
			args = append(args, "-test.benchtime="+g.Time)
		}
		tasks[p.ImportPath] = &Task{Args: args, Dir: p.Dir}
	}
	return tasks, nil
}

// list returns the packages that have tests. A package that does not exist or is
// broken is an error where strict, in the head; a base may not have it yet.
func (g GoBench) list(ctx context.Context, dir, temp string, strict bool) ([]goPackage, error) {
	patterns := g.Packages
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, nil // the user stands in a folder that the base does not have
	}
	out, err := runGo(ctx, dir, temp, append([]string{"list", "-e", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles,Error", "--"}, patterns...)...)
	if err != nil {
		return nil, fmt.Errorf("listing the packages: %w", err)
	}
	var list []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("listing the packages: %w", err)
		}
		if p.Error != nil && strict {
			return nil, fmt.Errorf("listing the packages: %s", p.Error.Err)
		}
		if len(p.TestGoFiles)+len(p.XTestGoFiles) > 0 {
			list = append(list, p)
		}
	}
}

func (g GoBench) pattern() string {
	if g.Bench == "" {
		return "."
	}
	return g.Bench
}

// topLevel is the part of the pattern that selects functions: of each of its
// alternatives what stands before the first slash. Alternatives and slashes are
// told apart as package testing does it, outside of brackets only. Functions that
// the rest leaves without a result are found when they are measured.
func (g GoBench) topLevel() string {
	pattern := g.pattern()
	var tops []string
	start, top := 0, -1 // of the alternative; where its first slash is
	class, group := 0, 0
	end := func(i int) {
		if top < 0 {
			top = i
		}
		tops = append(tops, "(?:"+pattern[start:top]+")")
		start, top = i+1, -1
	}
	for i := 0; i < len(pattern); i++ {
		outside := class == 0 && group == 0
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '[':
			class++
		case c == ']':
			class = max(0, class-1) // one alone is a character
		case c == '(' && class == 0:
			group++
		case c == ')' && class == 0:
			group--
		case c == '/' && outside && top < 0:
			top = i
		case c == '|' && outside:
			end(i)
		}
	}
	end(len(pattern))
	return strings.Join(tops, "|")
}

func hasBenchmark(list []byte) bool {
	for line := range bytes.Lines(list) {
		if bytes.HasPrefix(line, []byte("Benchmark")) {
			return true
		}
	}
	return false
}

// runGo runs the toolchain that the user has. When it is killed, what it was making
// is in the folder temp, and goes with that.
func runGo(ctx context.Context, dir, temp string, args ...string) ([]byte, error) {
	s, err := Task{Args: append([]string{"go"}, args...), Dir: dir, Env: []string{"PWD=" + dir, "GOTMPDIR=" + temp}}.run(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("the Go toolchain is not installed: %w", err)
	}
	return s.Output, err
}
