package plaidsim

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// stopTimeout is how long answers under way may take after a stop.
const stopTimeout = 5 * time.Second

// Serve answers requests on l until ctx is done, lets those under way finish,
// and closes l. Meanwhile time passes at the banks and webhooks are sent. It
// returns nil after such a stop. Tokens travel in the clear, so l should be on
// loopback.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	working, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.work(working)
	}()
	defer func() {
		stop()
		<-ended
	}()
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.WithoutCancel(ctx), stopping{}, ctx)
		},
	}
	stopped := make(chan error, 1)
	release := context.AfterFunc(ctx, func() {
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		stopped <- server.Shutdown(patience)
	})
	err := server.Serve(l)
	if !release() && errors.Is(err, http.ErrServerClosed) {
		err = <-stopped
	}
	if err != nil {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}
