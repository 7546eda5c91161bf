package render_test

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/org/regress-gate/regress/render"
)

// junitSchema is what junit-10.xsd of Jenkins' xUnit plugin, which is what is
// published of this format, allows of the elements that a report uses: attributes,
// those that have to be there, children, and whether there may be text.
var junitSchema = map[string]struct {
	may, must, children string
	text                bool
}{
	"testsuites": {"name time tests failures errors", "", "testsuite", false},
	"testsuite": {
		"name tests failures errors group time skipped timestamp hostname id package file log url",
		"name tests failures errors", "testsuite properties testcase system-out system-err", false,
	},
	"testcase":   {"name time classname group", "name", "skipped error failure system-out system-err", false},
	"failure":    {"type message", "", "", true},
	"error":      {"type message", "", "", true},
	"skipped":    {"type message", "", "", true},
	"system-out": {"", "", "", true},
}

func TestJUnitKeepsToItsSchema(t *testing.T) {
	for _, source := range reports {
		decoder := xml.NewDecoder(strings.NewReader(rendered(t, "junit", source.make(t), render.Options{})))
		var open []string
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, source.name)
			switch x := token.(type) {
			case xml.StartElement:
				element := x.Name.Local
				rule, known := junitSchema[element]
				require.True(t, known, "%s: <%s>", source.name, element)
				if len(open) == 0 {
					require.Equal(t, "testsuites", element)
				} else {
					require.Contains(t, strings.Fields(junitSchema[open[len(open)-1]].children), element, source.name)
				}
				var names []string
				for _, a := range x.Attr {
					names = append(names, a.Name.Local)
					require.Contains(t, strings.Fields(rule.may), a.Name.Local, element)
				}
				for _, must := range strings.Fields(rule.must) {
					require.True(t, slices.Contains(names, must), "<%s> without %s", element, must)
				}
				open = append(open, element)
			case xml.EndElement:
				open = open[:len(open)-1]
			case xml.CharData:
				if len(open) > 0 && !junitSchema[open[len(open)-1]].text {
					require.Empty(t, strings.TrimSpace(string(x)), open)
				}
			}
		}
	}
}
