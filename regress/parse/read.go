package parse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

// sniffLen is how much of a file the sniffers see.
const sniffLen = 64 << 10

// Read reads one run. The format is a name of List, or "" or "auto" for the one
// format whose sniffer accepts the head of the file; that none does or two do is
// an error. File is the name of the input in messages.
//
// Gzip is recognised by its first bytes and not by a file name. A byte order
// mark is removed, and UTF-16 with one (as PowerShell 5 writes it) is decoded.
// What a parser returns is checked by Run.Validate here, for all formats.
func Read(r io.Reader, file, format string) (*regress.Run, error) {
	text, f, err := open(r, file, format)
	if err != nil {
		return nil, err
	}
	return f.read(text, file)
}

// Import reads like Read, except that a file in which another gate has stored the
// results of earlier commits gives all of them.
func Import(r io.Reader, file, format string) (*Imported, error) {
	text, f, err := open(r, file, format)
	if err != nil {
		return nil, err
	}
	if f.Past != nil {
		past, err := f.Past(text, Options{File: file})
		if err != nil {
			return nil, err
		}
		if past != nil {
			if err := past.Validate(); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			return &Imported{Past: past}, nil
		}
	}
	run, err := f.read(text, file)
	if err != nil {
		return nil, err
	}
	return &Imported{Run: run}, nil
}

// Imported is what a file holds: a run, or what another gate has stored. The
// other one is nil.
type Imported struct {
	Run  *regress.Run
	Past *Past
}

// open decodes the file and finds its format.
func open(r io.Reader, file, format string) (*bufio.Reader, Format, error) {
	if f, err := Lookup(format); err == nil && f.Raw {
		return bufio.NewReader(r), f, nil
	}
	text, err := decode(r)
	if err != nil {
		return nil, Format{}, fmt.Errorf("%s: %w", file, err)
	}
	head, err := text.Peek(sniffLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, Format{}, fmt.Errorf("%s: %w", file, readError(err))
	}
	if isBlank(head) && len(head) < sniffLen {
		return nil, Format{}, fmt.Errorf("%s: the file is empty: the step that should have written it failed", file)
	}
	f, err := choose(head, format)
	if err != nil {
		return nil, Format{}, fmt.Errorf("%s: %w", file, err)
	}
	return text, f, nil
}

// read holds every format to the same invariants.
func (f Format) read(text io.Reader, file string) (*regress.Run, error) {
	run, err := f.Parse(text, Options{File: file})
	if err != nil {
		return nil, err
	}
	if len(run.Series) == 0 {
		return nil, fmt.Errorf("%s: the file holds no measurement", file)
	}
	if err := run.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return run, nil
}

// choose returns the format of that name, or the only one that accepts head.
func choose(head []byte, name string) (Format, error) {
	if name != "" && name != "auto" {
		return Lookup(name)
	}
	return detect(head, formats[:])
}

func detect(head []byte, formats []Format) (Format, error) {
	var found []Format
	for _, f := range formats {
		if f.Sniff(head) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Format{}, fmt.Errorf("unknown format, the file begins with %.40q (name the format with --from, `regress-gate formats` lists them)", head)
	}
	return Format{}, fmt.Errorf("the file looks like %s (name the format with --from)", strings.Join(names(found), " and like "))
}

// lineError places an error at a line of the input.
func lineError(file string, line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", file, line, fmt.Errorf(format, args...))
}

func isBlank(head []byte) bool { return len(bytes.TrimSpace(head)) == 0 }
