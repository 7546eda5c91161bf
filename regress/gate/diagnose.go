package gate

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/profile"
)

// DiagnoseFiles adds to a report what profiles of both sides say of its losses.
// Each pair is "BASE,HEAD": two files of pprof, of folded stacks or of traces. The loss that
// is asked about is the report's only regression of a duration; where there are
// more, or none, the shares of the profiles are compared as they are.
func DiagnoseFiles(r *regress.Report, pairs []string) error {
	for _, pair := range pairs {
		baseFile, headFile, ok := strings.Cut(pair, ",")
		if !ok || baseFile == "" || headFile == "" {
			return Usagef("profile %.80q is not BASE,HEAD: two files with a comma between them", pair)
		}
		base, err := readProfile(baseFile)
		if err != nil {
			return err
		}
		head, err := readProfile(headFile)
		if err != nil {
			return err
		}
		d, err := diagnose(func(kind string) *regress.Comparison { return onlyLoss(r, kind) }, base, head, "")
		if err != nil {
			return fmt.Errorf("comparing the profiles %s and %s: %w", baseFile, headFile, err)
		}
		r.Diagnoses = append(r.Diagnoses, *d)
	}
	return nil
}

// readProfile reads a profile of either form.
func readProfile(path string) (*profile.Profile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening profile: %w", err)
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<16)
	head, _ := in.Peek(1 << 12) // an error comes again with the first read
	read := profile.ReadFolded
	switch {
	case len(head) > 1 && head[0] == 0x1f && head[1] == 0x8b, profile.IsPprof(head):
		read = profile.ReadPprof
	case bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")):
		read = profile.ReadTraces
	}
	p, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("reading profile: %s: %w", path, err)
	}
	return p, nil
}

// explains lists the units that each kind of profile can explain.
var explains = map[string][]string{
	"cpu": {"sec/op", "ns/op", "s"}, "samples": {"sec/op", "ns/op", "s"}, "": {"sec/op", "ns/op", "s"},
	"alloc_space": {"B/op"}, "alloc_objects": {"allocs/op"},
}

// onlyLoss is the one regression that a profile of that kind can explain, nil
// where there is not just one.
func onlyLoss(r *regress.Report, kind string) (only *regress.Comparison) {
	for _, c := range r.WorstFirst(regress.Regressed) {
		if !slices.Contains(explains[kind], c.Unit) {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	return only
}

// diagnose holds two profiles against each other, in what they measured of that
// kind ("" is the default of head); of tells the loss that such a profile is about.
func diagnose(of func(kind string) *regress.Comparison, base, head *profile.Profile, kind string) (*regress.Diagnosis, error) {
	baseKind, headKind, err := sameKind(base, head, kind)
	if err != nil {
		return nil, err
	}
	kind = base.Types[baseKind].Name
	d := &regress.Diagnosis{
		Kind:        kind,
		BaseSamples: regress.NewFigure(math.Round(base.Samples(baseKind))), HeadSamples: regress.NewFigure(math.Round(head.Samples(headKind))),
	}
	change := math.NaN()
	if kind == "trace" { // in seconds a trace: they tell themselves how much slower it is
		if loss := head.Total(headKind)/base.Total(baseKind) - 1; loss > 0 {
			change, d.Change = loss, regress.NewFigure(loss)
		}
	} else if c := of(kind); c != nil {
		d.Of = c.Key
		if loss, known := c.Delta.Relative.Get(); known && loss > 0 {
			change, d.Change = loss, regress.NewFigure(loss)
		}
	}
	changes := profile.Growth(base.Costs(baseKind), head.Costs(headKind))
	culprit, explained, ok := profile.Culprit(changes, change, base.Samples(baseKind), head.Samples(headKind))
	if ok {
		d.Culprit, d.Explained = shown(culprit.Function), regress.NewFigure(explained)
		d.Grown = append(d.Grown, grown(culprit))
	}
	for _, c := range changes {
		noise := profile.Noise((c.Base.Flat+c.Head.Flat)/2, min(base.Samples(baseKind), head.Samples(headKind)))
		if len(d.Grown) >= regress.MaxGrown || c.Flat() <= 0 {
			break
		}
		if c.Function != culprit.Function && c.Flat() > 2*noise {
			d.Grown = append(d.Grown, grown(c))
		}
	}
	const least = 0.005 // of all samples: less cannot be seen
	for _, n := range profile.Diff(base, head, baseKind, headKind, least, regress.MaxCalls) {
		d.Calls = append(d.Calls, regress.Call{Function: shown(n.Function), Depth: n.Depth, Base: n.Base, Head: n.Head})
	}
	return d, nil
}

// sameKind finds in both profiles what measured a kind; "" is the default of head.
func sameKind(base, head *profile.Profile, kind string) (baseKind, headKind int, err error) {
	if kind == "" {
		kind = head.Types[head.Default].Name
	}
	named := func(t profile.Type) bool { return t.Name == kind }
	baseKind, headKind = slices.IndexFunc(base.Types, named), slices.IndexFunc(head.Types, named)
	if baseKind < 0 || headKind < 0 {
		return 0, 0, fmt.Errorf("they do not both measure %s", cmp.Or(kind, "samples"))
	}
	return baseKind, headKind, nil
}

// shown is the name of a function as a report holds it: a line, and no longer than
// anybody reads.
func shown(function string) string {
	const most = 300
	function = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, function)
	if len(function) > most {
		function = function[:most]
	}
	return strings.ToValidUTF8(function, "\uFFFD")
}

func grown(c profile.Change) regress.Grown {
	share := func(c profile.Cost) regress.Share { return regress.Share{Flat: c.Flat, Cum: c.Cum} }
	return regress.Grown{Function: shown(c.Function), Base: share(c.Base), Head: share(c.Head)}
}
