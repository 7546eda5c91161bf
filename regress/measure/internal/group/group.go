// Package group keeps a process and all that it starts together, so that all of it
// can be ended. Elsewhere than on Unix only the process itself is.
package group
