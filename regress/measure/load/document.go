package load

import (
	"encoding/json"
	"strings"

	"github.com/org/regress-gate/regress/internal/strict"
	"go.yaml.in/yaml/v4"
)

// document is the body of a request: texts in a row, each a literal or a template.
type document []fragment

// fragment is the raw text and then the template, which in JSON is a string.
type fragment struct {
	raw    string
	text   template
	quoted bool
}

// document reads a value as the JSON that it stands for. Its strings, not its
// names, are templates.
func (y reader) document(n strict.Node, d *document) {
	raw := func(text string) { *d = append(*d, fragment{raw: text}) }
	switch {
	case n.Kind == yaml.MappingNode:
		raw("{")
		separator := ""
		y.Members(func(name string, value strict.Node) {
			raw(separator + quote(name) + ":")
			y.document(value, d)
			separator = ","
		})(n)
		raw("}")
	case n.Kind == yaml.SequenceNode:
		raw("[")
		separator := ""
		y.Sequence(func(element strict.Node) {
			raw(separator)
			y.document(element, d)
			separator = ","
		})(n)
		raw("]")
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		raw("null")
	case n.Tag == "!!str":
		f := fragment{quoted: true}
		y.Scalar(templateInto(&f.text))(n)
		*d = append(*d, f)
	default:
		y.Scalar(func(text string) error { raw(text); return nil })(n)
		if n.Kind == yaml.ScalarNode && !json.Valid([]byte(n.Value)) {
			y.Problem(n, "%.40q is no JSON number or truth value: write it so, or in quotes", n.Value)
		}
	}
}

// expand returns the body for one user.
func (d document) expand(u *user) (string, error) {
	var b strings.Builder
	for _, f := range d {
		b.WriteString(f.raw)
		text, err := f.text.expand(u, asIs)
		if err != nil {
			return "", err
		}
		if f.quoted {
			text = quote(text)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

func quote(s string) string {
	text, _ := json.Marshal(s) // of a string it cannot fail
	return string(text)
}
