package fakegithub

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// Fault is an answer in place of the truth, for requests that it matches.
type Fault struct {
	Method string            `json:"method,omitempty"` // "" is any
	Path   string            `json:"path,omitempty"`   // part of the path, "" is any
	After  int               `json:"after,omitempty"`  // requests that it lets pass first
	Times  int               `json:"times,omitempty"`  // how often it strikes; 0 is always
	Status int               `json:"status,omitempty"`
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`
	Reset  bool              `json:"reset,omitempty"` // closes the connection without an answer
	Lands  bool              `json:"lands,omitempty"` // does what was asked first: only the answer is lost
	Delay  time.Duration     `json:"delay,omitempty"` // nanoseconds before anything else

	seen, struck int
}

// fail answers for the first fault that strikes, and tells whether one did.
func (s *Server) fail(w *recorder, r *http.Request) bool {
	for _, f := range s.world.Faults {
		if f.Method != "" && f.Method != r.Method || !strings.Contains(r.URL.Path, f.Path) {
			continue
		}
		if f.seen++; f.seen <= f.After || f.Times > 0 && f.struck >= f.Times {
			continue
		}
		f.struck++
		if f.Delay > 0 { // others are answered meanwhile
			s.mu.Unlock()
			time.Sleep(f.Delay)
			s.mu.Lock()
			if f.Status == 0 && !f.Reset {
				return false
			}
		}
		if f.Lands {
			s.mux.ServeHTTP(&void{header: http.Header{}}, r)
		}
		if f.Reset {
			w.status = 0
			reset(w.ResponseWriter)
			return true
		}
		for name, value := range f.Header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, f.Body)
		return true
	}
	return false
}

// reset ends the connection as a crashed server does.
func reset(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(interface{ SetLinger(sec int) error }); ok {
		_ = tcp.SetLinger(0) // an RST, not a FIN
	}
	_ = conn.Close()
}

// void is where an answer goes that is lost.
type void struct{ header http.Header }

func (v *void) Header() http.Header         { return v.header }
func (v *void) Write(p []byte) (int, error) { return len(p), nil }
func (v *void) WriteHeader(int)             {}
