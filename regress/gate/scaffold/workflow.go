package scaffold

import (
	"slices"
	"strings"
)

// The files that are made, from the root of the repository. The baselines are a
// folder with one for each machine: hosted runners are not all alike.
const (
	workflowFile = ".github/workflows/performance.yml"
	policyFile   = "baselines/policy.yaml"
	baselineFile = "baselines/baseline.json"
)

// pins are the actions of others, each by its commit. They are those that README.md
// and .github/workflows name, which a test holds.
var pins = map[string]string{
	"actions/checkout":          "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
	"actions/setup-go":          "924ae3a1cded613372ab5595356fb5720e22ba16 # v6.5.0",
	"actions/upload-artifact":   "b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
	"actions/download-artifact": "37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0",
}

// workflow makes the workflow. One job measures, for both of those that follow, with
// a token that may only read: it is the one that runs the repository's code.
func workflow(findings []*Finding, branch string) string {
	var b strings.Builder
	b.WriteString(`# Measures each pull request and judges it by the baselines of the branch that it goes
# into; a push to that branch brings them up to date. Made by regress-gate init:
# https://github.com/org/regress-gate/tree/main/action
name: performance
on:
  pull_request:
  push:
    branches: ["` + branch + `"]
permissions:
  contents: read
concurrency:
  group: performance-${{ github.ref }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
jobs:
  measure:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    defaults: {run: {shell: bash}} # which fails where a part of a pipe fails
    steps:
`)
	writeStep(&b, step{uses: "actions/checkout", with: "{persist-credentials: false}"})
	writeStep(&b, step{name: "Make room for what is measured", lines: []string{"mkdir " + runs}})
	if slices.ContainsFunc(findings, func(f *Finding) bool { return f.service }) {
		b.WriteString(`      # Start here the service that is loaded, unless its own configuration does, such as:
      # - run: docker compose up --detach --wait
`)
	}
	steps, machine := stepsOf(findings)
	for _, s := range steps {
		writeStep(&b, s)
	}
	artifact, run := runs, runs+"/*"
	if !machine {
		artifact, run = "performance-run.json", "performance-run.json"
		writeStep(&b, step{name: "Note the machine, whose timings are compared with no other's", lines: []string{
			"regress-gate convert --env auto " + runs + "/* > " + artifact}})
	}
	writeStep(&b, step{uses: "actions/upload-artifact", with: "{name: performance, path: " + artifact + ", if-no-files-found: error}"})
	download := step{uses: "actions/download-artifact", with: "{name: performance}"}
	if artifact == runs {
		download.with = "{name: performance, path: " + runs + "}"
	}
	b.WriteString(`
  gate:
    if: github.event_name == 'pull_request'
    needs: measure
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pull-requests: write # the comment; without it there is the summary
    steps:
`)
	writeStep(&b, step{uses: "actions/checkout", with: "{fetch-depth: 2, persist-credentials: false}"})
	b.WriteString(`      - name: Is this the pull request that brings the gate? It has nothing to be judged by yet
        id: base
        run: |
          git rev-parse --quiet --verify 'HEAD^1^{commit}'
          before=$(git ls-tree HEAD^1 ` + workflowFile + `)
          if [ "$before" ]; then
            echo judge=true >> "$GITHUB_OUTPUT"
          else
            echo '::notice::Measured, not judged: the baseline is made when this workflow is merged.'
          fi
`)
	writeStep(&b, download)
	b.WriteString(`      - uses: org/regress-gate@v1
        if: steps.base.outputs.judge == 'true'
        with: {baseline: baselines/, run: ` + run + `}

  update:
    if: github.event_name == 'push'
    needs: measure
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: write
      pull-requests: read # who accepted a loss by label
    steps:
`)
	writeStep(&b, step{uses: "actions/checkout", with: "{persist-credentials: false}"})
	writeStep(&b, download)
	b.WriteString(`      - uses: org/regress-gate@v1
        with: {mode: update, baseline: baselines/, run: ` + run + `}
`)
	return b.String()
}

// stepsOf are the steps of all findings, each once, those first that install tools;
// and whether the output of all says on which machine it was measured.
func stepsOf(findings []*Finding) (steps []step, machine bool) {
	machine = true
	for _, f := range findings {
		machine = machine && f.machine
		steps = append(steps, f.steps...)
	}
	if !machine {
		steps = append(steps, installGate)
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		switch {
		case a.early == b.early:
			return 0
		case a.early:
			return -1
		}
		return 1
	})
	return slices.CompactFunc(steps, func(a, b step) bool { return a.name != "" && a.name == b.name }), machine
}

func writeStep(b *strings.Builder, s step) {
	dash := "      - "
	line := func(text string) {
		b.WriteString(dash + text + "\n")
		dash = "        "
	}
	if s.name != "" {
		line("name: " + s.name)
	}
	if s.uses != "" {
		line("uses: " + s.uses + "@" + pins[s.uses])
		line("with: " + s.with)
		return
	}
	if len(s.lines) == 1 {
		if text := s.lines[0]; !strings.ContainsAny(text, `#:`) && !strings.ContainsAny(text[:1], `"'(`) {
			line("run: " + text)
			return
		}
	}
	line("run: |")
	for _, text := range s.lines {
		line("  " + text)
	}
}
