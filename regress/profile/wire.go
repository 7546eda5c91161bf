package profile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The wire types of protocol buffers (https://protobuf.dev/programming-guides/encoding).
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

var errCut = errors.New("the file is cut off or is no pprof profile (download or write it again)")

// field is one field of a message: number holds a varint, bytes what has a length.
type field struct {
	id     uint64
	wire   uint64
	number uint64
	bytes  []byte
}

// next takes the first field off a message.
func next(message []byte) (f field, rest []byte, err error) {
	tag, rest, err := varint(message)
	if err != nil {
		return f, nil, err
	}
	f.id, f.wire = tag>>3, tag&7
	switch f.wire {
	case wireVarint:
		f.number, rest, err = varint(rest)
		return f, rest, err
	case wireBytes:
		var n uint64
		if n, rest, err = varint(rest); err != nil || n > uint64(len(rest)) {
			return f, nil, errCut
		}
		f.bytes = rest[:n]
		return f, rest[n:], nil
	case wireFixed64:
		return f, rest[min(8, len(rest)):], short(rest, 8)
	case wireFixed32:
		return f, rest[min(4, len(rest)):], short(rest, 4)
	}
	return f, nil, errCut
}

func short(rest []byte, need int) error {
	if len(rest) < need {
		return errCut
	}
	return nil
}

func varint(b []byte) (v uint64, rest []byte, err error) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, errCut
	}
	return v, b[n:], nil
}

// numbers reads a repeated varint field, packed or not, into list.
func (f field) numbers(list []uint64) ([]uint64, error) {
	if f.wire == wireVarint {
		return append(list, f.number), nil
	}
	if f.wire != wireBytes {
		return nil, errCut
	}
	for b := f.bytes; len(b) > 0; {
		v, rest, err := varint(b)
		if err != nil {
			return nil, err
		}
		list, b = append(list, v), rest
	}
	return list, nil
}

// fields calls f for each field of a message, until one has an error.
func fields(message []byte, f func(field) error) error {
	for len(message) > 0 {
		one, rest, err := next(message)
		if err == nil {
			err = f(one)
		}
		if err != nil {
			return err
		}
		message = rest
	}
	return nil
}

// varints calls f for the fields of a message that are varints, by their number,
// and passes over the others.
func varints(message []byte, f func(id, v uint64)) error {
	return fields(message, func(one field) error {
		if one.wire == wireVarint {
			f(one.id, one.number)
		}
		return nil
	})
}

func outOfRange(what string, v uint64) error {
	return fmt.Errorf("%s %d is not in the file: the profile is damaged", what, v)
}
