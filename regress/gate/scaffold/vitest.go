package scaffold

import (
	"path"
	"regexp"
)

var vitestKind = Kind{Name: "vitest", Doc: "*.bench.ts (or .js) below a package.json that names vitest", find: findVitest}

var (
	benchFile   = regexp.MustCompile(`\.bench\.[cm]?[jt]sx?$`)
	namesVitest = regexp.MustCompile(`"vitest"\s*:`)
)

// installs are the commands that install what a lock file pins.
var installs = []struct{ lock, command string }{
	{"package-lock.json", "npm ci"},
	{"pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"},
	{"yarn.lock", "corepack enable && yarn install"},
	{"package.json", "npm install"},
}

func findVitest(t *tree) *Finding {
	for _, file := range t.named(benchFile) {
		dir := t.above(file, "package.json")
		if dir == "" || !namesVitest.Match(t.read(path.Join(dir, "package.json"))) || !t.usable(dir) {
			continue
		}
		install := ""
		for _, i := range installs {
			if above := t.above(path.Join(dir, "package.json"), i.lock); above != "" {
				install = inFolder(above, i.command)
				break
			}
		}
		const bench = "npx vitest bench --run --outputJson "
		return &Finding{Kind: "vitest", What: at("the benchmarks", dir), try: install + " && " + inFolder(dir, bench+"vitest.json"),
			steps: []step{{name: "Measure with vitest", lines: []string{
				install, repeats + " " + inFolder(dir, bench+output("vitest-$i.json")) + "; done"}}}}
	}
	return nil
}
