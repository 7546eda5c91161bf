package scaffold

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
)

// Options say what is made, and of what.
type Options struct {
	Folder  string              // in the repository, whose root is found from there; "" is the working directory
	Only    []string            // names of the kinds that are looked for; none is all
	Command []string            // a command that hyperfine measures, in place of what is found
	Run     gate.Input          // what was measured already: the first baseline; without paths there is none
	Measure bool                // measures the Go benchmarks now, for the first baseline
	Notice  func(gate.Progress) // told of the progress of Measure; nil for nobody
	Now     func() time.Time    // the clock; required
}

// Plan is what is to be written.
type Plan struct {
	Root     string // of the repository
	Branch   string // that pull requests go into
	Findings []*Finding
	Files    []File
	Warnings []string // what was left out, and why
	Next     []string // what to do then
}

// File is one file of a plan, by its path from the root, with slashes.
type File struct {
	Path string
	Text []byte
}

// Make looks at the repository and plans. It writes nothing there, and runs
// nothing of it but with Measure.
func Make(ctx context.Context, o Options) (*Plan, error) {
	top, repository, err := rootOf(o.Folder)
	if err != nil {
		return nil, fmt.Errorf("looking at the repository: %w", err)
	}
	p := &Plan{Root: top, Branch: "main"}
	root, err := os.OpenRoot(top)
	if err != nil {
		return nil, fmt.Errorf("looking at the repository: %w", err)
	}
	defer root.Close()
	files := []string{workflowFile, policyFile}
	first := len(o.Run.Paths) > 0 || o.Measure
	if first {
		files = append(files, baselineFile)
	}
	if err := vacant(root, files...); err != nil {
		return nil, err
	}
	if repository {
		p.Branch = defaultBranch(ctx, top)
	}
	if !branchName.MatchString(p.Branch) {
		p.warn("the default branch %q has characters that a workflow cannot name: main is written in its place", p.Branch)
		p.Branch = "main"
	}
	if err := p.find(root, o); err != nil {
		return nil, err
	}
	if !repository {
		p.warn("%s is in no git repository: the files are written there all the same", top)
	}
	p.Files = []File{{workflowFile, []byte(workflow(p.Findings, p.Branch))}, {policyFile, []byte(policy(p.Findings))}}
	if first {
		text, err := p.baseline(ctx, o)
		if err != nil {
			return nil, err
		}
		p.Files = append(p.Files, File{baselineFile, text})
	}
	p.advise(o.Run.Paths)
	return p, nil
}

func (p *Plan) warn(format string, args ...any) {
	p.Warnings = append(p.Warnings, fmt.Sprintf(format, args...))
}

// find looks for all kinds that are asked for. Finding nothing is an error.
func (p *Plan) find(root *os.Root, o Options) error {
	if len(o.Command) > 0 {
		f, err := ofCommand(o.Command)
		p.Findings = []*Finding{f}
		return err
	}
	for _, name := range o.Only {
		if !slices.ContainsFunc(kinds, func(k Kind) bool { return k.Name == name }) {
			return gate.Usagef("unknown kind %.40q (one of %s)", name, strings.Join(Names(), ", "))
		}
	}
	t := walk(root)
	var looked []string
	for _, k := range kinds {
		if len(o.Only) > 0 && !slices.Contains(o.Only, k.Name) {
			continue
		}
		looked = append(looked, fmt.Sprintf("  %s: %s", k.Name, k.Doc))
		if f := k.find(t); f != nil {
			p.Findings = append(p.Findings, f)
		}
	}
	p.Warnings = append(p.Warnings, t.warnings...)
	if len(p.Findings) == 0 {
		return fmt.Errorf("nothing that measures was found in %s, and nothing was written; looked for\n%s\nwrite one of these, or name a command to measure: regress-gate init -- ./tool --input big.json%s",
			p.Root, strings.Join(looked, "\n"), lines(p.Warnings))
	}
	return nil
}

// baseline makes the first baseline: of a run as update does, in a folder of its own,
// since nothing is in the repository before all of it is known to be good; of what
// another gate has stored with its history, as convert does.
func (p *Plan) baseline(ctx context.Context, o Options) ([]byte, error) {
	folder, err := os.MkdirTemp("", "regress-gate-init-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if o.Measure {
		file := filepath.Join(folder, "measured.json")
		if err := p.measure(ctx, o, file); err != nil {
			return nil, err
		}
		o.Run.Paths = append(o.Run.Paths, file)
	}
	converted, err := gate.Convert(o.Run)
	if err != nil {
		return nil, fmt.Errorf("making the first baseline: %w", err)
	}
	var text bytes.Buffer
	if _, err := converted.WriteTo(&text); err != nil {
		return nil, err
	}
	for _, r := range converted.Remarks {
		p.warn("%s", r)
	}
	if stored, ok := converted.WriterTo.(*regress.Baseline); ok {
		p.warnOfMachine(stored.Env)
		return text.Bytes(), nil
	}
	rules, run, path := filepath.Join(folder, "policy.yaml"), filepath.Join(folder, "run.json"), filepath.Join(folder, "baseline.json")
	if err := errors.Join(os.WriteFile(rules, []byte(policy(p.Findings)), 0o600), os.WriteFile(run, text.Bytes(), 0o600)); err != nil {
		return nil, err
	}
	done, err := gate.Update(gate.Renewal{Judgement: gate.Judgement{Policy: rules, Now: o.Now}, Baseline: path, Run: gate.Input{Paths: []string{run}}})
	if err != nil {
		return nil, fmt.Errorf("making the first baseline: %w", err)
	}
	p.warnOfMachine(done.Report.Head.Env)
	return os.ReadFile(path)
}

func (p *Plan) warnOfMachine(env regress.Env) {
	if env == (regress.Env{}) {
		p.warn("the run does not say on which machine it was measured, so that any other is compared with it: say it with --env (auto is this machine)")
	}
}

// measure measures the Go benchmarks into a file.
func (p *Plan) measure(ctx context.Context, o Options, file string) error {
	i := slices.IndexFunc(p.Findings, func(f *Finding) bool { return f.module != "" })
	if i < 0 {
		return gate.Usagef("--measure is for the Go benchmarks of one module: measure, and give the file to init: %s", p.Findings[0].try)
	}
	run, err := gate.Record(ctx, gate.Experiment{Folder: filepath.Join(p.Root, p.Findings[i].module), Notice: o.Notice, Now: o.Now})
	if err != nil {
		return err
	}
	return gate.WriteRun(run, file, nil)
}

// Names lists the names of the kinds.
func Names() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return names
}

// lines puts each text on a line of its own, behind what is there.
func lines(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return "\n" + strings.Join(texts, "\n")
}

// vacant reports the files that exist, all at once.
func vacant(root *os.Root, files ...string) error {
	var there []error
	for _, file := range files {
		if _, err := root.Lstat(file); err == nil {
			there = append(there, fmt.Errorf("%s exists", file))
		} else if !errors.Is(err, fs.ErrNotExist) {
			there = append(there, err)
		}
	}
	if len(there) == 0 {
		return nil
	}
	return fmt.Errorf("%w\ninit overwrites nothing, and nothing was written: it is for a repository without a gate; remove the files to start anew", errors.Join(there...))
}
