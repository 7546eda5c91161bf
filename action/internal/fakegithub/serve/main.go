// Command serve is a GitHub with a memory on a port of this machine, for tests of
// containers and workflow runners. GET /_fake/state shows what it holds.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/org/regress-gate/action/internal/fakegithub"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "`address` to listen on; port 0 takes a free one")
	file := flag.String("world", "", "JSON `file` that describes what exists (fakegithub.World)")
	flag.Parse()
	if err := serve(*addr, *file); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func serve(addr, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	world, err := fakegithub.ReadWorld(f)
	_ = f.Close()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	return http.Serve(listener, fakegithub.New(world, nil))
}
