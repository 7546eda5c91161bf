// Package host describes the machine that this process runs on.
package host

import (
	"os"
	"runtime"
	"strings"

	"github.com/org/regress-gate/regress"
)

// Env describes this process's machine. The processor's name is known on Linux
// only, the runner's image on a hosted GitHub runner only, which names it in its
// environment.
func Env() regress.Env {
	return regress.Env{
		GOOS: runtime.GOOS, GOARCH: runtime.GOARCH, CPU: cpu(), Cores: runtime.NumCPU(), Go: runtime.Version(),
		Runner: strings.Trim(os.Getenv("ImageOS")+"-"+os.Getenv("ImageVersion"), "-"),
	}
}

// cpu returns the model name as go test prints it.
func cpu() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
