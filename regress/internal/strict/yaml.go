package strict

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// YAML reads one YAML document from its syntax tree. Decoding into structs would
// lose the position of every value that has a syntax of its own ("5%"), stop at
// the first problem, take `threshold:` without a value for zero, and follow
// aliases, of which a few hundred bytes can stand for gigabytes.
//
// Its readers (Text, Mapping, …) return what reads one value into its target.
type YAML struct {
	File     string // name of the file in messages
	problems []error
}

// Node is a place in the document.
type Node = *yaml.Node

// Fields maps each key of a mapping to what reads its value.
type Fields map[string]func(Node)

// Problem records something wrong at the node.
func (y *YAML) Problem(n Node, format string, args ...any) {
	y.problemAt(n.Line, n.Column, fmt.Sprintf(format, args...))
}

// Sound reads the node, and tells whether that found no problem: what is then said
// of the value as a whole follows from nothing that was said already.
func (y *YAML) Sound(n Node, read func(Node)) bool {
	before := len(y.problems)
	read(n)
	return len(y.problems) == before
}

func (y *YAML) problemAt(line, column int, message string) {
	if len(y.problems) < MaxProblems {
		y.problems = append(y.problems, fmt.Errorf("%s:%d:%d: %s", y.File, line, column, message))
	}
}

// Read reads a text of at most so many bytes as Document does.
func (y *YAML) Read(r io.Reader, most int64, fields Fields) error {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return fmt.Errorf("%s: %w", y.File, err)
	}
	if int64(len(text)) > most {
		return fmt.Errorf("%s: longer than %d bytes: that is no set-up", y.File, most)
	}
	return y.Document(text, fields)
}

// Document reads the only document of the text, which must be a mapping, and
// returns everything that was wrong. An empty text has no problem.
func (y *YAML) Document(text []byte, fields Fields) error {
	loader, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w", y.File, err)
	}
	for i := 0; ; i++ {
		var document yaml.Node
		err := loader.Load(&document)
		var syntax *yaml.LoadError
		switch {
		case errors.Is(err, io.EOF):
			return errors.Join(y.problems...)
		case errors.As(err, &syntax):
			if syntax.Mark.Line == 0 { // bytes that are no text have no place
				return fmt.Errorf("%s: not valid YAML: %s", y.File, syntax.Message)
			}
			y.problemAt(syntax.Mark.Line, syntax.Mark.Column, "not valid YAML: "+syntax.Message)
			return errors.Join(y.problems...)
		case err != nil:
			return fmt.Errorf("%s: not valid YAML: %w", y.File, err)
		case i > 0:
			y.Problem(document.Content[0], "a second document: there must be one")
			return errors.Join(y.problems...)
		}
		y.Mapping(fields)(document.Content[0])
	}
}

// Mapping reads a mapping whose keys are all among the fields, each once.
func (y *YAML) Mapping(fields Fields) func(Node) {
	return y.members(func(name string, key, value Node) {
		if read, known := fields[name]; known {
			read(value)
		} else {
			y.Problem(key, "unknown setting %.40q (one of %s)", name, strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
		}
	})
}

// Members reads a mapping whose keys are free, each once, in the order of the
// file.
func (y *YAML) Members(read func(name string, value Node)) func(Node) {
	return y.members(func(name string, _, value Node) { read(name, value) })
}

func (y *YAML) members(read func(name string, key, value Node)) func(Node) {
	return func(n Node) {
		if !y.expect(n, yaml.MappingNode, "settings (key: value)") {
			return
		}
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, ok := y.scalar(n.Content[i])
			switch {
			case !ok:
			case seen[name]:
				y.Problem(n.Content[i], "%.40q is set twice", name)
			default:
				read(name, n.Content[i], n.Content[i+1])
			}
			seen[name] = true
		}
	}
}

// Sequence reads a list by calling read for each of its elements.
func (y *YAML) Sequence(read func(Node)) func(Node) {
	return func(n Node) {
		if !y.expect(n, yaml.SequenceNode, "a list") {
			return
		}
		for _, element := range n.Content {
			read(element)
		}
	}
}

// Scalar reads a single value by calling set with its text, quotes taken off.
func (y *YAML) Scalar(set func(text string) error) func(Node) {
	return func(n Node) {
		if text, ok := y.scalar(n); ok {
			if err := set(text); err != nil {
				y.Problem(n, "%v", err)
			}
		}
	}
}

// Text reads a single value by the UnmarshalText of the target.
func (y *YAML) Text(target encoding.TextUnmarshaler) func(Node) {
	return y.Scalar(func(text string) error { return target.UnmarshalText([]byte(text)) })
}

func (y *YAML) scalar(n Node) (string, bool) {
	if !y.expect(n, yaml.ScalarNode, "a single value") {
		return "", false
	}
	if n.Tag == "!!null" {
		y.Problem(n, "the value is missing")
		return "", false
	}
	return n.Value, true
}

func (y *YAML) expect(n Node, kind yaml.Kind, form string) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		y.Problem(n, "anchors and aliases are not supported: write the value out")
	case n.Kind != kind:
		y.Problem(n, "expected %s", form)
	default:
		return true
	}
	return false
}
