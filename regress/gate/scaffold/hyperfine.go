package scaffold

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/org/regress-gate/regress/gate"
)

var hyperfineKind = Kind{Name: "hyperfine", Doc: "hyperfine … --export-json FILE in a Makefile or a shell script", find: findHyperfine}

var (
	makefile  = regexp.MustCompile(`^(GNU)?[Mm]akefile$`)
	shell     = regexp.MustCompile(`\.(sh|bash)$`)
	calls     = regexp.MustCompile(`(^|[;&|(@]|\bthen|\bdo)\s*hyperfine\s`)
	exported  = regexp.MustCompile(`--export-json[ =]["']?([\w./+-]+)["']?(\s|$)`)
	ruleOf    = regexp.MustCompile(`^([A-Za-z0-9_][\w.+-]*)\s*:([^=]|$)`)
	continued = strings.NewReplacer("\\\r\n", " ", "\\\n", " ")
)

// findHyperfine finds the scripts and the rules that call hyperfine, and where they
// leave its results. The first that can be used is taken.
func findHyperfine(t *tree) *Finding {
	for _, file := range append(t.named(makefile), t.named(shell)...) {
		command, rule := "bash "+path.Base(file), ""
		for line := range strings.Lines(continued.Replace(string(t.read(file)))) {
			if makefile.MatchString(path.Base(file)) {
				if m := ruleOf.FindStringSubmatch(line); m != nil {
					rule, command = m[1], "make "+m[1]
				} else if rule == "" {
					continue
				}
			}
			if !calls.MatchString(line) {
				continue
			}
			m := exported.FindStringSubmatch(line)
			if m == nil || !plain.MatchString(strings.TrimPrefix(m[1], "./")) {
				t.warn("%q calls hyperfine without --export-json FILE: add it, so that there is something to judge", file)
				continue
			}
			if !t.usable(file) {
				continue
			}
			dir := path.Dir(file)
			result := strings.TrimPrefix(m[1], "./")
			return &Finding{Kind: "hyperfine", What: at(command, dir) + ", which writes " + result, try: inFolder(dir, command),
				steps: []step{installHyperfine, {name: "Measure with hyperfine", lines: []string{
					inFolder(dir, command), "cp " + path.Join(dir, result) + " " + runs + "/hyperfine.json"}}}}
		}
	}
	return nil
}

var installHyperfine = step{name: "Install hyperfine", lines: []string{"sudo apt-get update", "sudo apt-get install --yes hyperfine"}}

// ofCommand measures a command that the user names, with hyperfine.
func ofCommand(args []string) (*Finding, error) {
	words := make([]string, len(args))
	for i, arg := range args {
		if !utf8.ValidString(arg) || strings.ContainsFunc(arg, func(r rune) bool { return !unicode.IsPrint(r) }) || strings.Contains(arg, "${{") {
			return nil, gate.Usagef("command: %.80q holds what cannot stand in a workflow: put it into a script", arg)
		}
		words[i] = quote(arg)
	}
	line := strings.Join(words, " ")
	measure := "hyperfine --warmup 3 --runs 20 --export-json "
	return &Finding{Kind: "hyperfine", What: line, try: measure + "hyperfine.json -- " + quote(line),
		steps: []step{installHyperfine, {name: "Measure the command", lines: []string{
			measure + runs + "/hyperfine.json -- " + quote(line)}}}}, nil
}
