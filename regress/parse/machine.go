package parse

import "strings"

// goarch is Go's name of a processor architecture, which other tools give other
// names; one that is not known is kept, in lower case.
func goarch(name string) string {
	switch name = strings.ToLower(name); name {
	case "x86_64", "x64":
		return "amd64"
	case "aarch64", "armv8":
		return "arm64"
	case "x86", "i386", "i686":
		return "386"
	}
	return name
}
