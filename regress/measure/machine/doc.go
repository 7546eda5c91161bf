// Package machine knows what a measurement depends on beside the code: how quiet
// the machine is (Look), on which processors the measured processes run (Pin),
// and what they use (Watch).
//
//	for _, sentence := range machine.Look(ctx) {
//		fmt.Fprintln(os.Stderr, sentence)
//	}
//	pin := machine.Pin(ctx, 1)
//	begin := time.Now()
//	if err := pin.Start(cmd); err != nil { … }
//	watcher := machine.Watch(cmd.Process.Pid)
//	err := cmd.Wait()
//	usage := watcher.Stop().With(cmd.ProcessState, time.Since(begin))
//	run.Series = append(run.Series, usage.Series("build")...)
//
// Nothing here fails a run. What cannot be read is left out: a sentence is not
// said, and a regress.Figure is absent.
//
// # Where it is known from
//
// On Linux everything is read from /proc and /sys, since walking the process
// table ten times a second must not disturb what is measured; elsewhere gopsutil
// tells the load, the processes and the network, and the rest is not known.
package machine
