package regresstest_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/regresstest"
)

// In a test the last line is
//
//	regresstest.Gate(t, "testdata/checkout.json", sw.Run(t))
//
// and a loss in store is reported as Checkout segment.store.
func ExampleStopwatch() {
	sw := regresstest.NewStopwatch("Checkout")
	for range 10 {
		lap := sw.Start()
		order := strings.Fields("3 apples")
		lap.Mark("parse")
		time.Sleep(time.Duration(len(order)) * time.Millisecond) // the work
		lap.Mark("store")
		lap.End()
	}
	slowest, _ := sw.Slowest()
	fmt.Println(slowest)
	// Output: store
}
