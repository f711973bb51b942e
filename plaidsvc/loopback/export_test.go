package loopback

import (
	"context"
	"time"
)

// ListenPatiently is [Listen] with another patience for who is slow.
func ListenPatiently(ctx context.Context, opts Options, wait time.Duration) (*Session, error) {
	return listen(ctx, opts, patience{wait, wait})
}
