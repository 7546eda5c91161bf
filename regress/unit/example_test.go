package unit_test

import (
	"fmt"

	"github.com/org/regress-gate/regress/unit"
)

func ExampleParse() {
	for _, s := range []string{"ns/op", "KiB", "requests/min", "widgets"} {
		u := unit.Parse(s)
		fmt.Printf("%s: %.4g %s, %s\n", s, u.Factor, u.Base, u.Class)
	}
	// Output:
	// ns/op: 1e-09 sec/op, time
	// KiB: 1024 B, count
	// requests/min: 0.01667 req/s, rate
	// widgets: 1 widgets, other
}

func ExampleDirectionOf() {
	fmt.Println(unit.DirectionOf("latency.p99", "s"))
	fmt.Println(unit.DirectionOf("transfer_rate", "B/s"))
	fmt.Println(unit.DirectionOf("error_rate", "ratio"))
	fmt.Println(unit.DirectionOf("requests", "count"))
	fmt.Println(unit.DirectionOf("hit-ratio", "hit-ratio"))
	// Output:
	// lower
	// higher
	// lower
	// info
	// undeclared
}

func ExampleApplies() {
	value, written, err := unit.ParseQuantity("100ns")
	if err != nil {
		fmt.Println(err)
		return
	}
	factor, ok := unit.Applies(written, "p99-sec/op")
	fmt.Printf("%.1e %v\n", value*factor, ok)
	_, ok = unit.Applies(written, "B/op")
	fmt.Println(ok)
	// Output:
	// 1.0e-07 true
	// false
}

func ExampleFormat() {
	fmt.Println(unit.Format(1.234e-6, "sec/op"))
	fmt.Println(unit.Format(2816, "B/op"))
	fmt.Println(unit.Format(12, "allocs/op"))
	fmt.Println(unit.Format(26098, "req/s"))
	fmt.Println(unit.Format(0.0125, "ratio"))
	// Output:
	// 1.23 µs
	// 2.75 KiB
	// 12 allocs/op
	// 26.1k req/s
	// 1.25 %
}

func ExampleFormatPair() {
	fmt.Println(unit.FormatPair(1.23e-6, 1.41e-6, "sec/op"))
	fmt.Println(unit.FormatPair(2816, 2820, "B/op"))
	// Output:
	// 1.23 µs 1.41 µs
	// 2.750 KiB 2.754 KiB
}

func ExampleFormatChange() {
	fmt.Println(unit.FormatChange(0.146), unit.FormatChange(-0.032), unit.FormatChange(49.5))
	// Output: +14.6 % -3.2 % +4950 %
}

func ExampleFormatShare() {
	fmt.Println(unit.FormatShare(0.05), unit.FormatShare(0.125))
	// Output: 5 % 12.5 %
}

func ExampleParseDirection() {
	_, err := unit.ParseDirection("up")
	fmt.Println(err)
	// Output: direction "up" is unknown: want lower, higher, stable or info
}
