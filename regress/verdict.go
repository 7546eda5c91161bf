package regress

import "fmt"

// Verdict is what is found of one metric.
type Verdict uint8

// The verdicts. The zero value is the verdict of a metric that is shown and not
// judged (direction info); it never opens a gate, since it is not counted as
// compared.
const (
	Unjudged     Verdict = iota
	Unchanged            // shown to be inside the threshold
	Improved             // better than the threshold, and statistically sound
	Regressed            // worse than the threshold, and statistically sound
	Inconclusive         // the data cannot tell; Reason says why and what to do
	Missing              // in the baseline, not in the run
	New                  // in the run, not in the baseline
	Incomparable         // another unit, another environment, or not a number
)

// The words are those of the report JSON.
var verdictWords = [...]string{
	Unjudged: "unjudged", Unchanged: "unchanged", Improved: "improvement", Regressed: "regression",
	Inconclusive: "inconclusive", Missing: "missing", New: "new", Incomparable: "incomparable",
}

// String returns the word of the report JSON.
func (v Verdict) String() string { return word(verdictWords[:], v) }

// MarshalText refuses values outside the enumeration.
func (v Verdict) MarshalText() ([]byte, error) { return marshalWord("verdict", verdictWords[:], v) }

// UnmarshalText accepts the words of String and nothing else.
func (v *Verdict) UnmarshalText(text []byte) error {
	return unmarshalWord("verdict", verdictWords[:], text, v)
}

// Compared tells whether two values were really set against each other.
func (v Verdict) Compared() bool {
	return v == Unchanged || v == Improved || v == Regressed || v == Inconclusive
}

// Severity says what a regression or an alert does to the gate.
type Severity uint8

// The severities. The zero value closes the gate.
const (
	Error Severity = iota // closes the gate; written error or critical
	Warn                  // is shown; written warning or warn
)

var severityWords = [...]string{Error: "error", Warn: "warning"}

// String returns "error" or "warning".
func (s Severity) String() string { return word(severityWords[:], s) }

// MarshalText refuses values outside the enumeration.
func (s Severity) MarshalText() ([]byte, error) { return marshalWord("severity", severityWords[:], s) }

// UnmarshalText accepts error, critical, warning and warn, in lower case or
// with a capital as the specification writes them.
func (s *Severity) UnmarshalText(text []byte) error {
	switch string(text) {
	case "critical", "Critical", "Error":
		*s = Error
	case "warn", "Warning", "Warn":
		*s = Warn
	default:
		return unmarshalWord("severity", severityWords[:], text, s)
	}
	return nil
}

// Gate is the decision over the whole report.
type Gate uint8

// The decisions. The zero value is not one of them, and is refused.
const (
	_        Gate = iota
	Open          // nothing got worse, and something was compared
	Shut          // a regression or a critical alert
	Unproven      // nothing compared, or what the policy says must not stay open
)

var gateWords = [...]string{Open: "open", Shut: "shut", Unproven: "unproven"}

// String returns the word of the report JSON.
func (g Gate) String() string { return word(gateWords[:], g) }

// MarshalText refuses values outside the enumeration.
func (g Gate) MarshalText() ([]byte, error) { return marshalWord("gate", gateWords[:], g) }

// UnmarshalText accepts the words of String and nothing else.
func (g *Gate) UnmarshalText(text []byte) error { return unmarshalWord("gate", gateWords[:], text, g) }

// The enumerations share these three, so that each is one table of words.

func word[E ~uint8](words []string, e E) string {
	if int(e) < len(words) && words[e] != "" {
		return words[e]
	}
	return fmt.Sprintf("invalid(%d)", e)
}

func marshalWord[E ~uint8](kind string, words []string, e E) ([]byte, error) {
	if int(e) >= len(words) || words[e] == "" {
		return nil, fmt.Errorf("no such %s: %d", kind, e)
	}
	return []byte(words[e]), nil
}

func unmarshalWord[E ~uint8](kind string, words []string, text []byte, e *E) error {
	for i, w := range words {
		if w != "" && w == string(text) {
			*e = E(i)
			return nil
		}
	}
	return fmt.Errorf("unknown %s %q (one of %s)", kind, text, listWords(words))
}

func listWords(words []string) string {
	list := ""
	for _, w := range words {
		if w == "" {
			continue
		}
		if list != "" {
			list += ", "
		}
		list += w
	}
	return list
}
