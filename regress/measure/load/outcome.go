package load

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// kind is what went wrong with a request, as it is named in errors.KIND. The zero
// kind is nothing.
type kind string

const (
	status4xx  kind = "status_4xx"
	status5xx  kind = "status_5xx"
	timedOut   kind = "timeout"
	refused    kind = "refused"    // nobody listens
	connection kind = "connection" // any other failure between here and the service
	uncaptured kind = "capture"    // a value is not in the answer, or was not in an earlier one
	overload   kind = "overload"   // too much in flight to send it
)

// kinds are all kinds of errors, in the order of their names.
var kinds = [...]kind{uncaptured, connection, overload, refused, status4xx, status5xx, timedOut}

// outcome is what became of one request.
type outcome struct {
	kind     kind
	answered bool // an answer came whole, whatever it says
}

// timed tells whether the time that the request took says something of the
// service: that of an answer, and of one that had to be given up.
func (o outcome) timed() bool { return o.answered || o.kind == timedOut }

// ofStatus is the kind of error that the status of an answer means.
func ofStatus(code int) kind {
	switch {
	case code >= 500:
		return status5xx
	case code >= 400:
		return status4xx
	}
	return ""
}

// ofError is the kind of an error of the HTTP client.
func ofError(err error) kind {
	var network net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return timedOut
	case errors.Is(err, syscall.ECONNREFUSED):
		return refused
	}
	return connection
}
