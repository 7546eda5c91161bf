package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// race keeps a program that was built with the race detector from sleeping for a
// second before it ends.
const race = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	os.Setenv("GORACE", race)
	testscript.Main(m, map[string]func(){"regress-gate": main})
}

// TestScripts runs testdata/script/*.txtar, a script a behaviour. Their command
// `gate STATUS ARGS…` runs the real program and asserts its exit status; stdout
// and stderr are asserted after it. $USERS is the service to load, and $ADDR where
// it can listen.
func TestScripts(t *testing.T) {
	users := filepath.Join(t.TempDir(), "users")
	out, err := exec.Command("go", "build", "-o", users, "../../regress/measure/load/testdata/users").CombinedOutput()
	require.NoError(t, err, "%s", out)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
			if cache := strings.Fields(string(out)); err == nil && len(cache) == 2 { // what was compiled once, for every script
				env.Setenv("GOCACHE", cache[0])
				env.Setenv("GOMODCACHE", cache[1])
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			env.Setenv("GORACE", race)
			env.Setenv("USERS", users)
			env.Setenv("ADDR", l.Addr().String())
			return l.Close()
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"gate": gateCommand},
	})
}

func gateCommand(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: gate STATUS ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	if err := ts.Exec("regress-gate", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("regress-gate did not run: %v", err)
		}
		status = exit.ExitCode()
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}
