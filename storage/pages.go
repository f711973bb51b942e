package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
)

// Of bbolt's file format (go.etcd.io/bbolt v1.5, internal/common), in native
// byte order. A page starts with its id (8 bytes), flags (2), number of
// elements (2) and number of further pages that belong to it (4). Elements
// follow, 16 bytes each; what they point at is counted from their own start.
const (
	pageHead    = 16
	elementSize = 16
	branchPage  = 1
	leafPage    = 2
	freePage    = 16

	// The meta page, after its head: magic (4), version (4), page size (4),
	// flags (4), root page (8), sequence (8), free list (8), number of pages (8),
	// transaction (8), FNV-1a of all this (8).
	metaSize     = 64
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaPageSize = 8
	metaRoot     = 16
	metaFree     = 32
	metaPages    = 40
	metaTx       = 48
	metaChecksum = 56

	// A bucket is an element of a leaf whose value is its root page (8) and a
	// sequence (8). With root page 0 the page follows at once.
	bucketElement = 1
	bucketHead    = 16

	vaultPageSize = 4096
	minPage       = 1 << 10
	maxPage       = 1 << 16
)

// maxVaultSize is where a file stops to grow.
const maxVaultSize = 4 << 30

// pages are the pages of a bbolt file, seen with plain reads. Touching a
// missing or a wild part of a mapped file can kill the process; a read cannot.
type pages struct {
	file io.ReaderAt
	size uint64 // of a page
	high uint64 // pages in use are below
	root uint64
	free uint64 // the page of the list of free pages
	tx   uint64

	seen []bool
	todo []pageRef
}

// A pageRef is a page still to be looked at.
type pageRef struct {
	id       uint64
	topLevel bool   // holds buckets, and buckets are nowhere else
	min, max []byte // its keys are not before min, and before max; nil is no bound
}

// findPages reads the newer of the two meta pages, and refuses a file shorter
// than it says.
func findPages(f io.ReaderAt, size int64) (*pages, error) {
	p := readMeta(f, 0)
	for at := int64(minPage); at <= maxPage; at *= 2 {
		// The second meta page is one page in.
		if p != nil && p.size != uint64(at) {
			continue
		}
		if q := readMeta(f, at); q != nil && q.size == uint64(at) && (p == nil || q.tx > p.tx) {
			p = q
		}
	}
	switch {
	case p == nil:
		return nil, ErrForeign
	case p.size < minPage || p.size > maxPage || p.high > 1<<40/p.size:
		return nil, fmt.Errorf("its first pages make no sense: %w", ErrDamaged)
	case uint64(size) < p.high*p.size:
		return nil, fmt.Errorf("has %d bytes and needs %d, it was cut short: %w", size, p.high*p.size, ErrDamaged)
	}
	return p, nil
}

// readMeta returns what the meta page at an offset says, nil if there is none
// or its checksum is wrong.
func readMeta(f io.ReaderAt, at int64) *pages {
	var b [pageHead + metaSize]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return nil
	}
	m := b[pageHead:]
	h := fnv.New64a()
	h.Write(m[:metaChecksum])
	if u32(m) != metaMagic || u32(m[4:]) != metaVersion || h.Sum64() != u64(m[metaChecksum:]) {
		return nil
	}
	return &pages{
		file: f,
		size: uint64(u32(m[metaPageSize:])),
		root: u64(m[metaRoot:]),
		free: u64(m[metaFree:]),
		high: u64(m[metaPages:]),
		tx:   u64(m[metaTx:]),
	}
}

// check walks the tree and refuses what could lead bbolt astray: a page that is
// another one, is met twice or lies outside the file, an element that points
// outside its page, and a key out of order. Where a file has no list of free pages
// bbolt looks for all that too, but on a goroutine that goes on after the file is
// closed. The list itself matters to who writes.
func (p *pages) check(write bool) error {
	p.seen = make([]bool, p.high)
	p.todo = []pageRef{{id: p.root, topLevel: true}}
	buf := make([]byte, p.size)
	for len(p.todo) > 0 {
		ref := p.todo[len(p.todo)-1]
		p.todo = p.todo[:len(p.todo)-1]
		span, err := p.visit(ref.id, buf)
		if err != nil {
			return err
		}
		if err := p.checkPage(ref, buf, span*p.size); err != nil {
			return err
		}
	}
	if !write {
		return nil
	}
	return p.checkFree(buf)
}

// visit reads the head of a page that was not met before into buf, and returns how
// many pages belong to it.
func (p *pages) visit(id uint64, buf []byte) (uint64, error) {
	if id < 2 || id >= p.high {
		return 0, badPage(id)
	}
	if _, err := p.file.ReadAt(buf, int64(id*p.size)); err != nil {
		return 0, fmt.Errorf("read page %d: %w: %w", id, err, ErrDamaged)
	}
	span := uint64(u32(buf[12:])) + 1
	if u64(buf) != id || span > p.high-id {
		return 0, badPage(id)
	}
	for i := range span {
		if p.seen[id+i] {
			return 0, badPage(id)
		}
		p.seen[id+i] = true
	}
	return span, nil
}

// checkPage looks at the elements of one page of a number of bytes, of which
// buf has the first.
func (p *pages) checkPage(ref pageRef, buf []byte, size uint64) error {
	count := uint64(u16(buf[10:]))
	ends := pageHead + count*elementSize
	if ends > size {
		return badPage(ref.id)
	}
	head := buf
	if ends > uint64(len(buf)) {
		head = make([]byte, ends)
		if _, err := p.file.ReadAt(head, int64(ref.id*p.size)); err != nil {
			return fmt.Errorf("read page %d: %w: %w", ref.id, err, ErrDamaged)
		}
	}
	branch := u16(buf[8:]) == branchPage
	if u16(buf[8:]) != leafPage && (!branch || count == 0) {
		return badPage(ref.id)
	}
	var last []byte
	for i := range count {
		at := pageHead + i*elementSize
		e := head[at:]
		start, length := at+uint64(u32(e[4:])), uint64(u32(e[8:]))
		if branch {
			start, length = at+uint64(u32(e)), uint64(u32(e[4:]))
		}
		key, err := p.read(buf, ref.id*p.size, start, length, size)
		if err != nil || !ref.admits(last, key) {
			return badPage(ref.id)
		}
		if last = key; !branch {
			if err := p.checkValue(ref, e, start+length, size); err != nil {
				return err
			}
			continue
		}
		key = bytes.Clone(key) // buf is used again
		if i > 0 {
			p.todo[len(p.todo)-1].max = key
		}
		p.todo = append(p.todo, pageRef{u64(e[8:]), ref.topLevel, key, ref.max})
	}
	return nil
}

// read returns a part of a page, of which buf has the first bytes.
func (p *pages) read(buf []byte, page, at, length, size uint64) ([]byte, error) {
	switch {
	case at+length > size:
		return nil, io.ErrUnexpectedEOF
	case at+length <= uint64(len(buf)):
		return buf[at : at+length], nil
	}
	part := make([]byte, length)
	_, err := p.file.ReadAt(part, int64(page+at))
	return part, err
}

// admits reports whether a key may follow another one in a page, nil for the
// first.
func (r *pageRef) admits(last, key []byte) bool {
	if last != nil {
		return bytes.Compare(last, key) < 0 && (r.max == nil || bytes.Compare(key, r.max) < 0)
	}
	return bytes.Compare(r.min, key) <= 0 && (r.max == nil || bytes.Compare(key, r.max) < 0)
}

// checkValue looks at the value of an element of a leaf page.
func (p *pages) checkValue(ref pageRef, e []byte, at, size uint64) error {
	length := uint64(u32(e[12:]))
	isBucket := u32(e) == bucketElement
	switch {
	case at+length > size || isBucket != ref.topLevel || u32(e) > bucketElement:
		return badPage(ref.id)
	case isBucket:
		return p.checkBucket(ref.id, ref.id*p.size+at, length)
	}
	return nil
}

// checkBucket looks at the value of a bucket: where its tree is, or the page
// that is written into it.
func (p *pages) checkBucket(id, at, length uint64) error {
	if length < bucketHead || length > p.size {
		return badPage(id)
	}
	value := make([]byte, length)
	if _, err := p.file.ReadAt(value, int64(at)); err != nil {
		return fmt.Errorf("read page %d: %w: %w", id, err, ErrDamaged)
	}
	if root := u64(value); root != 0 {
		p.todo = append(p.todo, pageRef{id: root})
		return nil
	}
	inline := value[bucketHead:]
	if len(inline) < pageHead || u16(inline[8:]) != leafPage {
		return badPage(id)
	}
	size, count := uint64(len(inline)), uint64(u16(inline[10:]))
	if pageHead+count*elementSize > size {
		return badPage(id)
	}
	for i := range count {
		at := pageHead + i*elementSize
		e := inline[at:]
		if u32(e) != 0 || at+uint64(u32(e[4:]))+uint64(u32(e[8:]))+uint64(u32(e[12:])) > size {
			return badPage(id)
		}
	}
	return nil
}

func badPage(id uint64) error { return fmt.Errorf("page %d makes no sense: %w", id, ErrDamaged) }

func u16(b []byte) uint16 { return binary.NativeEndian.Uint16(b) }
func u32(b []byte) uint32 { return binary.NativeEndian.Uint32(b) }
func u64(b []byte) uint64 { return binary.NativeEndian.Uint64(b) }
