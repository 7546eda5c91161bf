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

var update = flag.Bool("update", false, "rewrite what is generated in the README and the other pages")

// pages are what TestReadme holds to what really comes out, each with the terminal
// that its console blocks are typed into.
var pages = []struct {
	path     string
	terminal func(*testing.T) terminal
}{
	{"README.md", atTheRoot},
	{"regress/parse/README.md", atTheRoot},
	{"MIGRATING.md", inANewcomersRepository},
}

// The pages show what really comes out: the lines of their console blocks are run
// and their output compared, and the parts between <!-- generated: NAME --> and
// <!-- end --> are made anew.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	for _, p := range pages {
		page := p.path
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		typed := p.terminal(t)
		got := console.ReplaceAllStringFunc(string(text), func(block string) string { return replay(t, typed, block) })
		got = generated.ReplaceAllStringFunc(got, func(part string) string {
			name := generated.FindStringSubmatch(part)[1]
			return fmt.Sprintf("<!-- generated: %s -->\n%s<!-- end -->", name, generate(t, name))
		})
		if *update {
			require.NoError(t, os.WriteFile(page, []byte(got), 0o644))
			continue
		}
		require.Empty(t, cmp.Diff(string(text), got), "%s: run go test ./cmd/regress-gate -run Readme -update, and read what changed", page)
	}
}

var (
	console   = regexp.MustCompile("(?s)```console\n.*?```")
	generated = regexp.MustCompile(`(?s)<!-- generated: (\w+) -->\n.*?<!-- end -->`)
	ours      = regexp.MustCompile(`^\$ (?:go run \./cmd/)?regress-gate (.*)$`)
)

// terminal runs a line and returns what it says, and its status; ok is false where
// the line cannot be run here.
type terminal func(line string) (output string, status int, ok bool)

// atTheRoot runs our own command at the root of the project, and nothing else.
func atTheRoot(*testing.T) terminal {
	return func(line string) (string, int, bool) {
		match := ours.FindStringSubmatch(line)
		if match == nil {
			return "", 0, true
		}
		var stdout, stderr bytes.Buffer
		status := run(context.Background(), strings.Fields(match[1]), strings.NewReader(""), &stdout, &stderr)
		return stderr.String() + stdout.String(), int(status), true
	}
}

// replay returns the block with the real output behind each command, and a line
// with the exit status where it is not 0. A block that cannot be run here stays.
func replay(t *testing.T, typed terminal, block string) string {
	var b strings.Builder
	b.WriteString("```console\n")
	count := 0
	for line := range strings.Lines(block) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, "$ ") || line == "$ echo $?" {
			continue
		}
		count++
		output, status, ok := typed(line)
		if !ok {
			t.Logf("not run here: %s", line)
			return block
		}
		b.WriteString(line + "\n" + firstLines(output, 10))
		if status != 0 {
			fmt.Fprintf(&b, "$ echo $?\n%d\n", status)
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
	case "names":
		var names []string
		for _, f := range gate.InputFormats() {
			names = append(names, "`"+f.Name+"`")
		}
		b.WriteString(wrap(strings.Join(names, ", "), 120) + "\n")
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
		b.WriteString(shorten(stdout.String(), 3))
	default:
		t.Fatalf("the README wants %q generated", name)
	}
	return b.String()
}

// shorten keeps so many rows of each table, and shows that there are more.
func shorten(markdown string, most int) string {
	var b strings.Builder
	rows := 0
	for line := range strings.Lines(markdown) {
		if !strings.HasPrefix(line, "|") {
			rows = -2 // the header and the line below it
		} else if rows++; rows > most {
			if rows == most+1 {
				b.WriteString(strings.Repeat("| … ", strings.Count(line, "|")-1) + "|\n")
			}
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// wrap breaks the text at spaces into lines of so many bytes at most.
func wrap(text string, width int) string {
	var b strings.Builder
	length := 0
	for word := range strings.FieldsSeq(text) {
		if length > 0 && length+1+len(word) > width {
			b.WriteString("\n")
			length = 0
		} else if length > 0 {
			b.WriteString(" ")
			length++
		}
		b.WriteString(word)
		length += len(word)
	}
	return b.String()
}
