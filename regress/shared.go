package regress

import (
	"iter"
	"maps"
	"strings"
)

// Names is a set of names of benchmarks that have to be written with their package.
type Names map[string]bool

// SharedNames returns the names that benchmarks of two packages have in the runs
// taken together.
func SharedNames(runs ...*Run) Names {
	first, shared := map[string]string{}, Names{}
	if !severalPackages(runs) {
		return shared
	}
	for _, r := range runs {
		for i := range r.Series {
			s := &r.Series[i]
			if s.Package == "" {
				continue
			}
			if pkg, known := first[s.bare()]; !known {
				first[s.bare()] = s.Package
			} else if pkg != s.Package {
				shared[s.bare()] = true
			}
		}
	}
	return shared
}

// severalPackages tells whether the benchmarks are not all of one package.
func severalPackages(runs []*Run) bool {
	one := ""
	for _, r := range runs {
		for i := range r.Series {
			if pkg := r.Series[i].Package; pkg != "" && pkg != one {
				if one != "" {
					return true
				}
				one = pkg
			}
		}
	}
	return false
}

// Qualify writes the benchmarks of the run that have such a name with their package,
// and all others without; those of no known package stay as they are.
func (r *Run) Qualify(names Names) {
	for i := range r.Series {
		r.Series[i].Benchmark = r.Series[i].qualified(names)
	}
}

// AlignNames writes the benchmarks of two runs alike: with their package where two
// packages share the name in either run, or where the other run writes it so. It
// changes their names in place. One name in two packages, each in one of the runs,
// is one benchmark that was moved.
func AlignNames(base, head *Run) {
	names := SharedNames(base)
	maps.Copy(names, SharedNames(head))
	for _, sides := range [...][2]*Run{{base, head}, {head, base}} {
		written := sides[0].packaged(sides[1])
		if len(written) == 0 {
			continue
		}
		for i := range sides[1].Series {
			if s := &sides[1].Series[i]; s.Package != "" && written[s.Package+"."+s.bare()] {
				names[s.bare()] = true
			}
		}
	}
	base.Qualify(names)
	head.Qualify(names)
}

// packaged are the names that begin with a package of the other run.
func (r *Run) packaged(other *Run) map[string]bool {
	packages, written := map[string]bool{}, map[string]bool{}
	for i := range other.Series {
		if pkg := other.Series[i].Package; pkg != "" && (i == 0 || pkg != other.Series[i-1].Package) {
			packages[pkg] = true
		}
	}
	if len(packages) == 0 {
		return nil
	}
	for i := range r.Series {
		name := r.Series[i].Benchmark
		for rest := range unpackaged(name) {
			if packages[name[:len(name)-len(rest)-1]] {
				written[name] = true
			}
		}
	}
	return written
}

// AlignNames writes the benchmarks of the run as b, which stays as it is, writes
// them, as far as b tells: a file does not say to which package a name belongs.
func (b *Baseline) AlignNames(head *Run) {
	stored := &Run{Series: make([]Series, len(b.Entries))}
	for i := range b.Entries {
		stored.Series[i].Key = b.Entries[i].Key
	}
	AlignNames(stored, head)
}

// bare is the name of the benchmark without its package.
func (s *Series) bare() string { return strings.TrimPrefix(s.Benchmark, s.Package+".") }

// qualified is the name of the benchmark as it has to be among the shared names.
func (s *Series) qualified(shared Names) string {
	switch {
	case s.Package == "":
		return s.Benchmark
	case shared[s.bare()]:
		return s.Package + "." + s.bare()
	}
	return s.bare()
}

// findNamesakes tells of what is missing which new benchmark may be the same, with a
// package before its name, or without one: nothing tells for certain.
func findNamesakes(list []sides) map[*Entry][]string {
	missing := map[Key]*Entry{}
	for i := range list {
		if p := &list[i]; p.series == nil && p.entry.Benchmark != "" {
			missing[p.entry.Key] = p.entry
		}
	}
	if len(missing) == 0 {
		return nil
	}
	namesakes := map[*Entry][]string{}
	fresh := map[Key]string{}
	for i := range list {
		if p := &list[i]; p.entry == nil {
			fresh[p.series.Key] = p.series.Benchmark
			for name := range unpackaged(p.series.Benchmark) {
				if lost := missing[Key{name, p.series.Metric}]; lost != nil {
					namesakes[lost] = append(namesakes[lost], p.series.Benchmark)
				}
			}
		}
	}
	for key, lost := range missing {
		for name := range unpackaged(key.Benchmark) {
			if other, known := fresh[Key{name, key.Metric}]; known {
				namesakes[lost] = append(namesakes[lost], other)
			}
		}
	}
	return namesakes
}

// unpackaged yields what follows each dot of the name: one of them ends a package.
func unpackaged(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			_, rest, found := strings.Cut(name, ".")
			if name = rest; !found || rest != "" && !yield(rest) {
				return
			}
		}
	}
}
