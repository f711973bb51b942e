package main

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"
)

// run is called without a process to see the exit codes themselves.
func TestExitCodes(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"help", []string{"-h"}, exitOK, ""},
		{"wrong usage", []string{"--listen", "example.com:80"}, exitUsage, "--listen"},
		{"port in use", []string{"--listen", taken.Addr().String()}, exitFailure, "choose another port with --listen"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, log bytes.Buffer
			code := run(t.Context(), tt.args, streams{&out, &log, time.Now})
			if code != tt.code || !strings.Contains(log.String(), tt.says) {
				t.Errorf("got %d %q, want %d and %q", code, log.String(), tt.code, tt.says)
			}
			if code != exitOK && out.Len() > 0 {
				t.Errorf("stdout: got %q, want nothing", out.String())
			}
		})
	}
}
