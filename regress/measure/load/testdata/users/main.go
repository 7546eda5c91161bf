// Command users is the small service that the tests load: users to create, read,
// change, delete and list, with a delay and failures to order.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

var (
	addr  = flag.String("addr", "127.0.0.1:8080", "where to listen")
	delay = flag.Duration("delay", 0, "how long each answer of /users takes")
	fail  = flag.Int64("fail", 0, "each how manieth answer of /users is a 500; 0 is none")
)

func main() {
	flag.Parse()
	s := &service{users: map[int]string{}, seen: map[string]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /stats", s.stats)
	mux.HandleFunc("POST /users", s.slowly(s.create))
	mux.HandleFunc("GET /users", s.slowly(s.list))
	mux.HandleFunc("GET /users/{id}", s.slowly(s.one))
	mux.HandleFunc("PUT /users/{id}", s.slowly(s.one))
	mux.HandleFunc("DELETE /users/{id}", s.slowly(s.one))
	log.Fatal(http.ListenAndServe(*addr, mux))
}

type service struct {
	requests atomic.Int64
	mu       sync.Mutex
	last     int
	users    map[int]string
	seen     map[string]int // requests that were right, by method; "wrong" for others
}

func (s *service) slowly(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(*delay)
		if *fail > 0 && s.requests.Add(1)%*fail == 0 {
			http.Error(w, "injected", http.StatusInternalServerError)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		h(w, r)
	}
}

func (s *service) create(w http.ResponseWriter, r *http.Request) {
	var user struct{ Name, Email string }
	if err := json.NewDecoder(r.Body).Decode(&user); err != nil || user.Name == "" || user.Email == "" {
		s.wrong(w, http.StatusBadRequest)
		return
	}
	s.last++
	s.users[s.last] = user.Name
	s.seen[r.Method]++
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"id": %d}`, s.last)
}

func (s *service) one(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	name, known := s.users[id]
	if err != nil || !known {
		s.wrong(w, http.StatusNotFound)
		return
	}
	s.seen[r.Method]++
	switch r.Method {
	case http.MethodPut:
		s.users[id] = "changed"
	case http.MethodDelete:
		delete(s.users, id)
	}
	fmt.Fprintf(w, `{"id": %d, "name": %q}`, id, name)
}

func (s *service) list(w http.ResponseWriter, r *http.Request) {
	page, err1 := strconv.Atoi(r.FormValue("page"))
	limit, err2 := strconv.Atoi(r.FormValue("limit"))
	if err1 != nil || err2 != nil || page < 1 || page > 10 || limit < 10 || limit > 100 {
		s.wrong(w, http.StatusBadRequest)
		return
	}
	s.seen["list"]++
	fmt.Fprint(w, "[]")
}

func (s *service) stats(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = json.NewEncoder(w).Encode(s.seen)
}

func (s *service) wrong(w http.ResponseWriter, status int) {
	s.seen["wrong"]++
	w.WriteHeader(status)
}
