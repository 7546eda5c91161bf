package parse

import (
	"fmt"
	"strings"
)

// result reads a line of a run. What it does not know is none of the results.
func (r *wrkRun) result(line string) error {
	f := strings.Fields(line)
	switch {
	case strings.HasPrefix(line, "Latency Distribution"):
		// wrk2 --u_latency has a second one, of what its users must not look at.
		r.section = "latency"
		if strings.Contains(line, "Uncorrected") {
			r.section = ""
		}
	case strings.HasPrefix(line, "Detailed Percentile spectrum"):
		if r.section == "latency" {
			r.section = "spectrum"
		}
	case len(f) == 5 && f[0] == "Latency":
		return r.row([]string{"latency.mean", "latency.stdev", "latency.max"}, "s", f[1:4], wrkTimes)
	case len(f) == 2 && r.section == "latency" && strings.HasSuffix(f[0], "%"):
		return r.percentile(f[0], f[1])
	case len(f) == 4 && r.section == "spectrum" && f[1] == "0.950000":
		return r.scaled("latency.p95", "s", f[0]+"ms", wrkTimes) // wrk2's table lacks it
	case len(f) == 6 && f[1] == "requests" && f[2] == "in" && f[5] == "read":
		r.section = ""
		if err := r.count("requests", f[0]); err != nil {
			return err
		}
		if err := r.scaled("duration", "s", strings.TrimSuffix(f[3], ","), wrkTimes); err != nil {
			return err
		}
		return r.scaled("bytes_read", "B", f[4], wrkBytes)
	case strings.HasPrefix(line, "Socket errors:"):
		return r.socketErrors(f[2:])
	case strings.HasPrefix(line, "Non-2xx or 3xx responses:"):
		return r.count("errors.status", f[len(f)-1])
	case len(f) == 2 && f[0] == "Requests/sec:":
		return r.scaled("throughput", "req/s", f[1], plain)
	case len(f) == 2 && f[0] == "Transfer/sec:":
		return r.scaled("transfer_rate", "B/s", f[1], wrkBytes)
	}
	return nil
}

// percentile takes a row of the distribution: "50%" of wrk, "50.000%" of wrk2.
// The 100th is the maximum.
func (r *wrkRun) percentile(share, value string) error {
	p := strings.TrimSuffix(share, "%")
	if strings.Contains(p, ".") {
		p = strings.TrimRight(strings.TrimRight(p, "0"), ".")
	}
	if p == "100" {
		return nil
	}
	return r.scaled("latency.p"+p, "s", value, wrkTimes)
}

// socketErrors reads "connect 0, read 3570, write 0, timeout 0".
func (r *wrkRun) socketErrors(f []string) error {
	if len(f)%2 != 0 {
		return fmt.Errorf("not the number of socket errors of each kind: %.80q", f)
	}
	for ; len(f) > 0; f = f[2:] {
		if err := r.count("errors."+f[0], strings.TrimSuffix(f[1], ",")); err != nil {
			return err
		}
	}
	return nil
}

// close takes the finished run over into the report.
func (p *wrkParser) close() error {
	r := p.current
	p.current = nil
	switch {
	case !r.has("requests") || !r.has("throughput") || !r.has("latency.max"):
		return lineError(p.file, r.line, "results are missing in this run of wrk: the file is damaged")
	case r.value("requests") == 0:
		return lineError(p.file, r.line, "not one request was answered: wrk measured nothing")
	case r.value("latency.max") == 0:
		return lineError(p.file, r.line, "wrk recorded no latency: all requests timed out")
	}
	for _, kind := range []string{"status", "connect", "read", "write", "timeout"} {
		r.atLeast("errors."+kind, "count", 0) // the lines are absent where all is 0
	}
	r.errorRate(r.value("errors.status"), r.value("requests"), p.report)
	r.into(p.report)
	return nil
}

// end complains about a run that has no end.
func (p *wrkParser) end() error {
	if p.current == nil {
		return nil
	}
	return lineError(p.file, p.current.line, "this run of wrk has no line Transfer/sec: wrk was stopped, or the file is cut off")
}
