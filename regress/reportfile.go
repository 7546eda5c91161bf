package regress

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/org/regress-gate/regress/internal/strict"
)

// reportJSON is the report as it stands in JSON (DESIGN 4.5): the derived
// figures, gate and summary, stand beside what they are derived from.
type reportJSON struct {
	Schema      int           `json:"schema"`
	Gate        Gate          `json:"gate"`
	Base        Ref           `json:"base"`
	Head        Ref           `json:"head"`
	Policy      Policy        `json:"policy"`
	Summary     Counts        `json:"summary"`
	Suite       Suite         `json:"suite"`
	Comparisons []Comparison  `json:"comparisons"`
	Alerts      []AlertResult `json:"alerts"`
	Drift       Drift         `json:"drift"`
	Edits       []Edit        `json:"edits,omitempty"`
	Diagnoses   []Diagnosis   `json:"diagnoses,omitempty"`
	Warnings    []Warning     `json:"warnings"`
}

// MarshalJSON encodes the report without loss, with gate and summary beside it.
func (r *Report) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	_, err := r.WriteTo(&b)
	return b.Bytes(), err
}

// WriteTo writes the JSON of the report, indented, in a stream.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	counting := &countingWriter{w: w}
	err := json.MarshalWrite(counting, reportJSON{
		ReportSchema, r.Gate(), r.Base, r.Head, r.Policy, r.Count(), r.Suite, r.Comparisons, r.Alerts, r.Drift, r.Edits, r.Diagnoses, r.Warnings,
	}, jsontext.WithIndent("  "))
	if err == nil {
		_, err = counting.Write([]byte("\n"))
	}
	if err != nil {
		return counting.n, fmt.Errorf("encoding report: %w", err)
	}
	return counting.n, nil
}

type countingWriter struct {
	w io.Writer
	n int64
}

// Write implements io.Writer.
func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// UnmarshalJSON is ReadReport for a report inside another document.
func (r *Report) UnmarshalJSON(data []byte) error {
	read, err := ReadReport(bytes.NewReader(data), "report")
	if err == nil {
		*r = *read
	}
	return err
}

// ReadReport reads a report that WriteTo wrote. It may come from an artifact
// that anyone could write: its gate and summary must be those that its own
// findings give, and all its text must be such as a run could hold. Fields that
// this version does not know are passed over, since later ones may add some.
func ReadReport(r io.Reader, file string) (*Report, error) {
	j := strict.NewJSON(r, file)
	var doc reportJSON
	j.Unmarshal(&doc)
	if err := j.Done(); err != nil {
		return nil, fmt.Errorf("reading report: %w", err)
	}
	switch {
	case doc.Schema > ReportSchema:
		return nil, fmt.Errorf("reading report: %s: schema %d is newer than this program reads (%d): upgrade regress-gate", file, doc.Schema, ReportSchema)
	case doc.Schema != ReportSchema:
		return nil, fmt.Errorf("reading report: %s: schema %d is not that of a report (%d)", file, doc.Schema, ReportSchema)
	}
	report := &Report{doc.Base, doc.Head, doc.Policy, doc.Comparisons, doc.Alerts, doc.Suite, doc.Warnings, doc.Drift, doc.Edits, doc.Diagnoses}
	if err := report.Validate(); err != nil {
		return nil, fmt.Errorf("reading report: %s: %w", file, err)
	}
	if gate := report.Gate(); gate != doc.Gate {
		return nil, fmt.Errorf("reading report: %s: it says the gate is %s, and its findings make it %s", file, doc.Gate, gate)
	}
	if counts := report.Count(); counts != doc.Summary {
		return nil, fmt.Errorf("reading report: %s: its summary does not count its comparisons", file)
	}
	return report, nil
}

// Validate reports everything that Compare could not have produced and that an
// output might trip over.
func (r *Report) Validate() error {
	var errs []error
	text := func(where string, texts ...string) {
		for _, s := range texts {
			if err := validText(s); err != nil && len(errs) < strict.MaxProblems {
				errs = append(errs, fmt.Errorf("%s: %w", where, err))
			}
		}
	}
	text("reference", r.Base.Commit, r.Head.Commit, r.Base.Env.String(), r.Head.Env.String())
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		text("comparison", append([]string{c.Benchmark, c.Metric, c.Unit, c.Reason, c.Remedy}, c.Notes...)...)
		if c.Waiver != nil {
			text("waiver", c.Waiver.Reason)
		}
		if c.Accepted != nil {
			text("acceptance", c.Accepted.By, c.Accepted.Reason, c.Accepted.Commit)
		}
		if c.Metric == "" && len(errs) < strict.MaxProblems {
			errs = append(errs, fmt.Errorf("comparison %d has no metric", i+1))
		}
		if i > 0 && compareKeys(r.Comparisons[i-1].Key, c.Key) >= 0 && len(errs) < strict.MaxProblems {
			errs = append(errs, fmt.Errorf("%s stands out of order or twice", c.Key))
		}
		for _, side := range [...]Summary{c.Base, c.Head} {
			if side.N < 0 || len(side.Samples) > 0 && len(side.Samples) != side.N {
				errs = append(errs, fmt.Errorf("%s: samples and their number disagree", c.Key))
			}
		}
	}
	for i := range r.Diagnoses {
		if err := r.Diagnoses[i].validate(); err != nil && len(errs) < strict.MaxProblems {
			errs = append(errs, fmt.Errorf("diagnosis %d: %w", i+1, err))
		}
	}
	for _, a := range r.Alerts {
		text("alert", a.Name, a.Benchmark, a.Metric, a.Unit, a.Reason)
	}
	for _, f := range r.Drift.Findings {
		text("drift", f.Benchmark, f.Metric, f.Unit, f.Since.Commit)
	}
	for _, e := range r.Edits {
		text("edit", e.Judge, e.What, e.Before, e.After)
	}
	for _, w := range r.Warnings {
		text("warning", w.File, w.Message)
	}
	return errors.Join(errs...)
}
