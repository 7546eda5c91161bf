package machine

// traffic counts the bytes that went through network interfaces since they exist.
type traffic struct {
	sent, received float64
	known          bool
}
