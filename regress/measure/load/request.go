package load

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// request is one request of a flow, before the user's values are put in.
type request struct {
	method   string
	name     string // method and path as written, without the query
	url      template
	query    []pair
	headers  []pair
	body     document
	json     bool // the body is JSON
	captures []capture
}

// pair is a name and its value, of a query or a header.
type pair struct {
	name  string
	value template
}

// setURL reads a path of the service, or a whole URL. Its host must be written
// out: where requests go is known before the first is sent.
func (r *request) setURL(text string) (err error) {
	path, _, _ := strings.Cut(text, "?")
	r.name = r.method + " " + clean(path)
	if !strings.HasPrefix(text, "/") {
		host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(text, "http://"), "https://"), "/")
		if strings.Contains(host, "{{") {
			return fmt.Errorf("%.200q: the host must be written out, without {{ }}", text)
		}
		if _, err := hostOf(text); err != nil {
			return fmt.Errorf("%w, nor a path of the target, such as /users", err)
		}
	}
	r.url, err = parseTemplate(text)
	return err
}

// site returns the beginning of the URL, with its host, where it is not a path of
// the target.
func (r *request) site() string {
	if len(r.url) == 0 || strings.HasPrefix(r.url[0].literal, "/") {
		return ""
	}
	return r.url[0].literal // not an expression: setURL has seen to it
}

// build puts the user's values in.
func (r *request) build(ctx context.Context, c *Config, u *user) (*http.Request, error) {
	address, err := r.url.expand(u, escape)
	if err != nil {
		return nil, err
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	for _, p := range r.query {
		value, err := p.value.expand(u, asIs)
		if err != nil {
			return nil, err
		}
		address += separator + escape(p.name) + "=" + escape(value)
		separator = "&"
	}
	body, err := r.body.expand(u)
	if err != nil {
		return nil, err
	}
	built, err := http.NewRequestWithContext(ctx, r.method, c.absolute(address), strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if r.json {
		built.Header.Set("Content-Type", "application/json")
	}
	for _, p := range r.headers {
		value, err := p.value.expand(u, clean) // it must not end its header
		if err != nil {
			return nil, err
		}
		built.Header.Set(p.name, value)
		if strings.EqualFold(p.name, "Host") { // net/http takes it from there only
			built.Host = value
		}
	}
	return built, nil
}

// escape makes a value one part of a path or a query, whatever is in it.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
