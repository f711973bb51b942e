package secret

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// maxIdentity is far more than an identity file has.
const maxIdentity = 16 << 10

// ErrIdentity reports an identity file that cannot be used.
var ErrIdentity = errors.New("the identity file cannot be used")

// WriteIdentity makes an identity file: a key that opens a vault, in a file of
// its own. It never writes over a file. The key is on the disk when it returns.
func WriteIdentity(path string, k Key) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write identity file: %w", err)
	}
	_, err = io.WriteString(f, "# Whoever has this file can open the coffer vault it was made for.\n"+
		"# Keep it apart from the vault's backups.\n"+k.Reveal()+"\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write identity file: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// ReadIdentity reads the key of an identity file: the one line that is not empty
// and no comment. A file that others may read is refused. The error wraps
// ErrIdentity.
func ReadIdentity(path string) (Key, error) {
	k, err := readIdentity(path)
	if err != nil {
		return Key{}, fmt.Errorf("%w: %s: %w", ErrIdentity, path, err)
	}
	return k, nil
}

func readIdentity(path string) (Key, error) {
	f, err := os.Open(path)
	if err != nil {
		var bare *fs.PathError // the path is told by the caller
		if errors.As(err, &bare) {
			err = bare.Err
		}
		return Key{}, err
	}
	defer f.Close()
	switch info, err := f.Stat(); {
	case err != nil:
		return Key{}, err
	case !info.Mode().IsRegular():
		return Key{}, errors.New("it is not a regular file")
	case !Private(info):
		return Key{}, fmt.Errorf("it has mode %#o; make it 0600 and your own", info.Mode().Perm())
	}
	var key Key
	found := false
	lines := bufio.NewScanner(io.LimitReader(f, maxIdentity))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if found {
			return Key{}, errors.New("it has more than one key; keep one")
		}
		if key, err = ParseKey(line); err != nil {
			return Key{}, err
		}
		found = true
	}
	if err := lines.Err(); err != nil {
		return Key{}, err
	}
	if !found {
		return Key{}, ErrNoKey
	}
	return key, nil
}
