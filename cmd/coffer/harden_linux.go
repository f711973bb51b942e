package main

import "golang.org/x/sys/unix"

// harden makes the process a poor place to look for secrets: files are private
// from the start, no core is dumped, and other processes of the same user can
// read neither its memory nor its first environment. A kernel that refuses one
// of these runs the program all the same.
func harden() {
	unix.Umask(0o077)
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
