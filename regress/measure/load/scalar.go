package load

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Bounds that no honest configuration reaches. They keep sums of durations and
// numbers of arrivals inside what their types hold.
const (
	maxTime = 7 * 24 * time.Hour
	maxRate = 1e6
)

func textInto(target *string) func(string) error {
	return func(text string) error {
		*target = text
		if text == "" || strings.ContainsRune(text, 0) {
			return fmt.Errorf("%.40q is no text that can be meant here", text)
		}
		return nil
	}
}

// nameInto reads what becomes the name of a benchmark.
func nameInto(target *string) func(string) error {
	return func(text string) error {
		*target = clean(text)
		if text == "" {
			return fmt.Errorf("an empty name names nothing")
		}
		return nil
	}
}

// clean makes a text fit for a name or a header: one line without control
// characters.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

func targetInto(target *string) func(string) error {
	return func(text string) error {
		*target = strings.TrimRight(text, "/")
		_, err := hostOf(text)
		if err == nil && strings.ContainsAny(text, "?#") {
			err = fmt.Errorf("%.200q has a query or a fragment: paths are put behind the target", text)
		}
		return err
	}
}

// timeInto reads seconds, "1.5", or a duration with its unit, "5m".
func timeInto(target *time.Duration) func(string) error {
	return func(text string) error {
		d, err := time.ParseDuration(text)
		if seconds, plain := strconv.ParseFloat(text, 64); plain == nil && seconds <= maxTime.Seconds() {
			d, err = time.Duration(seconds*float64(time.Second)), nil
		}
		if err != nil || d <= 0 || d > maxTime {
			return fmt.Errorf("%.40q is no time: write seconds, or a unit such as 60s or 5m, above 0 and at most %s", text, maxTime)
		}
		*target = d
		return nil
	}
}

// rateInto reads arrivals per second.
func rateInto(target *float64) func(string) error {
	return func(text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v >= 0 && v <= maxRate) {
			return fmt.Errorf("%.40q is no rate: write arrivals per second, from 0 to %.0f", text, maxRate)
		}
		*target = v
		return nil
	}
}

func weightInto(target *float64) func(string) error {
	return func(text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !(v > 0 && v <= maxRate) {
			return fmt.Errorf("%.40q is no weight: write a number above 0", text)
		}
		*target = v
		return nil
	}
}

func seedInto(target *uint64) func(string) error {
	return func(text string) (err error) {
		if *target, err = strconv.ParseUint(text, 10, 64); err != nil {
			return fmt.Errorf("%.40q is no seed: write a whole number ≥ 0", text)
		}
		return nil
	}
}

func boolInto(target *bool) func(string) error {
	return func(text string) (err error) {
		switch text {
		case "true", "false":
			*target = text == "true"
			return nil
		}
		return fmt.Errorf("%.40q is neither true nor false", text)
	}
}

func templateInto(target *template) func(string) error {
	return func(text string) (err error) {
		*target, err = parseTemplate(text)
		return err
	}
}

func pathInto(target *jsonPath) func(string) error {
	return func(text string) (err error) {
		*target, err = parseJSONPath(text)
		return err
	}
}
