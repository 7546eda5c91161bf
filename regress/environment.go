package regress

import (
	"fmt"
	"strconv"
	"strings"
)

// Env describes the machine and the toolchain that made a run. An empty field
// is unknown and matches everything.
type Env struct {
	GOOS   string `json:"goos,omitzero"`
	GOARCH string `json:"goarch,omitzero"`
	CPU    string `json:"cpu,omitzero"` // the processor's model name
	Cores  int    `json:"cores,omitzero"`
	Go     string `json:"go,omitzero"`     // version of the Go toolchain
	Runner string `json:"runner,omitzero"` // image of the CI runner
}

// envField names one field of Env; the table keeps decoding, printing and
// comparing in one order.
type envField struct {
	name string
	get  func(Env) string
	set  func(*Env, string) error
	// timing: a difference makes timings incomparable
	timing bool
}

var envFields = []envField{
	{"goos", func(e Env) string { return e.GOOS }, func(e *Env, v string) error { e.GOOS = v; return nil }, true},
	{"goarch", func(e Env) string { return e.GOARCH }, func(e *Env, v string) error { e.GOARCH = v; return nil }, true},
	{"cpu", func(e Env) string { return e.CPU }, func(e *Env, v string) error { e.CPU = v; return nil }, true},
	{"cores", func(e Env) string {
		if e.Cores == 0 {
			return ""
		}
		return strconv.Itoa(e.Cores)
	}, func(e *Env, v string) (err error) {
		if e.Cores, err = strconv.Atoi(v); err != nil || e.Cores < 1 {
			return fmt.Errorf("cores %q is not a whole number ≥ 1", v)
		}
		return nil
	}, false},
	{"go", func(e Env) string { return e.Go }, func(e *Env, v string) error { e.Go = v; return nil }, false},
	{"runner", func(e Env) string { return e.Runner }, func(e *Env, v string) error { e.Runner = v; return nil }, false},
}

// Set sets the field with that name (goos, goarch, cpu, cores, go, runner).
func (e *Env) Set(name, value string) error {
	for _, f := range envFields {
		if f.name == name {
			return f.set(e, value)
		}
	}
	names := make([]string, len(envFields))
	for i, f := range envFields {
		names[i] = f.name
	}
	return fmt.Errorf("unknown environment field %q (one of %s)", name, strings.Join(names, ", "))
}

// String lists the known fields, "goos=linux cpu=AMD EPYC"; "unknown" where
// there is none.
func (e Env) String() string {
	var b strings.Builder
	for _, f := range envFields {
		if v := f.get(e); v != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(f.name + "=" + v)
		}
	}
	if b.Len() == 0 {
		return "unknown"
	}
	return b.String()
}

// anyField and timingField select the fields that differs looks at.
func anyField(envField) bool      { return true }
func timingField(f envField) bool { return f.timing }

// OtherMachine says in which way timings of o are from another machine: the first
// of operating system, architecture and processor that is known on both sides and
// not the same; "" where nothing tells them apart.
func (e Env) OtherMachine(o Env) string { return e.differs(o, timingField) }

// Machine names the machine in a form that can be part of a file name,
// "linux-amd64-amd-epyc-7763"; "" where nothing is known of it.
func (e Env) Machine() string {
	const longest = 100
	var b strings.Builder
	gap := false
	for _, f := range envFields {
		if !f.timing {
			continue
		}
		for _, r := range strings.ToLower(f.get(e)) {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				if gap && b.Len() > 0 {
					b.WriteByte('-')
				}
				gap = false
				b.WriteRune(r)
			} else {
				gap = true
			}
		}
		gap = true
	}
	return strings.TrimRight(b.String()[:min(b.Len(), longest)], "-")
}

// Likeness counts what the timings of two machines have in common: how many of
// operating system, architecture and processor are known on both sides and the
// same, less those that differ.
func (e Env) Likeness(o Env) (n int) {
	for _, f := range envFields {
		switch a, b := f.get(e), f.get(o); {
		case !f.timing || a == "" || b == "":
		case a == b:
			n++
		default:
			n--
		}
	}
	return n
}

// differs describes the first of the selected fields that is known on both
// sides and not the same; "" where there is none.
func (e Env) differs(o Env, selected func(envField) bool) string {
	for _, f := range envFields {
		if a, b := f.get(e), f.get(o); selected(f) && a != "" && b != "" && a != b {
			return fmt.Sprintf("%s %q against %q", f.name, a, b)
		}
	}
	return ""
}

// or fills the unknown fields from o.
func (e Env) or(o Env) Env {
	for _, f := range envFields {
		if f.get(e) == "" && f.get(o) != "" {
			_ = f.set(&e, f.get(o)) // what get returned is what set accepts
		}
	}
	return e
}

// Merge fills the unknown fields from o and refuses a known one that differs.
func (e Env) Merge(o Env) (Env, error) {
	if diff := e.differs(o, anyField); diff != "" {
		return e, fmt.Errorf("different environments: %s", diff)
	}
	return e.or(o), nil
}
