// Package load measures a service over HTTP: it sends requests on a schedule, in
// phases, and turns what came back into a regress.Run.
//
//	config.yml ─LoadConfig→ Config ─┐ Only, Scale
//	                                ▼
//	Measure: start the service, wait until it is ready
//	  │  for each phase:  schedule ──moment──→ arrival ──→ flow ──→ request ──→ answer
//	  │                   (open: nothing waits for an answer)   │
//	  │                                        tally ←─latency──┘ from the moment that was meant
//	  └─ stop the service ─→ tallies ─→ regress.Run
//
// # Open model
//
// An arrival is a user who walks through one scenario's flow. Users arrive when the
// schedule says, however slow the answers are, as they would in production. The
// latency of a flow's first request counts from the moment at which it was meant
// to be sent, that of each later one from the end of the one before. So a service
// that stalls is charged with every request that had to wait, not with one.
// Arrivals for which there is no room (Options.MaxInFlight) are counted as
// errors.overload.
//
// # Configuration
//
// The file is Artillery's, or the part of it that is listed here; everything else
// is an error with its line, so that no setting is silently without effect.
//
//	config:
//	  target: http://localhost:8080
//	  timeout: 10s            # of one request (ours)
//	  seed: 7                 # of everything random (ours; 0 if absent)
//	  start: ./service        # command line of the service under test (ours)
//	  ready: /health          # polled until it answers 2xx (ours)
//	  ready_timeout: 30s      # (ours)
//	  stop: ./service down    # default: SIGTERM, later SIGKILL (ours)
//	  phases:
//	    - {name: Warm up, duration: 60, arrivalRate: 10, warmup: true}
//	    - {name: Peak, duration: 2m, arrivalRate: 10, rampTo: 100}
//	scenarios:
//	  - name: CRUD
//	    weight: 40
//	    flow:                 # get, post, put, patch, delete; think
//	      - post:
//	          url: /users
//	          headers: {Accept: application/json}
//	          json: {name: "User {{ $randomString() }}"}  # or body: a text
//	          capture: [{json: $.id, as: id}]
//	      - think: 1
//	      - get: {url: "/users/{{ id }}", qs: {page: "{{ $randomInt(1, 10) }}"}}
//
// A phase whose name begins with "warm" is a warm-up unless it says otherwise: it
// is sent and not counted. Numbers without a unit are seconds. A phase ends when
// its last flow has, and the next one begins then.
//
// What an expression gives is data: in a URL it is escaped, in JSON it is a string.
// A value that was not captured makes capture errors of the requests that need it,
// which are not sent. A user who gets no answer at all goes away. The default seed
// is a constant, so that base and head are sent the same; a service that keeps its
// data from run to run may want another --seed each time.
//
// # Results
//
// The service that was started is a benchmark too, "service": its CPU time, its
// memory, what it read and wrote, sampled over all phases of a repetition.
//
// A benchmark is a request of a phase, "Peak/GET /users/{{ id }}", or the phase as
// a whole, "Peak". Latencies are those of answers, whatever their status, and of
// requests that timed out, which waited that long at least; what failed at once
// would flatter them. Throughput is answers per second of the phase, the wait for
// the last of them included. Errors are counted by kind for the phase, always all
// kinds, so that the first error of one is a change and not a new metric; a single
// request has its error_rate. One repetition is one sample, since requests are not
// independent of each other.
//
// # Where the requests go
//
// Nowhere but to this machine, unless Options.AllowRemote names the host. This is
// checked of every URL before anything starts, and again of the address that is
// dialled. Redirects are not followed, no proxy is used.
package load
