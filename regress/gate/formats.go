package gate

import (
	"github.com/org/regress-gate/regress/parse"
	"github.com/org/regress-gate/regress/render"
)

// InputFormats lists what Input.Format can name, "auto" aside.
func InputFormats() []parse.Format { return parse.List() }

// OutputFormats lists what Output.Format can name.
func OutputFormats() []render.Format { return render.List() }
