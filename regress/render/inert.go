package render

// Inert returns s as one line that is safe to print where people and CI runners
// read: control and invisible characters are spelt out, nothing in it is a
// workflow command, and what is longer than anyone reads is cut in the middle.
// Messages that quote names out of a file go through it.
func Inert(s string) string { return unarmed(shorten(visible(s), maxLine)) }

const maxLine = 2000 // runes of a message that are shown
