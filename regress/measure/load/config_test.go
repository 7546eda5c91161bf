package load

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// read returns the configuration that the text is.
func read(t *testing.T, text string) *Config {
	t.Helper()
	c, err := ReadConfig(strings.NewReader(text), "f")
	require.NoError(t, err)
	return c
}

// The file that the specification shows is read as it stands.
func TestSpecification(t *testing.T) {
	c, err := LoadConfig("testdata/artillery-config.yml")
	require.NoError(t, err)
	require.Equal(t, "http://localhost:8080", c.target)
	require.Equal(t, []phase{
		{"Warm up", 60 * time.Second, 10, 10, true},
		{"Normal load", 300 * time.Second, 50, 50, false},
		{"Peak load", 120 * time.Second, 100, 100, false},
		{"Stress test", 180 * time.Second, 200, 200, false},
	}, c.phases)
	require.Equal(t, []string{
		"POST /users", "GET /users/{{ userId }}", "PUT /users/{{ userId }}", "DELETE /users/{{ userId }}",
		"GET /users", "GET /health",
	}, c.names())
	require.Equal(t, 40.0, c.scenarios[0].weight)
	require.Equal(t, 10*time.Second, c.timeout)
}

func TestPhases(t *testing.T) {
	c := read(t, config(`[{duration: 5m, arrivalRate: 0, rampTo: 9.5}, {name: WARMING, duration: 0.5, arrivalRate: 1}, {name: warm, duration: 60s, arrivalRate: 1, warmup: false}, {name: x, duration: 1, arrivalRate: 1, warmup: true}]`, `- get: {url: /}`))
	require.Equal(t, []phase{
		{"phase 1", 5 * time.Minute, 0, 9.5, false},
		{"WARMING", time.Second / 2, 1, 1, true},
		{"warm", time.Minute, 1, 1, false},
		{"x", time.Second, 1, 1, true},
	}, c.phases)
}

// config is a configuration with these phases and the steps of its only scenario.
func config(phases, flow string) string {
	return "config:\n  target: http://127.0.0.1:1/\n  phases: " + phases + "\nscenarios:\n  - flow:\n      " + flow + "\n"
}

const onePhase = `[{name: a, duration: 1, arrivalRate: 1}]`

// Everything that cannot be meant is refused, with its place.
func TestBrokenConfigs(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"unknown setting of the file", "before: {}\n", `f:1:1: unknown setting "before" (one of config, scenarios)`},
		{"unknown setting of config", "config:\n  processor: ./x.js\n", `f:2:3: unknown setting "processor"`},
		{"unknown setting of a phase", config(`[{duration: 1, arrivalCount: 3}]`, `- get: {url: /}`), `f:3:26: unknown setting "arrivalCount"`},
		{"unknown step", config(onePhase, `- loop: []`), `f:6:9: unknown setting "loop"`},
		{"unknown setting of a request", config(onePhase, `- get: {url: /, expect: 1}`), `f:6:23: unknown setting "expect"`},
		{"set twice", "config: {}\nconfig: {}\n", `f:2:1: "config" is set twice`},
		{"no value", "config:\n  target:\n", `f:2:10: the value is missing`},
		{"duration of no length", config(`[{duration: 0, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: "0" is no time`},
		{"duration in words", config(`[{duration: long, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: "long" is no time: write seconds, or a unit`},
		{"duration below 0", config(`[{duration: -5s, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: "-5s" is no time`},
		{"duration without end", config(`[{duration: .inf, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: ".inf" is no time`},
		{"duration that is no number", config(`[{duration: NaN, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: "NaN" is no time`},
		{"duration of years", config(`[{duration: 1e9, arrivalRate: 1}]`, `- get: {url: /}`), `f:3:23: "1e9" is no time`},
		{"no duration", config(`[{arrivalRate: 1}]`, `- get: {url: /}`), `f:3:12: a phase needs its duration`},
		{"rate below 0", config(`[{duration: 1, arrivalRate: -1}]`, `- get: {url: /}`), `f:3:39: "-1" is no rate`},
		{"rate in words", config(`[{duration: 1, arrivalRate: many}]`, `- get: {url: /}`), `f:3:39: "many" is no rate`},
		{"rate that nothing sends", config(`[{duration: 1, arrivalRate: 1e9}]`, `- get: {url: /}`), `f:3:39: "1e9" is no rate`},
		{"rate of nothing", config(`[{duration: 1, arrivalRate: 0}]`, `- get: {url: /}`), `f:3:12: a phase needs an arrivalRate above 0`},
		{"warm-up in words", config(`[{duration: 1, arrivalRate: 1, warmup: yes}]`, `- get: {url: /}`), `f:3:50: "yes" is neither true nor false`},
		{"weight of nothing", "scenarios: [{weight: 0, flow: [{get: {url: /}}]}]", `f:1:22: "0" is no weight`},
		{"flow of nothing", "scenarios: [{flow: []}]", `f:1:13: a scenario needs a flow with a request`},
		{"flow of thoughts", "scenarios: [{flow: [{think: 1}]}]", `f:1:13: a scenario needs a flow with a request`},
		{"two in one step", config(onePhase, `- {get: {url: /}, think: 1}`), `f:6:9: a step is one request or one pause`},
		{"no url", config(onePhase, `- get: {json: {}}`), `f:6:14: a request needs its url`},
		{"url of nowhere", config(onePhase, `- get: {url: users}`), `f:6:20: "users" is no URL of a service`},
		{"url of another kind", config(onePhase, `- get: {url: "file:///etc/passwd"}`), `f:6:20: "file:///etc/passwd" is no URL`},
		{"host from an answer", config(onePhase, `- get: {url: "http://{{ x }}/"}`), `the host must be written out`},
		{"two bodies", config(onePhase, `- post: {url: /, json: {}, body: x}`), `f:6:15: json and body cannot both be sent`},
		{"number that JSON has not", config(onePhase, `- post: {url: /, json: {a: 0x10}}`), `f:6:34: "0x10" is no JSON number`},
		{"capture without a name", config(onePhase, `- get: {url: /, capture: [{json: $.id}]}`), `f:6:33: a capture needs both`},
		{"capture by another language", config(onePhase, `- get: {url: /, capture: [{json: "$..id", as: id}]}`), `f:6:40: "$..id" is no path that is understood`},
		{"capture as no name", config(onePhase, `- get: {url: /, capture: [{json: $.id, as: "a b"}]}`), `f:6:50: "a b" is no name of a variable`},
		{"template left open", config(onePhase, `- get: {url: "/{{ id"}`), `f:6:20: "{{ id" is not closed`},
		{"template of another tool", config(onePhase, `- get: {url: "/{{ $uuid() }}"}`), `f:6:20: "$uuid()" is no variable, $randomString() or`},
		{"numbers the wrong way round", config(onePhase, `- get: {url: "/{{ $randomInt(9, 1) }}"}`), `f:6:20: $randomInt(9, 1): write two whole numbers`},
		{"seed below 0", "config: {seed: -1}", `f:1:16: "-1" is no seed`},
		{"target without a scheme", "config: {target: localhost}", `f:1:18: "localhost" is no URL of a service`},
		{"target with a query", "config: {target: 'http://localhost?a=1'}", `has a query`},
		{"an alias", "config: &a {}\nscenarios: *a\n", `anchors and aliases are not supported`},
		{"nothing", "", `f: config.target is missing`},
		{"no phases", "config: {target: 'http://localhost'}", `f: config.phases is missing`},
		{"no scenarios", "config: {target: 'http://localhost', phases: " + onePhase + "}", `f: scenarios is missing`},
		{"started and never known to be up", strings.Replace(config(onePhase, `- get: {url: /}`), "config:\n", "config:\n  start: x\n", 1), `config.ready is missing`},
		{"ready nowhere", strings.Replace(config(onePhase, `- get: {url: /}`), "config:\n", "config:\n  ready: health\n", 1), `config.ready: "health" is no URL`},
		{"endless", strings.Repeat("#", maxConfig+1), "longer than 1048576 bytes"},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := ReadConfig(strings.NewReader(c.text), "f")
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := LoadConfig("testdata/none.yml")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestOnlyAndScale(t *testing.T) {
	c, err := LoadConfig("testdata/artillery-config.yml")
	require.NoError(t, err)
	scaled, err := c.Scale(0.5, 2)
	require.NoError(t, err)
	require.Equal(t, phase{"Peak load", time.Minute, 200, 200, false}, scaled.phases[2])
	require.Equal(t, 120*time.Second, c.phases[2].duration, "the configuration itself stays")
	for _, factor := range []float64{0, -1, 1e9} {
		_, err = c.Scale(factor, 1)
		require.Error(t, err)
		_, err = c.Scale(1, factor)
		require.Error(t, err)
	}
	require.EqualValues(t, 7, c.Seed(7).seed)
}

func FuzzReadConfig(f *testing.F) {
	text, err := os.ReadFile("testdata/artillery-config.yml")
	require.NoError(f, err)
	f.Add(string(text))
	f.Add(config(onePhase, `- post: {url: /a, json: {a: [1, null, "{{ x }}"]}, qs: {b: 1}, capture: [{json: "$.a[0]", as: x}]}`))
	f.Add("config: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadConfig(strings.NewReader(text), "f")
		if err != nil {
			require.Nil(t, c)
			return
		}
		require.NotEmpty(t, c.names())
		for _, p := range c.phases {
			require.Positive(t, p.duration)
		}
		_ = c.check(guard{}) // whatever was read can be checked before it is sent
	})
}
