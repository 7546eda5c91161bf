package action

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// step is one run of the action by a runner that exists only here: a workspace,
// the files of the runner's commands, and an environment.
type step struct {
	workspace string
	env       map[string]string

	status  int
	log     string
	summary string
	output  string            // GITHUB_OUTPUT as it was written
	outputs map[string]string // and as the runner reads it
}

func newStep(t *testing.T, files map[string]string) *step {
	t.Helper()
	dir := t.TempDir()
	s := &step{workspace: filepath.Join(dir, "workspace"), env: map[string]string{
		"GITHUB_ACTIONS":    "true",
		"GITHUB_WORKSPACE":  filepath.Join(dir, "workspace"),
		"GITHUB_EVENT_NAME": "workflow_dispatch",
		outputFile:          filepath.Join(dir, "set_output_1"),
		summaryFile:         filepath.Join(dir, "step_summary_1"),
	}}
	for _, variable := range []string{outputFile, summaryFile} {
		require.NoError(t, os.WriteFile(s.env[variable], nil, 0o644))
	}
	for _, in := range inputs { // the runner sets each, to its default
		s.env["INPUT_"+strings.ToUpper(in.name)] = in.value
	}
	require.NoError(t, os.Mkdir(s.workspace, 0o755))
	for name, text := range files {
		path := filepath.Join(s.workspace, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return s
}

// act runs the action with these inputs beside the defaults.
func act(t *testing.T, files, with map[string]string) *step {
	t.Helper()
	s := newStep(t, files)
	s.run(t, with)
	return s
}

func (s *step) run(t *testing.T, with map[string]string) {
	t.Helper()
	env := maps.Clone(s.env)
	for name, value := range with {
		env["INPUT_"+strings.ToUpper(name)] = value
	}
	var log bytes.Buffer
	s.status = Main(context.Background(), func(key string) string { return env[key] }, &log)
	s.log, s.summary, s.output = log.String(), s.file(s.env[summaryFile]), s.file(s.env[outputFile])
	outputs, err := parseFileCommand(s.output)
	require.NoError(t, err, s.output)
	s.outputs = outputs
}

// file is the content of a file, "" where there is none, or one without end.
func (s *step) file(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	text, _ := os.ReadFile(path)
	return string(text)
}

// parseFileCommand reads GITHUB_OUTPUT as the runner does: NAME=VALUE or
// NAME<<DELIMITER, whichever sign comes first in the line; the delimiter ends a
// value only as a line of its own.
func parseFileCommand(text string) (map[string]string, error) {
	values := map[string]string{}
	for text != "" {
		line, rest, ended := strings.Cut(text, "\n")
		if text = rest; line == "" {
			continue
		}
		equal, heredoc := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case equal > 0 && (heredoc < 0 || equal < heredoc):
			values[line[:equal]] = line[equal+1:]
		case heredoc > 0 && ended:
			end := "\n" + line[heredoc+2:] + "\n"
			value, rest, found := strings.Cut("\n"+text, end)
			if !found {
				return values, fmt.Errorf("no line is the delimiter %q", end)
			}
			values[line[:heredoc]], text = strings.TrimPrefix(value, "\n"), rest
		default:
			return values, fmt.Errorf("invalid format %q", line)
		}
	}
	return values, nil
}

var v2Command = regexp.MustCompile(`^::[^ :]+( [^:]*)?::`)

var maskCommand = regexp.MustCompile(`^::add-mask::[\w.~+/=*-]+$`)

// commands are what the runner would execute of a log: "::command::" behind
// white space at the start of a line, "##[command]" anywhere.
func commands(log string) []string {
	var list []string
	for _, line := range regexp.MustCompile(`\r\n|\n|\r`).Split(log, -1) {
		text := strings.TrimSpace(line)
		if v2Command.MatchString(text) || strings.Contains(text, "##[") {
			list = append(list, text)
		}
	}
	return list
}

// foreign are those commands that are no annotation of ours, and not the mask of
// the token.
func foreign(log string) []string {
	var list []string
	for _, c := range commands(log) {
		if maskCommand.MatchString(c) {
			continue
		}
		if !strings.HasPrefix(c, "::error title=") && !strings.HasPrefix(c, "::warning title=") || strings.Contains(c, "##[") {
			list = append(list, c)
		}
	}
	return list
}

// goBench is what go test -bench prints of one benchmark, ten times, with a
// spread of 2 %.
func goBench(name string, ns float64, allocs int) string {
	var b strings.Builder
	b.WriteString("goos: linux\ngoarch: amd64\npkg: example.com/demo\ncpu: Example CPU\n")
	for i := range 10 {
		fmt.Fprintf(&b, "Benchmark%s-2 \t 1000\t %.1f ns/op\t 64 B/op\t %d allocs/op\n", name, ns*(1+0.002*float64(i)), allocs)
	}
	b.WriteString("PASS\nok  \texample.com/demo\t1.0s\n")
	return b.String()
}

// baseline is a stored baseline of the benchmark that goBench prints.
func baseline(ns float64, allocs int) string {
	return fmt.Sprintf(`{"benchmarks": {"Encode-2": {
  "sec/op": {"samples": [%[1]ge-9, %[2]ge-9, %[1]ge-9, %[2]ge-9, %[1]ge-9, %[2]ge-9, %[1]ge-9, %[2]ge-9], "unit": "sec/op"},
  "allocs/op": {"value": %[3]d, "unit": "allocs/op"}}}}
`, ns, ns*1.01, allocs)
}

func TestFileCommandParser(t *testing.T) {
	got, err := parseFileCommand("a=1\nb<<X\none\ntwo\nX\nc<<Y\n\nY\nd=x<<y\n")
	require.NoError(t, err)
	require.Equal(t, map[string]string{"a": "1", "b": "one\ntwo", "c": "", "d": "x<<y"}, got)
	_, err = parseFileCommand("a<<X\n1\n X\n")
	require.Error(t, err, "the delimiter is a whole line")
}
