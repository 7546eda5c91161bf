package gate

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/parse"
)

// Monitoring names what a run is read from beside files: a Prometheus server, or
// an earlier scrape.
type Monitoring struct {
	Since      string        // scrape of the run's only file before the load, "" for none
	Elapsed    time.Duration // between the two scrapes; 0 where their samples carry time stamps
	Prometheus string        // URL of a Prometheus server, "" for none
	Queries    []string      // what to ask it, as NAME=EXPR
}

// any tells whether there is any such source.
func (m Monitoring) any() bool { return m.Since != "" || m.Prometheus != "" }

// check finds what cannot be meant.
func (in Input) check() error {
	switch {
	case in.Prometheus != "" && len(in.Queries) == 0:
		return Usagef("--prometheus without a --query: say what to ask, as NAME=EXPR")
	case in.Prometheus == "" && len(in.Queries) > 0:
		return Usagef("--query without --prometheus: name the server")
	case in.Prometheus != "" && in.Since != "":
		return Usagef("--since is for a file with a scrape, not for a server: use rate() in the query")
	case in.Elapsed < 0 || in.Elapsed != 0 && in.Since == "":
		return Usagef("--elapsed is the time from --since to the run's scrape")
	case in.Since != "" && (len(in.Paths) != 1 || in.Paths[0] == "-" && in.Since == "-"):
		return Usagef("--since is one scrape, and the run the other one: give one file")
	}
	return nil
}

// monitored reads what does not come from files alone.
func (in Input) monitored() ([]*regress.Run, error) {
	if in.Since != "" {
		run, err := in.between()
		if err != nil {
			return nil, fmt.Errorf("reading run: %w", err)
		}
		return []*regress.Run{run}, nil
	}
	return in.ask()
}

func (in Input) between() (*regress.Run, error) {
	var opened [2]io.Reader
	for i, path := range []string{in.Since, in.Paths[0]} {
		if path == "-" {
			opened[i] = in.Stdin
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		opened[i] = f
	}
	return parse.ReadSince(opened[0], opened[1], in.Since, in.Paths[0], in.Elapsed)
}

// askTimeout bounds each query; a server gives up after two minutes by default, and a
// gate should not wait that long.
const askTimeout = 30 * time.Second

// ask puts each query to the server. Problems of several are reported together.
func (in Input) ask() ([]*regress.Run, error) {
	server, err := url.Parse(in.Prometheus)
	if err != nil || server.Host == "" || server.Scheme != "http" && server.Scheme != "https" {
		return nil, Usagef("--prometheus: not the URL of a server, such as http://127.0.0.1:9090")
	}
	client := &http.Client{Timeout: askTimeout}
	var runs []*regress.Run
	var errs []error
	asked := map[string]bool{}
	for _, q := range in.Queries {
		name, expr, ok := strings.Cut(q, "=")
		name, expr = strings.TrimSpace(name), strings.TrimSpace(expr)
		if !ok || name == "" || expr == "" || strings.ContainsAny(name, `{}"()`) {
			return nil, Usagef("--query: %.80q is not NAME=EXPR, such as p95_seconds=histogram_quantile(0.95, …)", q)
		}
		if asked[name] {
			return nil, Usagef("--query: two queries are called %.80q", name)
		}
		asked[name] = true
		run, err := query(client, server, name, expr)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		runs = append(runs, run)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("reading run: %w", err)
	}
	return runs, nil
}

// query asks for the value of an expression now. Messages name the server without
// its password.
func query(client *http.Client, server *url.URL, name, expr string) (*regress.Run, error) {
	source := fmt.Sprintf("query %s at %s", name, server.Redacted())
	answer, err := client.PostForm(server.JoinPath("api/v1/query").String(), url.Values{"query": {expr}})
	if err != nil {
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err // without the URL, which may hold a password
		}
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	defer answer.Body.Close()
	// Prometheus says what is wrong in JSON, and what stands before it in HTML.
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/json") {
		return nil, fmt.Errorf("%s: answered %s with %.60q and not with JSON: is this the URL of Prometheus?", source, answer.Status, kind)
	}
	return parse.ReadQuery(answer.Body, source, name)
}
