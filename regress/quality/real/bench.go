package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/parse"
)

// bench runs the test programs, one for each share of slow-down.
type bench struct {
	folder   string
	temp     bool
	programs map[int]string
	now      time.Time // of the next run: they only have to differ
}

const work = "github.com/org/regress-gate/regress/quality/real/work"

// newBench keeps programs and runs in the folder, or in one of its own for the
// time being where none is named.
func newBench(folder string) (*bench, error) {
	b := &bench{folder: folder, programs: map[int]string{}, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	var err error
	if b.temp = folder == ""; b.temp {
		b.folder, err = os.MkdirTemp("", "real")
	} else {
		err = os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return nil, err
	}
	b.folder, err = filepath.Abs(b.folder)
	return b, err
}

// program builds the test program with that slow-down, once.
func (b *bench) program(share int) (string, error) {
	if path, built := b.programs[share]; built {
		return path, nil
	}
	path := filepath.Join(b.folder, fmt.Sprintf("work.%d.test", share))
	cmd := exec.Command("go", "test", "-c", "-o", path, "-ldflags", "-X "+work+".extra="+strconv.Itoa(share), work)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the benchmarks: %w\n%s", err, out)
	}
	b.programs[share] = path
	return path, nil
}

func (b *bench) close() {
	if b.temp {
		os.RemoveAll(b.folder)
	}
}

// measured is one run.
type measured struct{ *regress.Run }

func (m *measured) baseline() *regress.Baseline { return regress.NewBaseline(m.Run) }

// measure returns a run of each slow-down, interleaved where there are two. What
// the folder holds already is not measured again, so that another judge can be
// held against the same runs.
func (b *bench) measure(name string, samples int, shares ...int) ([]*measured, error) {
	paths := make([]string, len(shares))
	missing := false
	for j := range shares {
		paths[j] = filepath.Join(b.folder, fmt.Sprintf("%s.%d.txt", name, j))
		if _, err := os.Stat(paths[j]); err != nil {
			missing = true
		}
	}
	if missing {
		if err := b.run(paths, samples, shares); err != nil {
			return nil, fmt.Errorf("measuring %s: %w", name, err)
		}
	}
	var list []*measured
	for _, path := range paths {
		text, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		run, err := parse.Read(text, path, "gobench")
		text.Close()
		if err != nil {
			return nil, err
		}
		run.Commit, run.Time = filepath.Base(path), b.now
		b.now = b.now.Add(time.Hour)
		if len(shares) == 2 {
			run.Design = regress.Interleaved
		}
		list = append(list, &measured{run})
	}
	return list, nil
}

// run measures one process a sample, two slow-downs in turns: A B B A.
func (b *bench) run(paths []string, samples int, shares []int) error {
	text := make([]bytes.Buffer, len(shares))
	for i := range samples {
		for j := range shares {
			if i%2 == 1 {
				j = len(shares) - 1 - j
			}
			program, err := b.program(shares[j])
			if err != nil {
				return err
			}
			cmd := exec.Command(program, "-test.run", "^$", "-test.bench", ".", "-test.benchtime", "20ms")
			cmd.Stdout, cmd.Stderr = &text[j], os.Stderr
			if err := cmd.Run(); err != nil {
				return err
			}
		}
	}
	for j, path := range paths {
		if err := os.WriteFile(path, text[j].Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// busy starts processes that each keep a core busy, until stop is called.
func busy(n int) (stop func()) {
	var burners []*exec.Cmd
	for range n {
		cmd := exec.Command("sh", "-c", "while :; do :; done")
		if cmd.Start() == nil {
			burners = append(burners, cmd)
		}
	}
	return func() {
		for _, cmd := range burners {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
}
