// Package lazy puts work off to its first use: a start of the command should not
// pay for the formats that it does not read.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp returns a function that compiles the expression once, when it is first
// called. It panics then if the expression is wrong.
func Regexp(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
