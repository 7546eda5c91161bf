package load

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress/internal/strict"
)

// reader reads the parts of a configuration.
type reader struct{ *strict.YAML }

func (y reader) phase(n strict.Node, number int) phase {
	p := phase{name: fmt.Sprintf("phase %d", number)}
	ramps, declared := false, false
	sound := y.Sound(n, y.Mapping(strict.Fields{
		"name":        y.Scalar(nameInto(&p.name)),
		"duration":    y.Scalar(timeInto(&p.duration)),
		"arrivalRate": y.Scalar(rateInto(&p.rate)),
		"rampTo":      func(n strict.Node) { ramps = true; y.Scalar(rateInto(&p.rampTo))(n) },
		"warmup":      func(n strict.Node) { declared = true; y.Scalar(boolInto(&p.warmup))(n) },
	}))
	if !ramps {
		p.rampTo = p.rate
	}
	if !declared {
		p.warmup = strings.HasPrefix(strings.ToLower(p.name), "warm")
	}
	switch {
	case !sound:
	case p.duration == 0:
		y.Problem(n, "a phase needs its duration")
	case p.rate == 0 && p.rampTo == 0:
		y.Problem(n, "a phase needs an arrivalRate above 0, or a rampTo")
	}
	return p
}

func (y reader) scenario(n strict.Node) scenario {
	s := scenario{weight: 1}
	var name string
	sound := y.Sound(n, y.Mapping(strict.Fields{
		"name":   y.Scalar(textInto(&name)), // for people: results are named by the requests
		"weight": y.Scalar(weightInto(&s.weight)),
		"flow":   y.Sequence(func(n strict.Node) { s.steps = append(s.steps, y.step(n)) }),
	}))
	if sound && !slices.ContainsFunc(s.steps, func(s step) bool { return s.request != nil }) {
		y.Problem(n, "a scenario needs a flow with a request")
	}
	return s
}

func (y reader) step(n strict.Node) (s step) {
	given := 0
	fields := strict.Fields{"think": func(n strict.Node) { given++; y.Scalar(timeInto(&s.think))(n) }}
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		fields[strings.ToLower(method)] = func(n strict.Node) { given++; s.request = y.request(n, method) }
	}
	if y.Sound(n, y.Mapping(fields)) && given != 1 {
		y.Problem(n, "a step is one request or one pause: begin each with its own dash")
	}
	return s
}

func (y reader) request(n strict.Node, method string) *request {
	r := &request{method: method}
	bodies := 0
	sound := y.Sound(n, y.Mapping(strict.Fields{
		"url":     y.Scalar(r.setURL),
		"qs":      y.pairs(&r.query),
		"headers": y.pairs(&r.headers),
		"json": func(n strict.Node) {
			bodies++
			r.json = true
			y.document(n, &r.body)
		},
		"body": func(n strict.Node) {
			bodies++
			r.body = document{{}}
			y.Scalar(templateInto(&r.body[0].text))(n)
		},
		"capture": y.Sequence(func(n strict.Node) { r.captures = append(r.captures, y.capture(n)) }),
	}))
	switch {
	case !sound:
	case r.name == "":
		y.Problem(n, "a request needs its url")
	case bodies > 1:
		y.Problem(n, "json and body cannot both be sent")
	}
	return r
}

func (y reader) capture(n strict.Node) (c capture) {
	sound := y.Sound(n, y.Mapping(strict.Fields{
		"json": y.Scalar(pathInto(&c.path)),
		"as":   y.Scalar(variableInto(&c.name)),
	}))
	if sound && (c.path == nil || c.name == "") {
		y.Problem(n, `a capture needs both, such as {json: "$.id", as: id}`)
	}
	return c
}

// pairs reads names and templates, in the order of the file.
func (y reader) pairs(list *[]pair) func(strict.Node) {
	return y.Members(func(name string, n strict.Node) {
		p := pair{name: name}
		y.Scalar(templateInto(&p.value))(n)
		*list = append(*list, p)
	})
}
