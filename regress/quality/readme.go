package main

import (
	"fmt"
	"os"
	"strings"
)

// The lines between which a file holds what is measured here.
const (
	beginMark = "<!-- measured: quality -->\n"
	endMark   = "<!-- end -->\n"
)

// checkMarkers reports whether the file has a place for what is measured.
func checkMarkers(path string) error {
	_, _, err := around(path)
	return err
}

// replaceMeasured writes text between the markers of the file.
func replaceMeasured(path, text string) error {
	before, after, err := around(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(before+text+after), 0o644); err != nil {
		return fmt.Errorf("writing the measured part of %s: %w", path, err)
	}
	return nil
}

// around returns what stands before and after the measured part, the markers included.
func around(path string) (before, after string, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", "", fmt.Errorf("reading the file to update: %w", err)
	}
	before, rest, begins := strings.Cut(string(data), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return "", "", fmt.Errorf("%s has no measured part: it goes between the lines %q and %q",
			path, strings.TrimSpace(beginMark), strings.TrimSpace(endMark))
	}
	return before + beginMark, endMark + after, nil
}
