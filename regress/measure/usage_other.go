//go:build !unix

package measure

import "os"

func maxRSS(*os.ProcessState) (bytes float64, known bool) { return 0, false }
