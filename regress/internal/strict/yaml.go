package strict

import (
	"encoding"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// YAML reads one YAML document from its syntax tree. Decoding into structs would
// lose the position of every value that has a syntax of its own ("5%"), stop at
// the first problem, take `threshold:` without a value for zero, and follow
// aliases, of which a few hundred bytes can stand for gigabytes.
//
// The zero YAML is ready for use. Its readers (Text, Mapping, …) return what
// reads one value into its target.
type YAML struct {
	File     string // name of the file in messages
	problems []error
}

// Node is a place in the document.
type Node = ast.Node

// Fields maps each key of a mapping to what reads its value.
type Fields map[string]func(Node)

// Problem records something wrong at the node.
func (y *YAML) Problem(n Node, format string, args ...any) {
	p := n.GetToken().Position
	y.add(fmt.Errorf("%s:%d:%d: %s", y.File, p.Line, p.Column, fmt.Sprintf(format, args...)))
}

func (y *YAML) add(err error) {
	if len(y.problems) < MaxProblems {
		y.problems = append(y.problems, err)
	}
}

// Document reads the only document of the text, which must be a mapping, and
// returns everything that was wrong. An empty text has no problem.
func (y *YAML) Document(text []byte, fields Fields) error {
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		var syntax yaml.Error
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			p := syntax.GetToken().Position
			return fmt.Errorf("%s:%d:%d: not valid YAML: %s", y.File, p.Line, p.Column, syntax.GetMessage())
		}
		return fmt.Errorf("%s: not valid YAML: %w", y.File, err)
	}
	read := false
	for _, doc := range tree.Docs {
		switch {
		case doc.Body == nil || doc.Body.Type() == ast.CommentType:
		case read:
			y.Problem(doc.Body, "a second document: there must be one")
		default:
			read = true
			y.Mapping(fields)(doc.Body)
		}
	}
	return errors.Join(y.problems...)
}

// Mapping reads a mapping whose keys are all among the fields.
func (y *YAML) Mapping(fields Fields) func(Node) {
	return func(n Node) {
		var pairs []*ast.MappingValueNode
		switch n := n.(type) {
		case *ast.MappingNode:
			pairs = n.Values
		case *ast.MappingValueNode:
			pairs = []*ast.MappingValueNode{n}
		default:
			y.Problem(n, "expected settings (key: value)")
			return
		}
		for _, pair := range pairs { // the parser has refused a key that is there twice
			key, ok := y.scalar(pair.Key)
			if read, known := fields[key]; known {
				read(pair.Value)
			} else if ok {
				y.Problem(pair.Key, "unknown setting %.40q (one of %s)", key, strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
			}
		}
	}
}

// Sequence reads a list by calling read for each of its elements.
func (y *YAML) Sequence(read func(Node)) func(Node) {
	return func(n Node) {
		sequence, ok := n.(*ast.SequenceNode)
		if !ok {
			y.Problem(n, "expected a list")
			return
		}
		for _, element := range sequence.Values {
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
	switch n := n.(type) {
	case *ast.NullNode:
		y.Problem(n, "the value is missing")
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		y.Problem(n, "anchors and aliases are not supported: write the value out")
	default:
		y.Problem(n, "expected a single value")
	}
	return "", false
}
