package action

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	markdown "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// What our Markdown may become: these elements, with these attributes.
var (
	ourElements = strings.Fields("html head body h2 h3 p strong ul li code pre table thead tbody tr th td details summary sub br span a")
	ourRun      = "https://github.com/org/demo/actions/runs/42"
	// What GitHub makes something of in the text outside of code.
	liveText = regexp.MustCompile(`(?i)(?:^|[^\w])@\w|(?:^|[^&\w])#\d|\bgh-\d|\w#\d|:[+\w-]+:|\w+://|\bwww\.\w|\b[0-9a-f]{7,40}\b|##\[|\$\S`)
)

// live lists what of a comment or summary would do something.
func live(t *testing.T, text string) (list []string) {
	t.Helper()
	for _, r := range text {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\n' {
			list = append(list, fmt.Sprintf("the character %U", r))
		}
	}
	var page bytes.Buffer
	github := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(markdown.WithUnsafe()))
	require.NoError(t, github.Convert([]byte(text), &page))
	root, err := html.Parse(&page)
	require.NoError(t, err)
	var walk func(n *html.Node, code bool)
	walk = func(n *html.Node, code bool) {
		switch n.Type {
		case html.ElementNode:
			if !slices.Contains(ourElements, n.Data) {
				list = append(list, "the element "+n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case n.Data == "a" && a.Key == "href" && a.Val == ourRun:
				case (n.Data == "td" || n.Data == "th") && (a.Key == "style" || a.Key == "align"):
				case n.Data == "code" && a.Key == "class" && a.Val == "language-text":
				default:
					list = append(list, fmt.Sprintf("%s %s=%q", n.Data, a.Key, a.Val))
				}
			}
			code = code || n.Data == "code" || n.Data == "pre"
		case html.CommentNode:
			if n.Data != strings.TrimSuffix(strings.TrimPrefix(marker("Performance"), "<!--"), "-->") || n.Parent == nil {
				list = append(list, "the comment "+n.Data)
			}
		case html.TextNode:
			// A lone $ stands in a span of its own.
			if found := liveText.FindString(n.Data); found != "" && !code && !(n.Parent.Data == "span" && n.Data == "$") {
				list = append(list, fmt.Sprintf("the text %q in %.200q", found, n.Data))
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child, code)
		}
	}
	walk(root, false)
	return list
}

func TestLive_Finds(t *testing.T) {
	for _, text := range []string{
		"@octocat", "see #1", "org/demo#1", "GH-1", ":smile:", "https://evil.example", "www.evil.example", "[a](b)", "![a](b)", "<b>x</b>", "<script>x</script>",
		"<img src=x>", "0123456789abcdef0123456789abcdef01234567", "a\u202eb", "<!-- x -->", "# heading", "> quote", "- [x] task", "$x$", "~~a~~", "*a*", "x[^1]\n\n[^1]: y",
	} {
		assert.NotEmpty(t, live(t, text), "%q", text)
	}
	assert.Empty(t, live(t, "## ok\n\n**a**: `@octocat #1 <b>` and a @ b, 5 # 6\n\n| a |\n|--:|\n| `x\\|y` |\n\n<sub>x<br>y</sub>"))
}

func TestHostile_CommentAndSummary(t *testing.T) {
	require.GreaterOrEqual(t, len(hostile), 100)
	var names []string
	for _, name := range hostile {
		if name != "" && utf8.ValidString(name) && len(name) <= 1000 && strings.IndexFunc(name, unicode.IsControl) < 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	require.GreaterOrEqual(t, len(names), 100, "names that a run may have")
	run := func(names []string, value float64) string {
		benchmarks := map[string]any{"Sound": map[string]any{"sec/op": map[string]any{"samples": []float64{1, 1.01, 1.02, 1, 1.01, 1.02}, "unit": "sec/op"}}}
		metrics := map[string]any{}
		for _, name := range names {
			benchmarks[name] = map[string]any{"allocs/op": map[string]any{"value": value, "unit": "allocs/op"}, name + "x": map[string]any{"value": value, "unit": name}}
			metrics[name+"m"] = map[string]any{"value": value, "exact": true}
		}
		text, err := json.Marshal(map[string]any{"metrics": metrics, "benchmarks": benchmarks})
		require.NoError(t, err)
		return string(text)
	}
	for chunk := range slices.Chunk(names, 12) {
		t.Run(fmt.Sprintf("%.40q…", chunk[0]), func(t *testing.T) {
			quoted, err := json.Marshal(chunk[0])
			require.NoError(t, err)
			policy := fmt.Sprintf("waivers: [{match: %s, metric: allocs/op, up_to: 900000%%, reason: %s, until: 2099-12-31}]\nalerts: [{name: %[1]s, condition: \"none > 1\"}]\n", quoted, quoted)
			base := map[string]string{"baselines/baseline.json": run(chunk, 3), "baselines/policy.yaml": policy}
			g := newGitHub(t, base, map[string]string{
				"new.json": run(chunk, 30), "none.json": run(nil, 1),
				"baselines/baseline.json": run(chunk, 29), "baselines/policy.yaml": strings.ReplaceAll(policy, "2099", "2098"),
			})
			for _, with := range []map[string]string{
				{"run": "new.json", "comment": "always", "fail-on": "never"},
				{"run": "none.json", "comment": "always", "fail-on": "never"},
				{"mode": "compare", "base-run": "none.json", "run": "new.json", "comment": "always", "fail-on": "never"},
			} {
				g.again(t, gate.Open, with)
				require.Len(t, g.comments(), 1)
				assert.Empty(t, live(t, g.comments()[0]), g.comments()[0])
				assert.Empty(t, live(t, g.summary))
			}
		})
	}
}
