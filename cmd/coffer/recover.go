package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"coffer/plaidsvc"
)

// recover ends what a program that died while it linked a bank left half done, and
// tells of it. What that finds is no reason not to go on.
func (a *app) recover(ctx context.Context, svc *plaidsvc.Service) {
	items, err := svc.Recover(ctx, nil)
	for _, it := range items {
		fmt.Fprintf(a.err, "%s is linked: you had agreed before coffer was stopped\n", printable(it.Name))
	}
	if err != nil {
		fmt.Fprintln(a.err, "coffer:", printable(err.Error()))
	}
}

// thisRun names this run of the program to others that use the same vault.
func thisRun() string {
	host, _ := os.Hostname() // without one all runs are of one host
	return host + "/" + strconv.Itoa(os.Getpid())
}

// mayLive reports whether the run that has a name may be at work. Of another host
// nobody here knows, and a process of that number may be another one: both count as at
// work, until it is too late for them.
func mayLive(run string) bool {
	host, number, _ := strings.Cut(run, "/")
	here, _, _ := strings.Cut(thisRun(), "/")
	pid, err := strconv.Atoi(number)
	if host != here || err != nil || pid <= 0 {
		return true
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return false // where processes are opened to be found
	}
	defer func() { _ = process.Release() }()
	err = process.Signal(syscall.Signal(0))
	return err == nil || os.IsPermission(err)
}
