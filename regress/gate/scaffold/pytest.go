package scaffold

import (
	"path"
	"regexp"
	"strings"
)

var pytestKind = Kind{Name: "pytest", Doc: "pytest-benchmark in requirements*.txt, pyproject.toml or setup.cfg", find: findPytest}

var (
	requirements = regexp.MustCompile(`^(.*requirements.*\.txt|pyproject\.toml|setup\.cfg)$`)
	namesPytest  = regexp.MustCompile(`(?m)^[^#\n]*\bpytest[-_]benchmark\b`)
)

func findPytest(t *tree) *Finding {
	for _, file := range t.named(requirements) {
		if !namesPytest.Match(t.read(file)) || !t.usable(file) {
			continue
		}
		dir, install := path.Dir(file), "pytest-benchmark"
		if strings.HasSuffix(file, ".txt") {
			install = "-r " + file
			if dir != "." && path.Base(dir) == "requirements" {
				dir = path.Dir(dir)
			}
		}
		if t.has(path.Join(dir, "pyproject.toml")) || t.has(path.Join(dir, "setup.py")) {
			install += " ./" + dir
		}
		const tool = `"$RUNNER_TEMP"/venv/bin/`
		return &Finding{Kind: "pytest", What: "pytest-benchmark, named in " + file, machine: true,
			try: inFolder(dir, "pytest --benchmark-only --benchmark-json=pytest.json"),
			steps: []step{{name: "Measure with pytest-benchmark", lines: []string{
				`python3 -m venv "$RUNNER_TEMP"/venv`,
				tool + "pip install " + strings.TrimSuffix(install, "/."),
				repeats + " " + inFolder(dir, tool+"pytest --benchmark-only --benchmark-json="+output(`pytest-$i.json`)) + "; done",
			}}}}
	}
	return nil
}
