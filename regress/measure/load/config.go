package load

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/internal/strict"
)

// Config says what is sent where. It is made by LoadConfig or ReadConfig and does
// not change afterwards, so it may be shared.
type Config struct {
	target    string // begins every URL that begins with a slash
	phases    []phase
	scenarios []scenario
	service   service
	timeout   time.Duration // of one request
	seed      uint64
}

// scenario is what one kind of user does.
type scenario struct {
	weight float64 // share of the arrivals, relative to the other scenarios; > 0
	steps  []step
}

// step is a request, or a pause where there is none.
type step struct {
	think   time.Duration
	request *request
}

const (
	maxConfig           = 1 << 20 // bytes
	defaultTimeout      = 10 * time.Second
	defaultReadyTimeout = 30 * time.Second
)

// LoadConfig reads the configuration file at path.
func LoadConfig(path string) (*Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening load configuration: %w", err)
	}
	defer f.Close()
	c, err := ReadConfig(f, path)
	if err != nil {
		return nil, fmt.Errorf("reading load configuration: %w", err)
	}
	return c, nil
}

// ReadConfig reads a configuration from YAML, strictly: what is unknown, repeated
// or empty is an error, each with file, line and column.
func ReadConfig(r io.Reader, file string) (*Config, error) {
	c := &Config{}
	y := reader{&strict.YAML{File: file}}
	err := y.Read(r, maxConfig, strict.Fields{
		"config": y.Mapping(strict.Fields{
			"target":        y.Scalar(targetInto(&c.target)),
			"phases":        y.Sequence(func(n strict.Node) { c.phases = append(c.phases, y.phase(n, len(c.phases)+1)) }),
			"start":         y.Scalar(textInto(&c.service.start)),
			"stop":          y.Scalar(textInto(&c.service.stop)),
			"ready":         y.Scalar(textInto(&c.service.ready)),
			"ready_timeout": y.Scalar(timeInto(&c.service.within)),
			"timeout":       y.Scalar(timeInto(&c.timeout)),
			"seed":          y.Scalar(seedInto(&c.seed)),
		}),
		"scenarios": y.Sequence(func(n strict.Node) { c.scenarios = append(c.scenarios, y.scenario(n)) }),
	})
	if err != nil {
		return nil, err
	}
	if err := c.complete(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// complete fills in the defaults, and reports what is not there at all.
func (c *Config) complete() error {
	switch {
	case c.target == "":
		return fmt.Errorf("config.target is missing: write the service's URL, such as http://localhost:8080")
	case len(c.phases) == 0:
		return fmt.Errorf("config.phases is missing: write how long and how much is sent")
	case len(c.scenarios) == 0:
		return fmt.Errorf("scenarios is missing: write what is sent")
	case c.service.start != "" && c.service.ready == "":
		return fmt.Errorf("config.ready is missing: with start, write a URL that answers 2xx once the service is up")
	}
	if c.service.ready != "" {
		c.service.ready = c.absolute(c.service.ready)
		if _, err := hostOf(c.service.ready); err != nil {
			return fmt.Errorf("config.ready: %w", err)
		}
	}
	c.timeout = cmp.Or(c.timeout, defaultTimeout)
	c.service.within = cmp.Or(c.service.within, defaultReadyTimeout)
	return nil
}

// absolute returns the URL that a path of this service means.
func (c *Config) absolute(url string) string {
	if strings.HasPrefix(url, "/") {
		return c.target + url
	}
	return url
}

// hostOf returns the host of an absolute HTTP URL, in lower case, without port.
func hostOf(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", fmt.Errorf("%.200q is no URL of a service, such as http://localhost:8080", text)
	}
	return strings.ToLower(u.Hostname()), nil
}
