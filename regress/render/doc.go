// Package render turns a regress.Report into bytes: a table for a terminal, a
// comment for GitHub, JSON, workflow commands.
//
//	Report ─ headline.go, words.go  sentences  ┐
//	       ─ cells.go               figures    ├─ text.go, markdown.go, annotations.go … → bytes
//	       ─ escape.go              safe names ┘
//
// Every format derives everything from the Report alone and recomputes no
// verdict: the decision, the counts and the order come from its methods. So a
// report that was saved renders like the one that was just made, and all
// formats say the same in the same words. A new format is one file and one row
// of the table in render.go; it takes its sentences and figures from the files
// named above and adds only its own shape.
//
// A regress.History, what a baseline remembers of its metrics, has a table of
// formats of its own in history.go, made of the same parts.
//
// # What a reader can rely on
//
// A figure that does not exist is shown as "–", never as 0. A change from a base
// of zero has no percentage. A p-value is never printed as 0.000.
//
// # Hostile names
//
// Names, units and reasons come out of files that a stranger's pull request can
// write, and go into comments, logs and terminals. escape.go is the only way
// from the one to the other: what is invisible or steers a terminal becomes
// visible (\u{202e}), what a CI runner would execute is broken, and what GitHub
// would turn into a mention, a link or markup stays text. Long names lose their
// middle. Only the JSON carries every name as it is.
//
// # Size
//
// Markdown keeps a byte budget for any report, since GitHub refuses what is too
// long: it drops whole rows, the least important first, and says how many. Its
// time is linear in the number of comparisons, like that of every format here.
package render
