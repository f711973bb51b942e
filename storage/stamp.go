package storage

import (
	"io/fs"
	"os"
)

// A stamp tells whether a file is still as it was left: the same file, of the same
// size and time, after the same commit. Its pages were good then and need not be
// walked over again.
type stamp struct {
	info fs.FileInfo
	tx   uint64
	free bool // the list of free pages was good too, which only writes need
}

// stampOf is the stamp of a file that was just written, in a commit of that
// number, nil if there is none to be had.
func stampOf(f *os.File, tx uint64) *stamp {
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	return &stamp{info: info, tx: tx, free: true}
}

func (s *stamp) matches(info fs.FileInfo, tx uint64, write bool) bool {
	return s != nil && s.tx == tx && (s.free || !write) && os.SameFile(s.info, info) &&
		s.info.Size() == info.Size() && s.info.ModTime().Equal(info.ModTime())
}
