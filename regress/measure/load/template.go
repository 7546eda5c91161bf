package load

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress/internal/lazy"
)

// template is a text with {{ expressions }} in it. The zero template is the empty
// text.
type template []piece

// piece is a literal, or an expression where value is set.
type piece struct {
	literal string
	value   func(*user) (string, error)
}

// user is what one arrival remembers. It belongs to one goroutine, its random
// numbers too, so that what is sent does not depend on who runs first.
type user struct {
	random   *rand.Rand
	captured map[string]string
}

var (
	variable = lazy.Regexp(`^[A-Za-z_][A-Za-z0-9_.-]*$`)
	call     = lazy.Regexp(`^\$([A-Za-z]+)\(\s*([^()]*?)\s*\)$`)
)

func parseTemplate(text string) (t template, err error) {
	for text != "" {
		literal, rest, opens := strings.Cut(text, "{{")
		if literal != "" {
			t = append(t, piece{literal: literal})
		}
		if !opens {
			break
		}
		expression, after, closes := strings.Cut(rest, "}}")
		if !closes {
			return nil, fmt.Errorf("%.40q is not closed: write {{ name }}", "{{"+rest)
		}
		p := piece{}
		if p.value, err = parseExpression(strings.TrimSpace(expression)); err != nil {
			return nil, err
		}
		t = append(t, p)
		text = after
	}
	return t, nil
}

func parseExpression(text string) (func(*user) (string, error), error) {
	if variable().MatchString(text) {
		return func(u *user) (string, error) {
			value, ok := u.captured[text]
			if !ok {
				return "", fmt.Errorf("nothing was captured as %s", text)
			}
			return value, nil
		}, nil
	}
	parts := call().FindStringSubmatch(text)
	switch {
	case parts == nil:
	case parts[1] == "randomString" && parts[2] == "":
		return randomString, nil
	case parts[1] == "randomInt" || parts[1] == "randomNumber":
		return randomInt(parts[2])
	}
	return nil, fmt.Errorf("%.40q is no variable, $randomString() or $randomInt(from, to)", text)
}

func variableInto(target *string) func(string) error {
	return func(text string) error {
		*target = text
		if !variable().MatchString(text) {
			return fmt.Errorf("%.40q is no name of a variable: write letters, digits and _", text)
		}
		return nil
	}
}

// randomString returns 12 digits and small letters: 62 bits, too many to meet
// twice.
func randomString(u *user) (string, error) {
	const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
	var b [12]byte
	for i := range b {
		b[i] = alphabet[u.random.IntN(len(alphabet))]
	}
	return string(b[:]), nil
}

// randomInt returns whole numbers from the first to the second, both included.
func randomInt(arguments string) (func(*user) (string, error), error) {
	first, second, two := strings.Cut(arguments, ",")
	from, err1 := strconv.ParseInt(strings.TrimSpace(first), 10, 32)
	to, err2 := strconv.ParseInt(strings.TrimSpace(second), 10, 32)
	if !two || err1 != nil || err2 != nil || from > to {
		return nil, fmt.Errorf("$randomInt(%.40s): write two whole numbers, the smaller one first", arguments)
	}
	return func(u *user) (string, error) {
		return strconv.FormatInt(from+u.random.Int64N(to-from+1), 10), nil
	}, nil
}

// expand returns the text for one user. What an expression gives goes through
// escape: it comes from an answer, and is data wherever it is put.
func (t template) expand(u *user, escape func(string) string) (string, error) {
	var b strings.Builder
	for _, p := range t {
		if p.value == nil {
			b.WriteString(p.literal)
			continue
		}
		value, err := p.value(u)
		if err != nil {
			return "", err
		}
		b.WriteString(escape(value))
	}
	return b.String(), nil
}

// asIs is the escape of a text that is no language.
func asIs(s string) string { return s }
