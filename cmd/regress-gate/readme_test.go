package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite what is generated in the README")

// The README shows what really comes out: every `$ …regress-gate …` line of its
// console blocks is run at the root of the project and its output compared, and
// the parts between <!-- generated: NAME --> and <!-- end --> are made anew.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	got := console.ReplaceAllStringFunc(string(text), func(block string) string { return replay(t, block) })
	got = generated.ReplaceAllStringFunc(got, func(part string) string {
		name := generated.FindStringSubmatch(part)[1]
		return fmt.Sprintf("<!-- generated: %s -->\n%s<!-- end -->", name, generate(t, name))
	})
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(got), 0o644))
		return
	}
	require.Empty(t, cmp.Diff(string(text), got), "run go test ./cmd/regress-gate -run Readme -update, and read what changed")
}

var (
	console   = regexp.MustCompile("(?s)```console\n.*?```")
	generated = regexp.MustCompile(`(?s)<!-- generated: (\w+) -->\n.*?<!-- end -->`)
	ours      = regexp.MustCompile(`^\$ (?:go run \./cmd/)?regress-gate (.*)$`)
)

// replay returns the block with the real output behind each of our commands, and
// a line with the exit status where it is not 0.
func replay(t *testing.T, block string) string {
	if !strings.Contains(block, "regress-gate ") {
		return block
	}
	var b strings.Builder
	b.WriteString("```console\n")
	count := 0
	for line := range strings.Lines(block) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, "$ ") || line == "$ echo $?" {
			continue
		}
		count++
		b.WriteString(line + "\n")
		if match := ours.FindStringSubmatch(line); match != nil {
			var stdout, stderr bytes.Buffer
			status := run(context.Background(), strings.Fields(match[1]), strings.NewReader(""), &stdout, &stderr)
			b.WriteString(firstLines(stderr.String()+stdout.String(), 16))
			if status != gate.Open {
				fmt.Fprintf(&b, "$ echo $?\n%d\n", status)
			}
		}
	}
	require.Positive(t, count)
	return b.String() + "```"
}

// firstLines cuts a long output, and shows that it did.
func firstLines(text string, most int) string {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) <= most+1 {
		return text
	}
	return strings.Join(lines[:most], "") + "…\n"
}

func generate(t *testing.T, name string) string {
	var b strings.Builder
	switch name {
	case "inputs":
		b.WriteString("| `--from` | what it is | metrics | made by |\n|---|---|---|---|\n")
		for _, f := range gate.InputFormats() {
			fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", f.Name, f.Doc, f.Metrics, strings.ReplaceAll(f.Example, "|", `\|`))
		}
	case "outputs":
		b.WriteString("| `--format` | what it is |\n|---|---|\n")
		for _, f := range gate.OutputFormats() {
			fmt.Fprintf(&b, "| `%s` | %s |\n", f.Name, f.Doc)
		}
	case "comment":
		var stdout, stderr bytes.Buffer
		run(context.Background(), strings.Fields("check --baseline baselines/baseline.json --policy baselines/policy.yaml --format markdown baselines/slower.txt"), nil, &stdout, &stderr)
		require.Empty(t, stderr.String())
		b.WriteString(stdout.String())
	default:
		t.Fatalf("the README wants %q generated", name)
	}
	return b.String()
}
