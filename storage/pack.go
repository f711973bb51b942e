package storage

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what a block may unpack to: far above a month of one
// account, far below what would hurt.
const maxUnpacked = 512 << 20

// A packer compresses the rows of a block (Zstandard, RFC 8878). It may be used
// by many goroutines.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newPacker() (*packer, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedDefault),
		zstd.WithWindowSize(1<<20),
		zstd.WithEncoderCRC(false), // the seal authenticates
		zstd.WithLowerEncoderMem(true),
	)
	if err != nil {
		return nil, fmt.Errorf("make compressor: %w", err)
	}
	dec, err := zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(maxWorkers),
		zstd.WithDecoderMaxMemory(maxUnpacked),
	)
	if err != nil {
		return nil, fmt.Errorf("make compressor: %w", err)
	}
	return &packer{enc, dec}, nil
}

func (p *packer) pack(plain []byte) []byte { return p.enc.EncodeAll(plain, nil) }

// unpack appends to dst[:0].
func (p *packer) unpack(dst, packed []byte) ([]byte, error) {
	out, err := p.dec.DecodeAll(packed, dst[:0])
	if err != nil {
		return dst, fmt.Errorf("unpack: %w", err)
	}
	return out, nil
}

func (p *packer) close() {
	p.dec.Close()
	_ = p.enc.Close()
}
