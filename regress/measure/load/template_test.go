package load

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/stretchr/testify/require"
)

func newUser(captured map[string]string) *user {
	return &user{rand.New(rand.NewPCG(1, 2)), captured}
}

func TestTemplates(t *testing.T) {
	u := newUser(map[string]string{"id": "7", "a.b-c": "x"})
	for text, want := range map[string]string{
		"":                                    "",
		"plain } text }} {":                   "plain } text }} {",
		"/users/{{ id }}/{{id}}":              "/users/7/7",
		"{{ a.b-c }}!":                        "x!",
		"{{ $randomInt(3, 3) }}":              "3",
		"{{$randomNumber(-2,-2)}}":            "-2",
		"{{ $randomInt( 5 , 5 ) }}{{   id }}": "57",
	} {
		parsed, err := parseTemplate(text)
		require.NoError(t, err, text)
		got, err := parsed.expand(u, asIs)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"{{", "{{ }}", "{{ a b }}", "{{ $randomInt(1) }}", "{{ $randomInt(a, b) }}", "{{ $randomString(3) }}", "{{ $env(HOME) }}"} {
		_, err := parseTemplate(text)
		require.Error(t, err, text)
	}
	unknown, err := parseTemplate("{{ who }}")
	require.NoError(t, err)
	_, err = unknown.expand(u, asIs)
	require.EqualError(t, err, "nothing was captured as who")
}

// The numbers reach both ends and nothing beyond, and one seed gives one sequence.
func TestRandom(t *testing.T) {
	parsed, err := parseTemplate("{{ $randomInt(1, 3) }}")
	require.NoError(t, err)
	u, again := newUser(nil), newUser(nil)
	seen := map[string]int{}
	for range 300 {
		got, _ := parsed.expand(u, asIs)
		same, _ := parsed.expand(again, asIs)
		require.Equal(t, got, same)
		seen[got]++
	}
	require.Len(t, seen, 3)
	require.NotZero(t, seen["1"]*seen["2"]*seen["3"])
	first, _ := randomString(u)
	second, _ := randomString(u)
	require.Regexp(t, "^[0-9a-z]{12}$", first)
	require.NotEqual(t, first, second)
}

// What comes out of an answer is data, wherever it is put.
func TestHostileValues(t *testing.T) {
	hostile := "../x?a=1&b#c \"},\r\nX-Evil: 1\x1b[2J{{ id }}/http://example.com"
	u := newUser(map[string]string{"evil": hostile})
	c := read(t, config(onePhase, `- post: {url: "/users/{{ evil }}?q={{ evil }}", qs: {p: "{{ evil }}"}, headers: {X-Got: "{{ evil }}"}, json: {a: "{{ evil }}"}}`))
	r := c.scenarios[0].steps[0].request
	built, err := r.build(t.Context(), c, u)
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:1", built.URL.Host)
	require.Equal(t, "/users/"+hostile, built.URL.Path)
	require.Equal(t, 2, strings.Count(built.URL.EscapedPath(), "/"), "it adds no step to the path")
	require.Equal(t, hostile, built.URL.Query().Get("q"))
	require.Equal(t, hostile, built.URL.Query().Get("p"))
	require.NotContains(t, built.Header.Get("X-Got"), "\n")
	var body struct{ A string }
	require.NoError(t, json.NewDecoder(built.Body).Decode(&body))
	require.Equal(t, hostile, body.A)
	require.Equal(t, "POST /users/{{ evil }}", r.name)
	require.Equal(t, "GET /a\ufffd[2Jb", read(t, config(onePhase, `- get: {url: "/a\e[2Jb"}`)).names()[0])
}

func TestBodies(t *testing.T) {
	u := newUser(map[string]string{"id": "7"})
	for text, want := range map[string]string{
		`json: {a: "{{ id }}", b: [1, 2.5, true, null, {}, []], "c\"": 'x"y'}`: `{"a":"7","b":[1,2.5,true,null,{},[]],"c\"":"x\"y"}`,
		`json: "{{ id }}"`:    `"7"`,
		`json: [1]`:           `[1]`,
		`body: 'id={{ id }}'`: `id=7`,
		`qs: {}`:              ``,
	} {
		c := read(t, config(onePhase, `- post: {url: /, `+text+`}`))
		got, err := c.scenarios[0].steps[0].request.body.expand(u)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"a {{ id }} b", "{{ $randomInt(1, 10) }}", "{{ $randomString() }}", "{{{{ }}", "}}{{"} {
		f.Add(seed, "value")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		parsed, err := parseTemplate(text)
		if err != nil {
			return
		}
		got, err := parsed.expand(newUser(map[string]string{"id": value}), escape)
		if err == nil && !strings.Contains(text, "{{") {
			require.Equal(t, text, got, "a text without an expression stays as it is")
		}
		var d document
		y := reader{&strict.YAML{File: "f"}}
		require.NoError(t, y.Document([]byte("a: "+strconv.QuoteToASCII("{{ id }}")), strict.Fields{"a": func(n strict.Node) { y.document(n, &d) }}))
		body, err := d.expand(newUser(map[string]string{"id": value}))
		require.NoError(t, err)
		require.True(t, json.Valid([]byte(body)), "%q", body)
	})
}
