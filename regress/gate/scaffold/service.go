package scaffold

import (
	"bytes"
	"regexp"

	"github.com/org/regress-gate/regress/measure/load"
)

var k6Kind = Kind{Name: "k6", Doc: "a script (.js, .ts) that imports k6 and exports what a user does", find: findK6}

var (
	script    = regexp.MustCompile(`\.(js|mjs|ts)$`)
	importsK6 = regexp.MustCompile(`(?m)^\s*import\b[^;\n]*['"]k6(/[\w./-]+)?['"]|\brequire\(['"]k6(/[\w./-]+)?['"]\)`)
	exports   = regexp.MustCompile(`(?m)^\s*export\s+default\b|\bas\s+default\b|\bscenarios\s*:|\bexports\.default\b`)
	importsIt = regexp.MustCompile(`['"]k6/http['"]`)
)

func findK6(t *tree) *Finding {
	http := false
	file := t.first(t.named(script), "k6", func(text []byte) bool {
		if !importsK6.Match(text) || !exports.Match(text) {
			return false
		}
		http = http || importsIt.Match(text)
		return true
	})
	if file == "" {
		return nil
	}
	f := &Finding{Kind: "k6", What: file, service: true, try: "k6 run --summary-export k6.json " + file, steps: []step{
		{name: "Install k6", early: true, lines: []string{"go install go.k6.io/k6@v1.8.1", goBin}},
		{name: "Measure with k6", lines: []string{repeats + " k6 run --quiet --summary-export " + runs + `/k6-"$i".json ` + file + "; done"}},
	}}
	if http {
		f.alerts = []string{`- {name: requests fail, condition: "http_req_failed.rate > 5%", severity: critical}`}
	}
	return f
}

// goBin lets the steps that follow find what go install has installed.
const goBin = `echo "$(go env GOPATH)/bin" >> "$GITHUB_PATH"`

var loadKind = Kind{Name: "load", Doc: "a load configuration of Artillery (.yml with config and scenarios)", find: findLoad}

var (
	yamlFile  = regexp.MustCompile(`\.ya?ml$`)
	artillery = regexp.MustCompile(`(?ms)^config:.*^scenarios:|^scenarios:.*^config:`)
	starts    = regexp.MustCompile(`(?m)^\s+start:`)
)

// findLoad takes what regress-gate load can read, whose samples are repetitions.
func findLoad(t *tree) *Finding {
	var list []string
	for _, file := range t.named(yamlFile) {
		text := t.read(file)
		if !artillery.Match(text) {
			continue
		}
		if _, err := load.ReadConfig(bytes.NewReader(text), "line"); err != nil {
			t.warn("%q is left out: regress-gate load cannot read all of it: %.200q; add artillery run --output %s/artillery.json to the workflow by hand", file, firstLine(err.Error()), runs)
			continue
		}
		list = append(list, file)
	}
	started := false
	file := t.first(list, "load", func(text []byte) bool {
		started = started || starts.Match(text)
		return true
	})
	if file == "" {
		return nil
	}
	return &Finding{Kind: "load", What: file, service: !started, try: "regress-gate load --repeat 5 --output load.json " + file,
		alerts: []string{`- {name: requests fail, condition: "error_rate > 5%", severity: critical}`},
		steps: []step{installGate, {name: "Measure under load", lines: []string{
			"regress-gate load --repeat 5 --output " + runs + "/load.json " + file}}}}
}

// installGate installs the command, where a step needs it.
var installGate = step{name: "Install regress-gate", early: true, lines: []string{
	"go install github.com/org/regress-gate/cmd/regress-gate@latest", goBin}}

func firstLine(text string) string {
	line, _, _ := bytes.Cut([]byte(text), []byte("\n"))
	return string(line)
}
