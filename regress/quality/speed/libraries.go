package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress/quality/internal/markdown"
)

// share is what the code of one module takes: bytes of the binary's symbols,
// milliseconds and allocations before main begins.
type share struct {
	bytes, initMillis float64
	initAllocs        int
}

const standard = "Go's own packages, tables for all"

// libraries splits the binary by modules: its symbols as `go tool nm` lists them, and
// what the runtime says of each package's initialisation (GODEBUG=inittrace=1).
func libraries(b *bench) (*markdown.Table, error) {
	symbols := filepath.Join(b.folder, "symbols") // the same, and not stripped
	if out, err := exec.Command("go", "build", "-trimpath", "-o", symbols, "github.com/org/regress-gate/cmd/regress-gate").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building: %w\n%s", err, out)
	}
	of, err := modules(symbols)
	if err != nil {
		return nil, err
	}
	shares := map[string]*share{}
	at := func(symbol string) *share {
		module := standard
		for path := symbol; path != "." && path != "/"; path = filepath.Dir(path) {
			if of[path] {
				module = path
				break
			}
		}
		if shares[module] == nil {
			shares[module] = &share{}
		}
		return shares[module]
	}
	if err := addSizes(symbols, at); err != nil {
		return nil, err
	}
	if err := addInits(b.ours, at); err != nil {
		return nil, err
	}
	info, err := os.Stat(b.ours)
	if err != nil {
		return nil, err
	}
	shares[standard].bytes = float64(info.Size()) // less what is known; some of its symbols overlap
	for name, s := range shares {
		if name != standard {
			shares[standard].bytes -= s.bytes
		}
	}
	t := markdown.NewTable("module", "kB", "ms before main", "allocations before main")
	for _, name := range slices.SortedFunc(maps.Keys(shares), func(a, b string) int { return cmp.Compare(shares[b].bytes, shares[a].bytes) }) {
		s := shares[name]
		t.Add("`"+name+"`", fmt.Sprintf("%.0f", s.bytes/1e3), fmt.Sprintf("%.2f", s.initMillis), fmt.Sprint(s.initAllocs))
	}
	return t, nil
}

// modules are the paths of those in the binary, ours among them.
func modules(binary string) (map[string]bool, error) {
	out, err := exec.Command("go", "version", "-m", binary).Output()
	if err != nil {
		return nil, fmt.Errorf("listing the modules: %w", err)
	}
	of := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) >= 2 && (f[0] == "mod" || f[0] == "dep") {
			of[f[1]] = true
		}
	}
	return of, nil
}

// addSizes adds each symbol to the module of its package.
func addSizes(binary string, at func(string) *share) error {
	out, err := exec.Command("go", "tool", "nm", "-size", binary).Output()
	if err != nil {
		return fmt.Errorf("listing the symbols: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 4 || f[2] == "U" || f[2] == "B" || f[2] == "b" { // undefined, or zeros that no file holds
			continue
		}
		size, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			continue
		}
		at(packageOf(f[3])).bytes += size
	}
	return lines.Err()
}

var decoration = regexp.MustCompile(`^(type:[.\w]*|go:[.\w]*)`)

// packageOf cuts a symbol down to the import path that it begins with.
func packageOf(symbol string) string {
	symbol = strings.TrimLeft(strings.TrimPrefix(decoration.ReplaceAllString(symbol, ""), "."), "*")
	slash := strings.LastIndexByte(strings.SplitN(symbol, "[", 2)[0], '/') + 1
	path, _, _ := strings.Cut(symbol[slash:], ".")
	return strings.ReplaceAll(symbol[:slash]+path, "%2e", ".")
}

var inited = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock, \d+ bytes, (\d+) allocs$`)

// addInits adds what the runtime reports of a start.
func addInits(binary string, at func(string) *share) error {
	cmd := exec.Command(binary, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("starting: %w", err)
	}
	for _, m := range inited.FindAllStringSubmatch(stderr.String(), -1) {
		millis, _ := strconv.ParseFloat(m[2], 64)
		allocs, _ := strconv.Atoi(m[3])
		s := at(m[1])
		s.initMillis += millis
		s.initAllocs += allocs
	}
	return nil
}
