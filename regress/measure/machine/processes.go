package machine

// identity tells a process from all others, also from a later one with its pid.
type identity struct {
	pid   int
	start uint64 // when it started, on a clock of the system's
}

// process is one of the running ones.
type process struct {
	identity
	parent int
	name   string
	cpu    float64 // s; on Linux with its children that ended and were waited for
	rss    float64 // B
}
