package gate

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/render"
)

// Output is one rendering of a report: to the file Path, or to standard output
// where Path is "".
type Output struct{ Format, Path string }

// ParseOutput reads FORMAT=PATH.
func ParseOutput(s string) (Output, error) {
	format, path, ok := strings.Cut(s, "=")
	if !ok || path == "" {
		return Output{}, Usagef("output %.80q is not FORMAT=PATH, such as json=report.json", s)
	}
	if _, err := render.Lookup(format); err != nil {
		return Output{}, &UsageError{err}
	}
	return Output{format, path}, nil
}

// Publish writes all outputs of one report. Each is rendered whole before a byte
// of it is written, so that a file is never left half written by a report that
// cannot be rendered. Benchmarks are looked for in the working directory, where o
// does not say where they stand.
func Publish(r *regress.Report, outputs []Output, stdout io.Writer, o render.Options) error {
	if o.Locate == nil {
		o.Locate = locate(os.DirFS("."))
	}
	for _, out := range outputs {
		options := o
		if out.Path != "" {
			options.Color = false
		}
		var text bytes.Buffer
		if err := render.Write(&text, out.Format, r, options); err != nil {
			return fmt.Errorf("rendering %s: %w", out.Format, err)
		}
		if out.Path == "" {
			if _, err := stdout.Write(text.Bytes()); err != nil {
				return fmt.Errorf("writing %s: %w", out.Format, err)
			}
			continue
		}
		if err := os.WriteFile(out.Path, text.Bytes(), 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", out.Format, err)
		}
	}
	return nil
}

// CanWrite reports, before something takes long, that a file can later not be
// written. "" is standard output, which can.
func CanWrite(path string) error {
	if path == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("writing %s: it is a folder", path)
	}
	return nil
}
