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

// GoBenches compiles the benchmarks of dir's module, and of the same place in the
// base where there is one, once for each side, and returns a pair for each package
// with a benchmark that matches on both. Only lists the packages that only one side
// has benchmarks in, for a remark; a base without a package or without benchmarks
// is no error, while code that does not compile is.
func (g GoBench) GoBenches(ctx context.Context, dir string, base *Checkout, temp string) (pairs []Pair, only []string, err error) {
	head, err := g.compile(ctx, dir, filepath.Join(temp, "head.test"), true)
	if err != nil {
		return nil, nil, err
	}
	before := map[string]Task{}
	if base != nil {
		before, err = g.compile(ctx, base.Dir(), filepath.Join(temp, "base.test"), false)
		if err != nil {
			return nil, nil, fmt.Errorf("in the base: %w", err)
		}
	}
	for path, task := range head {
		pair := Pair{Name: path, Head: task}
		if base != nil {
			was, ok := before[path]
			if !ok {
				only = append(only, path+" has such benchmarks only in the head")
				continue
			}
			pair.Base = &was
		}
		pairs = append(pairs, pair)
	}
	for path := range before {
		if _, ok := head[path]; !ok {
			only = append(only, path+" has such benchmarks only in the base")
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(only)
	if len(pairs) == 0 {
		return nil, nil, errors.New("no benchmark matches in any of the packages: nothing to measure")
	}
	return pairs, only, nil
}

// compile returns the task of each package with a benchmark that matches.
func (g GoBench) compile(ctx context.Context, dir, to string, strict bool) (map[string]Task, error) {
	packages, err := g.list(ctx, dir, strict)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return nil, err
	}
	tasks := map[string]Task{}
	for i, p := range packages {
		binary := filepath.Join(to, strconv.Itoa(i)+".test")
		if _, err := runGo(ctx, dir, "test", "-c", "-buildvcs=false", "-o", binary, p.ImportPath); err != nil {
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
		tasks[p.ImportPath] = Task{Args: args, Dir: p.Dir}
	}
	return tasks, nil
}

// list returns the packages that have tests. A package that does not exist or is
// broken is an error where strict, in the head; a base may not have it yet.
func (g GoBench) list(ctx context.Context, dir string, strict bool) ([]goPackage, error) {
	patterns := g.Packages
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, nil // the user stands in a folder that the base does not have
	}
	out, err := runGo(ctx, dir, append([]string{"list", "-e", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles,Error", "--"}, patterns...)...)
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

// topLevel is the part of the pattern that selects functions: what stands before
// the first slash outside of brackets. Those that the rest leaves without a result
// are found when they are measured.
func (g GoBench) topLevel() string {
	depth := 0
	for i, r := range g.pattern() {
		switch r {
		case '[', '(':
			depth++
		case ']', ')':
			depth--
		case '/':
			if depth == 0 {
				return g.pattern()[:i]
			}
		}
	}
	return g.pattern()
}

func hasBenchmark(list []byte) bool {
	for line := range bytes.Lines(list) {
		if bytes.HasPrefix(line, []byte("Benchmark")) {
			return true
		}
	}
	return false
}

// runGo runs the toolchain that the user has.
func runGo(ctx context.Context, dir string, args ...string) ([]byte, error) {
	s, err := Task{Args: append([]string{"go"}, args...), Dir: dir, Env: []string{"PWD=" + dir}}.run(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("the Go toolchain is not installed: %w", err)
	}
	return s.Output, err
}
