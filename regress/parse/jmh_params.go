package parse

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jmhParams writes the parameters of a benchmark, a JSON object of strings, behind
// its name: " (n=10, size=2)"; nothing where there are none.
func jmhParams(object string) string {
	dec := jsontext.NewDecoder(strings.NewReader(object))
	var list []string
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return ""
	}
	for dec.PeekKind() == '"' {
		key, _ := dec.ReadToken()
		name := key.String()
		value, err := dec.ReadToken()
		if err != nil {
			break
		}
		list = append(list, name+"="+value.String())
	}
	return parameters(list)
}
