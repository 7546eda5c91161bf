package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// licences are those that a linked module may have, each by words that only its
// text holds. All let anyone use the binary for anything.
var licences = map[string]string{
	"MIT":        "Permission is hereby granted, free of charge, to any person obtaining a copy",
	"BSD":        "Redistribution and use in source and binary forms, with or without modification",
	"Apache-2.0": "Apache License Version 2.0, January 2004",
	"ISC":        "Permission to use, copy, modify, and/or distribute this software for any purpose",
}

// TestLicences reads the licence of every module that the binary is linked from.
func TestLicences(t *testing.T) {
	list, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Dir}}{{end}}", ".").Output()
	require.NoError(t, err)
	lines := strings.Fields(strings.TrimSpace(string(list)))
	modules := map[string]string{}
	for i := 0; i+1 < len(lines); i += 2 {
		modules[lines[i]] = lines[i+1]
	}
	require.Greater(t, len(modules), 10)
	for module, folder := range modules {
		require.NotEmpty(t, licencesIn(t, folder), "%s: no licence that is on the list", module)
	}
}

func licencesIn(t *testing.T, folder string) (found []string) {
	files, err := filepath.Glob(filepath.Join(folder, "[LlCc][IiOo][CcPp]*")) // LICENSE, license.txt, COPYING
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		plain := strings.Join(strings.Fields(string(text)), " ")
		for name, words := range licences {
			if strings.Contains(plain, words) {
				found = append(found, name)
			}
		}
	}
	return found
}

// TestDependenciesHaveAReason holds the README to the direct requirements of
// go.mod, so that none comes in without a sentence that says why.
func TestDependenciesHaveAReason(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var required, explained []string
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "\t") && !strings.Contains(line, "// indirect") {
			required = append(required, fields[0])
		}
	}
	_, section, found := strings.Cut(string(text), "\n## What it stands on\n")
	require.True(t, found)
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(section, -1) {
		explained = append(explained, m[1])
	}
	slices.Sort(required)
	slices.Sort(explained)
	require.Equal(t, required, explained)
}
