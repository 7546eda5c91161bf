package gate

import (
	"bytes"
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// Selection says which metrics of a baseline are shown. The zero Selection is
// all of them.
type Selection struct {
	Benchmark string // pattern for the benchmark's name, with and without its -N; "" is any
	Metric    string // pattern for the metric's name; "" is any
}

// History returns the earlier runs of the selected metrics of the baseline file
// at path, and where they changed; in a folder, of the file of the machine that env
// describes as Input.Env does. A selection that finds nothing is wrong usage.
func History(j Judgement, baseline string, env []string, s Selection) (*regress.History, error) {
	benchmark, err := pattern("match", s.Benchmark)
	if err != nil {
		return nil, err
	}
	metric, err := pattern("metric", s.Metric)
	if err != nil {
		return nil, err
	}
	p, err := j.policy()
	if err != nil {
		return nil, err
	}
	machine := &regress.Run{}
	if err := (Input{Env: env}).describe(machine); err != nil {
		return nil, err
	}
	base, remarks, err := baselineFor(baseline, machine.Env)
	if err != nil {
		return nil, err
	}
	if len(remarks) > 0 {
		return nil, Usagef("%s", remarks[0])
	}
	all, err := regress.NewHistory(base, p)
	if err != nil {
		return nil, err
	}
	selected := all.Select(benchmark, metric)
	if len(selected.Tracks) == 0 && len(all.Tracks) > 0 {
		return nil, Usagef("nothing matches: %s has %d metrics, the first is %.200s", baseline, len(all.Tracks), all.Tracks[0].Key)
	}
	return selected, nil
}

// pattern reads the pattern of a flag; "" is unset.
func pattern(flag, text string) (regress.Pattern, error) {
	if text == "" {
		return regress.Pattern{}, nil
	}
	p, err := regress.NewPattern(text)
	if err != nil {
		return p, Usagef("%s: %w", flag, err)
	}
	return p, nil
}

// WriteHistory writes the history to w, whole or, where it cannot be rendered,
// not at all.
func WriteHistory(w io.Writer, f render.HistoryFormat, h *regress.History, o render.Options) error {
	var text bytes.Buffer
	if err := f.Render(&text, h, o); err != nil {
		return fmt.Errorf("rendering %s: %w", f.Name, err)
	}
	if _, err := w.Write(text.Bytes()); err != nil {
		return fmt.Errorf("writing %s: %w", f.Name, err)
	}
	return nil
}
