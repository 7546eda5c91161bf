package parse

import "io"

// A textRun reads one of the runs in a log, from its first line on. Close is told
// that no line follows, and hands the run over or says what is missing.
type textRun interface {
	row(l *lines) error
	close() error
}

// eachRun cuts a log into runs: begins tells the first line of each, run makes a
// reader of it. Lines before the first run are passed over.
func eachRun(r io.Reader, file string, begins func(line []byte) bool, run func(line int) textRun) error {
	var current textRun
	begun := 0
	end := func() error {
		if current == nil {
			return nil
		}
		if err := current.close(); err != nil {
			return lineError(file, begun, "%w", err)
		}
		return nil
	}
	err := eachLine(r, file, func(l *lines) error {
		if begins(l.text) {
			if err := end(); err != nil {
				return err
			}
			current, begun = run(l.number), l.number
		}
		if current == nil {
			return nil
		}
		if err := current.row(l); err != nil {
			return lineError(file, l.number, "%w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return end()
}
