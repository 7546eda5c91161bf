package gate

import (
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/parse"
)

// Converted is an input in our own format: a run, or a baseline with its history.
type Converted struct {
	io.WriterTo
	Remarks []regress.Warning // on a baseline, which has no place for them
}

// Convert reads the files of one run, which are merged, or a single file in which
// another gate has stored a history: that becomes a baseline.
func Convert(in Input) (*Converted, error) {
	if in.any() || len(in.Queries) > 0 || in.Elapsed != 0 {
		run, err := ReadRun(in)
		if err != nil {
			return nil, err
		}
		return &Converted{WriterTo: run}, nil
	}
	all, err := readAll(in, parse.Import)
	if err != nil {
		return nil, err
	}
	var runs []*regress.Run
	for _, one := range all {
		switch {
		case one.Past == nil:
			runs = append(runs, one.Run)
		case len(all) > 1:
			return nil, Usagef("a stored history cannot be merged with anything: convert its file alone")
		case in.Commit != "":
			return nil, Usagef("a stored history names its commits itself")
		default:
			return in.past(one.Past)
		}
	}
	run, err := in.whole(runs)
	if err != nil {
		return nil, err
	}
	return &Converted{WriterTo: run}, nil
}

// past describes the machine, which no other gate has stored.
func (in Input) past(past *parse.Past) (*Converted, error) {
	machine := &regress.Run{Env: past.Env}
	if err := in.describe(machine); err != nil {
		return nil, err
	}
	past.Env = machine.Env
	return &Converted{past.Baseline, past.Warnings}, nil
}
