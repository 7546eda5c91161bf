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

// bench holds one test program for each share of slow-down.
type bench struct {
	folder   string
	temp     bool
	programs map[int]string
	now      time.Time // of the next run: they only have to differ
}

const work = "github.com/org/regress-gate/regress/quality/real/work"

// build makes the test programs, in a folder of its own where none is named.
func build(folder string, shares ...int) (*bench, error) {
	b := &bench{folder: folder, programs: map[int]string{}, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	var err error
	if b.temp = folder == ""; b.temp {
		if b.folder, err = os.MkdirTemp("", "real"); err != nil {
			return nil, err
		}
	} else if err = os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	if b.folder, err = filepath.Abs(b.folder); err != nil {
		return nil, err
	}
	for _, share := range shares {
		b.programs[share] = filepath.Join(b.folder, fmt.Sprintf("work.%d.test", share))
		cmd := exec.Command("go", "test", "-c", "-o", b.programs[share], "-ldflags", "-X "+work+".extra="+strconv.Itoa(share), work)
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building the benchmarks: %w\n%s", err, out)
		}
	}
	return b, nil
}

func (b *bench) close() {
	if b.temp {
		os.RemoveAll(b.folder)
	}
}

// measured is one run, and how many samples a side it has.
type measured struct{ *regress.Run }

func (m *measured) baseline() *regress.Baseline { return regress.NewBaseline(m.Run) }

// measure runs the programs of one or two slow-downs, one process a sample, two of
// them in turns: A B B A.
func (b *bench) measure(name string, samples int, shares ...int) ([]*measured, error) {
	text := make([]bytes.Buffer, len(shares))
	for i := range samples {
		for j := range shares {
			if i%2 == 1 {
				j = len(shares) - 1 - j
			}
			cmd := exec.Command(b.programs[shares[j]], "-test.run", "^$", "-test.bench", ".", "-test.benchtime", "20ms")
			cmd.Stdout, cmd.Stderr = &text[j], os.Stderr
			if err := cmd.Run(); err != nil {
				return nil, fmt.Errorf("measuring %s: %w", name, err)
			}
		}
	}
	var list []*measured
	for j := range shares {
		file := fmt.Sprintf("%s.%d.txt", name, j)
		if !b.temp {
			if err := os.WriteFile(filepath.Join(b.folder, file), text[j].Bytes(), 0o644); err != nil {
				return nil, err
			}
		}
		run, err := parse.Read(&text[j], file, "gobench")
		if err != nil {
			return nil, err
		}
		run.Commit, run.Time = file, b.now
		b.now = b.now.Add(time.Hour)
		if len(shares) == 2 {
			run.Design = regress.Interleaved
		}
		list = append(list, &measured{run})
	}
	return list, nil
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
