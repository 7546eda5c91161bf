package parse

import (
	"fmt"
	"strings"
)

// distinct tells benchmarks of one name apart: where several have it, each gets
// what else is known of it behind its name. Those that share that too cannot be
// told apart from run to run, which is an error.
func distinct[T any](list []T, parts func(*T) (name *string, more string)) error {
	times, full := map[string]int{}, map[string]bool{}
	for i := range list {
		name, _ := parts(&list[i])
		times[*name]++
	}
	for i := range list {
		name, more := parts(&list[i])
		if times[*name] > 1 {
			*name += more
		}
		if full[*name] {
			return fmt.Errorf("two benchmarks are called %.200q: give each a name of its own", *name)
		}
		full[*name] = true
	}
	return nil
}

// parameters writes name=value pairs as they stand behind a benchmark's name.
func parameters(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}
