package scaffold

import (
	"bytes"
	"fmt"
	"go/build/constraint"
	"go/scanner"
	"go/token"
	"go/version"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var goKind = Kind{Name: "go", Doc: "func BenchmarkX(b *testing.B) in the _test.go files of a Go module", find: findGo}

var (
	testFile    = regexp.MustCompile(`_test\.go$`)
	goDirective = regexp.MustCompile(`(?m)^go[ \t]+(\d+\.\d+[\w.]*)`)
)

// goModule is what of benchmarks is in a module.
type goModule struct {
	benchmarks int
	packages   map[string]bool
}

func findGo(t *tree) *Finding {
	modules := map[string]*goModule{}
	homeless := ""
	for _, file := range t.named(testFile) {
		n := countBenchmarks(t.read(file))
		if n == 0 {
			continue
		}
		dir := t.above(file, "go.mod")
		if dir == "" {
			homeless = file
			continue
		}
		m := modules[dir]
		if m == nil {
			m = &goModule{packages: map[string]bool{}}
			modules[dir] = m
		}
		m.benchmarks += n
		m.packages[path.Dir(file)] = true
	}
	if homeless != "" {
		t.warn("%q has benchmarks and is in no module: make one with go mod init", homeless)
	}
	dirs := slices.DeleteFunc(slices.Sorted(maps.Keys(modules)), func(dir string) bool { return !t.usable(dir) })
	if len(dirs) == 0 {
		return nil
	}
	f := &Finding{Kind: "go", machine: true, try: goTest, rules: []string{
		`- {match: "*", metric: allocs/op, threshold: 0%} # exact: one more is one too many`,
		`- {match: "*", metric: B/op, threshold: 5%, threshold_abs: 64B}`,
	}}
	f.steps = []step{{uses: "actions/setup-go", with: goVersion(t, dirs)}}
	benchmarks, packages, lines := 0, 0, []string(nil)
	for i, dir := range dirs {
		file := "go.txt"
		if len(dirs) > 1 {
			file = fmt.Sprintf("go-%d.txt", i+1)
		}
		benchmarks += modules[dir].benchmarks
		packages += len(modules[dir].packages)
		lines = append(lines, inFolder(dir, goTest)+" | tee "+runs+"/"+file)
	}
	if len(dirs) == 1 {
		f.module = dirs[0]
		f.try = inFolder(dirs[0], goTest)
	}
	f.steps = append(f.steps, step{name: "Measure the Go benchmarks", lines: lines})
	f.What = fmt.Sprintf("%s of %s in %s, some %d s to measure",
		count(benchmarks, "benchmark"), count(packages, "package"), count(len(dirs), "module"), benchmarks*13)
	return f
}

// goTest measures a module as regress-gate reads it best.
const goTest = "go test -run '^$' -bench . -benchmem -count 10 ./..."

// goVersion is what setup-go installs: what the newest of the modules asks for.
func goVersion(t *tree, dirs []string) string {
	newest, file := "", ""
	for _, dir := range dirs {
		mod := path.Join(dir, "go.mod")
		m := goDirective.FindSubmatch(t.read(mod))
		if m != nil && (file == "" || version.Compare("go"+string(m[1]), newest) > 0) {
			newest, file = "go"+string(m[1]), mod
		}
	}
	if file == "" {
		return "{go-version: stable}"
	}
	return "{go-version-file: " + file + "}"
}

// countBenchmarks counts the benchmarks that go test would find in a file on the
// runner: by the tokens of Go, so that comments and texts hold none.
func countBenchmarks(text []byte) (n int) {
	if !bytes.Contains(text, []byte("Benchmark")) || !built(text) {
		return 0
	}
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), text, nil, 0)
	var last [8]string // func BenchmarkX ( b * testing . B
	for {
		_, tok, literal := s.Scan()
		if tok == token.EOF {
			return n
		}
		if tok != token.IDENT {
			literal = tok.String()
		}
		if literal == ")" && last[0] == "func" && isBenchmark(last[1]) && strings.Join(last[4:], "") == "*testing.B" && last[2] == "(" {
			n++
		}
		copy(last[:], last[1:])
		last[len(last)-1] = literal
	}
}

// isBenchmark follows go test: BenchmarkX, but not Benchmarkx.
func isBenchmark(name string) bool {
	rest, ok := strings.CutPrefix(name, "Benchmark")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && !unicode.IsLower(r)
}

// built tells whether a file's constraint holds on the runner without tags.
func built(text []byte) bool {
	for line := range bytes.Lines(text) {
		line := strings.TrimSpace(string(line))
		if strings.HasPrefix(line, "package ") {
			break
		}
		if !constraint.IsGoBuild(line) {
			continue
		}
		if expr, err := constraint.Parse(line); err == nil {
			return expr.Eval(func(tag string) bool {
				return slices.Contains([]string{"linux", "unix", "amd64", "gc", "cgo"}, tag) || strings.HasPrefix(tag, "go1.")
			})
		}
	}
	return true
}

// count puts a number before a noun.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
