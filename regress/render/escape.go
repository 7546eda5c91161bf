package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxName   = 120 // runes of a name that are shown
	maxReason = 500 // runes of a sentence that are shown
)

// visible returns s as one line in which nothing hides: control and format
// characters (ANSI escapes, bidi overrides, zero-width characters, line
// separators), invisible letters and broken UTF-8 are written as \n, \u{202e}
// or \x{ff}.
func visible(s string) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x{%02x}`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case hidden(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden tells whether r must be spelt out. RuneError is among them, since it
// also stands for a byte that is no UTF-8.
func hidden(r rune) bool {
	if r < 0x80 {
		return r < ' ' || r == 0x7f
	}
	return r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.Is(invisible, r)
}

// invisible are the characters that Unicode calls letters, marks or symbols and
// that show nothing: fillers, joiners, variation selectors.
var invisible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, {0x115f, 0x1160, 1}, {0x17b4, 0x17b5, 1}, {0x180b, 0x180f, 1},
		{0x2800, 0x2800, 1}, {0x3164, 0x3164, 1}, {0xfe00, 0xfe0f, 1}, {0xffa0, 0xffa0, 1},
	},
	R32: []unicode.Range32{{0xe0100, 0xe01ef, 1}},
}

// shorten cuts the middle out of a text of more than limit runes, so that both
// its ends still tell it from its neighbours.
func shorten(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	head, tail := 0, len(s)
	for range limit / 2 {
		_, n := utf8.DecodeRuneInString(s[head:])
		head += n
	}
	for range limit - limit/2 - 1 {
		_, n := utf8.DecodeLastRuneInString(s[:tail])
		tail -= n
	}
	return s[:head] + "…" + s[tail:]
}

// name and sentence are what every format shows of a text that is not ours,
// before the format's own escapes.
func name(s string) string     { return shorten(visible(s), maxName) }
func sentence(s string) string { return shorten(visible(s), maxReason) }

// unarmed breaks what the GitHub runner executes in a line of a log: "##[cmd]"
// anywhere, and "::cmd::" behind white space at its start.
func unarmed(line string) string {
	line = strings.ReplaceAll(line, "##[", `##\[`)
	if text := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(text, "::") {
		line = line[:len(line)-len(text)] + `\` + text
	}
	return line
}

// Names in Markdown are code spans. In a code span no Markdown is read, and
// GitHub's own filters (mentions, issue and commit references, emoji, links,
// math) leave <code> alone. <code> written as HTML would be worse: Markdown is
// still read inside of it. What remains is the end of the span, hence a fence
// longer than any run of backticks inside, and the end of a table cell.
func code(s string) string { return span(name(s)) }

// codeCell is code for a cell of a table, which ends at every | that has no \
// before it, in code spans too. Renderers disagree about \\|, so a | behind a \
// is spelt out.
func codeCell(s string) string {
	s = strings.ReplaceAll(name(s), `\|`, `\\u{7c}`)
	return span(strings.ReplaceAll(s, "|", `\|`))
}

func span(s string) string {
	if s == "" {
		return none
	}
	s = strings.ReplaceAll(s, "##[", `##\[`)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " " // one blank at each end belongs to the span
	}
	return fence + s + fence
}

// prose escapes a sentence that may hold names, for Markdown and its tables.
// What Markdown reads becomes an entity. GitHub's filters work on the text
// behind the entities, so a zero-width space breaks what they look for:
// @mention, #123, GH-123, :emoji:, scheme://, www., commits. For a lone $ its
// documentation names the span.
func prose(s string) string {
	s = sentence(s)
	var b strings.Builder
	hex := 0 // length of the run of hexadecimal digits before s[i]
	for i := 0; i < len(s); i++ {
		c, next := s[i], byte(' ')
		if i+1 < len(s) {
			next = s[i+1]
		}
		if isHex(c) {
			if hex++; hex == 7 { // seven make a commit
				b.WriteString(breaker)
				hex = 1
			}
		} else {
			hex = 0
		}
		switch {
		case strings.IndexByte("\\`*_~[]<>&|", c) >= 0:
			fmt.Fprintf(&b, "&#%d;", c)
		case c == '$':
			b.WriteString("<span>$</span>")
		case c == '@', c == '#', c == ':' && next != ' ', c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"):
			fmt.Fprintf(&b, "&#%d;%s", c, breaker)
		case c == '-' && i >= 2 && strings.EqualFold(s[i-2:i], "gh"):
			b.WriteString("-" + breaker)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

const breaker = "&#8203;" // zero-width space

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// data and property escape the message of a workflow command and the value of
// one of its properties. The text is made of names that were made visible.
func data(s string) string     { return dataEscapes.Replace(unarmed(s)) }
func property(s string) string { return propertyEscapes.Replace(unarmed(s)) }
