package scaffold

import (
	"path"
	"regexp"
)

var criterionKind = Kind{Name: "criterion", Doc: "criterion in a Cargo.toml", find: findCriterion}

var (
	cargo          = regexp.MustCompile(`^Cargo\.toml$`)
	namesCriterion = regexp.MustCompile(`(?m)^\s*(criterion|codspeed-criterion-compat)\s*(=|\.)|^\[(\w+\.)?(dev-)?dependencies\.criterion\]`)
)

func findCriterion(t *tree) *Finding {
	for _, file := range t.named(cargo) {
		dir := path.Dir(file)
		if !namesCriterion.Match(t.read(file)) || !t.usable(dir) {
			continue
		}
		if t.has("Cargo.toml") {
			dir = "." // its workspace
		}
		bench := inFolder(dir, "cargo bench --workspace")
		return &Finding{Kind: "criterion", What: at("the benchmarks", dir), try: bench + " > criterion.txt",
			steps: []step{{name: "Measure with Criterion", lines: []string{
				repeats + " " + bench + " | tee " + runs + `/criterion-"$i".txt; done`}}}}
	}
	return nil
}
