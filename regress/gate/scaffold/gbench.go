package scaffold

import (
	"fmt"
	"regexp"
	"strings"
)

var gbenchKind = Kind{Name: "gbench", Doc: "benchmark::benchmark linked in a CMakeLists.txt", find: findGbench}

var (
	cmakeLists  = regexp.MustCompile(`^CMakeLists\.txt$`)
	cmakeLinks  = regexp.MustCompile(`(?m)^\s*target_link_libraries\s*\(\s*([A-Za-z0-9_][\w.+-]*)\s[^)#]*\bbenchmark::benchmark`)
	cmakeSystem = regexp.MustCompile(`(?mi)^\s*find_package\s*\(\s*benchmark\b`)
)

func findGbench(t *tree) *Finding {
	var lines, targets []string
	system := false
	for _, file := range t.named(cmakeLists) {
		text := t.read(file)
		system = system || cmakeSystem.Match(text)
		for _, m := range cmakeLinks.FindAllSubmatch(text, -1) {
			target := string(m[1])
			targets = append(targets, target)
			lines = append(lines,
				"cmake --build build-performance --target "+target,
				fmt.Sprintf(`"$(find "$PWD"/build-performance -type f -name %s -perm -u+x | head -n 1)" --benchmark_repetitions=10 --benchmark_out=%s/gbench-%d.json --benchmark_out_format=json`, target, runs, len(targets)))
		}
	}
	if len(targets) == 0 || !t.has("CMakeLists.txt") {
		return nil
	}
	var before []string
	if system {
		before = []string{"sudo apt-get update", "sudo apt-get install --yes libbenchmark-dev"}
	}
	const configure = "cmake -S . -B build-performance -DCMAKE_BUILD_TYPE=Release"
	before = append(before, configure)
	return &Finding{Kind: "gbench", What: "the programs " + strings.Join(targets, ", "),
		try:   configure + " && cmake --build build-performance --target " + targets[0],
		steps: []step{{name: "Measure with Google Benchmark", lines: append(before, lines...)}}}
}
