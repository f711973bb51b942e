package plaidsim_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"coffer/plaidsvc/plaidsim"
)

// A line is told of once.
type line chan struct{}

func (l line) Write(p []byte) (int, error) {
	select {
	case l <- struct{}{}:
	default:
	}
	return len(p), nil
}

// A slow answer does not keep the server from stopping.
func TestStopEndsDelays(t *testing.T) {
	logged := make(line, 1)
	s := plaidsim.New(plaidsim.Options{Clock: morning, Banks: family(), Log: logged})
	s.Inject(plaidsim.Fault{Delay: plaidsim.Duration(time.Hour)})
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error)
	go func() { stopped <- s.Serve(ctx, l) }()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+l.Addr().String()+"/item/get", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	answered := make(chan error)
	go func() {
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		answered <- err
	}()
	<-logged
	stop()
	if err := <-stopped; err != nil {
		t.Errorf("stopped with %v, want no error", err)
	}
	if err := <-answered; !errors.Is(err, io.EOF) {
		t.Errorf("the client got %v, want the connection closed", err)
	}
}
