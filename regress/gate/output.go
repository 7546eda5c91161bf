package gate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/replace"
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

// Publish writes all outputs of one report, files first, since the reader of
// standard output may go away. Each is rendered whole before a byte of it is
// written, and a file is replaced whole: none is ever half written. One that fails
// keeps none of the others from being written. Benchmarks are looked for in the
// working directory, where o does not say where they stand.
func Publish(r *regress.Report, outputs []Output, stdout io.Writer, o render.Options) error {
	if o.Locate == nil {
		o.Locate = locate(os.DirFS("."))
	}
	var errs []error
	for _, out := range outputs {
		if out.Path != "" {
			errs = append(errs, out.publish(r, stdout, o))
		}
	}
	for _, out := range outputs {
		if out.Path == "" {
			errs = append(errs, out.publish(r, stdout, o))
		}
	}
	return errors.Join(errs...)
}

func (out Output) publish(r *regress.Report, stdout io.Writer, o render.Options) error {
	if out.Path != "" {
		o.Color = false
	}
	var text bytes.Buffer
	if err := render.Write(&text, out.Format, r, o); err != nil {
		return fmt.Errorf("rendering %s: %w", out.Format, err)
	}
	if err := deliver(text.Bytes(), out.Path, stdout); err != nil {
		return fmt.Errorf("writing %s: %w", out.Format, err)
	}
	return nil
}

// deliver replaces the file at path, or writes to stdout where path is "".
func deliver(text []byte, path string, stdout io.Writer) error {
	if path != "" {
		return replace.File(path, text)
	}
	_, err := stdout.Write(text)
	return err
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
