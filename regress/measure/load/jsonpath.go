package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/org/regress-gate/regress/internal/lazy"
)

// capture keeps a value of an answer for later requests of the flow.
type capture struct {
	path jsonPath
	name string
}

// jsonPath is a way into a JSON value, such as $.users[0].id.
type jsonPath []pathStep

// pathStep goes to a member, or to an element where there is no name.
type pathStep struct {
	member string
	index  int
}

var (
	wholePath = lazy.Regexp(`^\$(\.[A-Za-z0-9_-]+|\[[0-9]{1,9}\])*$`)
	pathParts = lazy.Regexp(`\.([A-Za-z0-9_-]+)|\[([0-9]+)\]`)
)

func parseJSONPath(text string) (jsonPath, error) {
	if !wholePath().MatchString(text) {
		return nil, fmt.Errorf("%.80q is no path that is understood: write it like $.users[0].id", text)
	}
	path := jsonPath{}
	for _, part := range pathParts().FindAllStringSubmatch(text, -1) {
		index, _ := strconv.Atoi(part[2]) // digits, or none for a member
		path = append(path, pathStep{part[1], index})
	}
	return path, nil
}

// find returns the string, number or truth value at the path, as text.
func (p jsonPath) find(document []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber() // a long id must come back digit by digit
	var v any
	if err := decoder.Decode(&v); err != nil {
		return "", fmt.Errorf("the answer is not JSON: %w", err)
	}
	for _, s := range p {
		switch node := v.(type) {
		case map[string]any:
			v = node[s.member]
		case []any:
			if s.member != "" || s.index >= len(node) {
				return "", fmt.Errorf("the answer has no such element")
			}
			v = node[s.index]
		default:
			return "", fmt.Errorf("the answer has no such member")
		}
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return strconv.FormatBool(v), nil
	}
	return "", fmt.Errorf("the answer has no single value there")
}
