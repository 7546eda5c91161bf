package gate

import (
	"bufio"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/lazy"
	"github.com/org/regress-gate/regress/render"
)

// maxSources bounds the test files that are searched for benchmarks.
const maxSources = 20_000

var (
	benchmarkFunction = lazy.Regexp(`^func Benchmark(\w*)\(`)
	processors        = lazy.Regexp(`-\d+$`)
)

// locate returns what tells where a Go benchmark stands in the tests of a tree,
// which is searched when it is first asked.
func locate(root fs.FS) func(regress.Key) (render.Place, bool) {
	places := sync.OnceValue(func() map[string][]render.Place { return benchmarksIn(root) })
	return func(k regress.Key) (render.Place, bool) { return placeOf(places(), k.Benchmark) }
}

// benchmarksIn lists the benchmark functions by their name without "Benchmark". A
// file that cannot be read holds none: a place is a service and no verdict.
func benchmarksIn(root fs.FS) map[string][]render.Place {
	places, files := map[string][]render.Place{}, 0
	_ = fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		switch base := path.Base(p); {
		case err != nil:
			return nil
		case d.IsDir() && p != "." && (strings.HasPrefix(base, ".") || base == "vendor" || base == "testdata" || base == "node_modules"):
			return fs.SkipDir
		case !d.Type().IsRegular() || !strings.HasSuffix(p, "_test.go"):
			return nil
		}
		if files++; files > maxSources {
			return fs.SkipAll
		}
		file, err := root.Open(p)
		if err != nil {
			return nil
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			if m := benchmarkFunction().FindSubmatch(lines.Bytes()); m != nil {
				places[string(m[1])] = append(places[string(m[1])], render.Place{File: p, Line: n})
			}
		}
		return nil
	})
	return places
}

// placeOf finds the function of "Encode/large-8", "pkg.Encode-8" or
// "example.com/pkg.Encode/large". Where several packages have one of that name,
// the folder decides; where that does not tell either, no place is better than a
// wrong one.
func placeOf(places map[string][]render.Place, benchmark string) (render.Place, bool) {
	for segment := range strings.SplitSeq(benchmark, "/") {
		pkg, function := "", processors().ReplaceAllString(segment, "")
		if dot := strings.LastIndexByte(function, '.'); dot >= 0 {
			pkg, function = function[:dot], function[dot+1:]
		}
		found := places[function]
		if len(found) == 1 {
			return found[0], true
		}
		var there []render.Place
		for _, p := range found {
			if path.Base(path.Dir(p.File)) == pkg {
				there = append(there, p)
			}
		}
		if len(there) == 1 {
			return there[0], true
		}
		if len(found) > 0 {
			break
		}
	}
	return render.Place{}, false
}
