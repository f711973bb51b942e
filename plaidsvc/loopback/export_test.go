package loopback

import (
	"context"
	"time"
)

// ListenHastily is [Listen] with less patience for who is slow.
func ListenHastily(ctx context.Context, opts Options, header, body time.Duration) (*Session, error) {
	return listen(ctx, opts, patience{header, body})
}
