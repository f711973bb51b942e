package storage

import (
	"fmt"
	"io"
)

// A wreck is the file of a vault to which anything may have happened. It is read
// with plain reads, page by page: nothing of it is mapped into memory, and bbolt
// never sees it. Every page is looked at once, so that reading comes to an end
// whatever the pages say. What is found counts only if it opens with the vault's
// keys.
type wreck struct {
	data   []byte // what could not be read is zero
	seen   []bool // pages that a tree led to
	relics []relic
	budget int // of bytes that values may still have: in a good file none lies in two places
}

// A relic is a value that lay in a wreck, or what was made of others in its place.
type relic struct {
	bucket     string // where it lay, "" is not known
	key, value []byte
	origin     origin
	index      index // of a block, once it opened
}

// An origin says where a value comes from. The smaller one is the better one.
type origin int

const (
	inPlace origin = iota // the file's own tree leads to it
	inPages               // it lay in a page that nothing leads to: it may be an older one
	inCopy                // it lay in a copy
	mended                // it was made of what other values tell
	blank                 // it holds the place of what is lost
)

// openWreck reads all that can be read of a file. The errors are those of a file
// that is not there, no file, or closed to this user.
func openWreck(path string) (*wreck, error) {
	f, info, err := openRegular(path, false)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() > maxVaultSize {
		return nil, fmt.Errorf("%s has %d bytes: %w", path, info.Size(), ErrForeign)
	}
	return readWreck(f, info.Size()), nil
}

func readWreck(f io.ReaderAt, size int64) *wreck {
	w := &wreck{data: make([]byte, size), budget: 2 * int(size)}
	for at := 0; at < len(w.data); at += vaultPageSize {
		page := w.data[at:min(at+vaultPageSize, len(w.data))]
		if n, err := f.ReadAt(page, int64(at)); err != nil {
			clear(page[n:]) // a bad sector, or the file became shorter
		}
	}
	w.seen = make([]bool, len(w.data)/vaultPageSize+1)
	if root, ok := newestRoot(f); ok {
		w.walk(root)
	}
	w.gather()
	return w
}

// newestRoot is the root page of the newest commit that a meta page tells of.
func newestRoot(f io.ReaderAt) (uint64, bool) {
	a, b := readMeta(f, 0), readMeta(f, vaultPageSize)
	switch {
	case a == nil && b == nil:
		return 0, false
	case a == nil || b != nil && b.tx > a.tx:
		a = b
	}
	return a.root, true
}

// page returns a page and those that belong to it, as far as the file goes; false
// if it is none.
func (w *wreck) page(id uint64) ([]byte, bool) {
	if id >= uint64(len(w.seen)) || w.seen[id] {
		return nil, false
	}
	from := w.data[id*vaultPageSize:]
	if len(from) < pageHead || u64(from) != id {
		return nil, false
	}
	size := (uint64(u32(from[12:])) + 1) * vaultPageSize
	page := from[:min(size, uint64(len(from)))]
	return page, pageHead+int(u16(page[10:]))*elementSize <= len(page)
}

// walk collects what a tree leads to. Pages that make no sense, or were met
// before, are left out.
func (w *wreck) walk(root uint64) {
	type ref struct {
		id     uint64
		bucket string // "" is the list of buckets
	}
	todo := []ref{{id: root}}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		page, ok := w.page(at.id)
		if !ok {
			continue
		}
		w.seen[at.id] = true
		switch u16(page[8:]) {
		case branchPage:
			for i := range int(u16(page[10:])) {
				todo = append(todo, ref{u64(page[pageHead+i*elementSize+8:]), at.bucket})
			}
		case leafPage:
			w.leaf(page, at.bucket, inPlace, func(name string, root uint64) { todo = append(todo, ref{root, name}) })
		}
	}
}

// gather collects what lies in leaf pages that the tree did not lead to.
func (w *wreck) gather() {
	for id := range w.seen {
		if page, ok := w.page(uint64(id)); ok && u16(page[8:]) == leafPage {
			w.leaf(page, "", inPages, func(string, uint64) {})
		}
	}
}

// leaf collects the values of a leaf page. What is a bucket is followed where it is
// written into the page, and told where it has pages of its own.
func (w *wreck) leaf(page []byte, bucket string, from origin, tell func(name string, root uint64)) {
	elements(page, func(isBucket bool, key, value []byte) {
		w.budget -= elementSize + len(key) + len(value)
		switch {
		case w.budget < 0:
		case !isBucket:
			w.relics = append(w.relics, relic{bucket: bucket, key: key, value: value, origin: from})
		case bucket != "" || len(key) == 0 || len(value) < bucketHead:
		case u64(value) != 0:
			tell(string(key), u64(value))
		default:
			w.leaf(value[bucketHead:], string(key), from, tell)
		}
	})
}

// elements visits the elements of a leaf page that lie within it.
func elements(page []byte, visit func(isBucket bool, key, value []byte)) {
	if len(page) < pageHead {
		return
	}
	for i := range int(u16(page[10:])) {
		at := pageHead + i*elementSize
		if at+elementSize > len(page) {
			return
		}
		e := page[at:]
		start := uint64(at) + uint64(u32(e[4:]))
		middle := start + uint64(u32(e[8:]))
		end := middle + uint64(u32(e[12:]))
		if end <= uint64(len(page)) {
			visit(u32(e)&bucketElement != 0, page[start:middle:middle], page[middle:end:end])
		}
	}
}
