package storage

import "fmt"

// noFreePages stands in the meta page of a file without a list of free pages, as
// vaults had none at first. bbolt then makes one by itself.
const noFreePages = 1<<64 - 1

// manyFree, as the number of elements, says that the number is too large for its
// place and comes before them.
const manyFree = 0xFFFF

// checkFree looks at the list of the pages that bbolt may write to: one that is in
// use, listed twice or outside of the file would become a wrong write. The tree was
// walked before. The list is a page whose elements are page numbers, 8 bytes each,
// in ascending order.
func (p *pages) checkFree(buf []byte) error {
	if p.free == noFreePages {
		return nil
	}
	span, err := p.visit(p.free, buf)
	if err != nil {
		return err
	}
	list := buf
	if span > 1 {
		list = make([]byte, span*p.size)
		if _, err := p.file.ReadAt(list, int64(p.free*p.size)); err != nil {
			return fmt.Errorf("read page %d: %w: %w", p.free, err, ErrDamaged)
		}
	}
	count, ids := uint64(u16(list[10:])), list[pageHead:]
	if count == manyFree {
		count, ids = u64(ids), ids[8:]
	}
	if u16(list[8:]) != freePage || count > uint64(len(ids)/8) {
		return badPage(p.free)
	}
	last := uint64(1)
	for i := range count {
		id := u64(ids[8*i:])
		if id <= last || id >= p.high || p.seen[id] {
			return badPage(p.free)
		}
		last = id
	}
	return nil
}
