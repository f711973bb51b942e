package bank

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

const (
	idAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	idLength   = 37 // the length of Plaid's account and transaction ids
)

// opaque turns a natural identity into an id that looks like Plaid's and tells
// nothing. Each of the hash's four words yields ten base 62 digits; the bias of
// the reduction does not matter, distinctness does.
func opaque(identity []byte) string {
	sum := sha256.Sum256(identity)
	var id [40]byte
	for word := range 4 {
		v := binary.BigEndian.Uint64(sum[8*word:])
		for digit := range 10 {
			id[10*word+digit] = idAlphabet[v%62]
			v /= 62
		}
	}
	return string(id[:idLength])
}

func opaqueText(format string, args ...any) string {
	return opaque(fmt.Appendf(nil, format, args...))
}

// persistent makes an id in the shape of Plaid's persistent_account_id.
func persistent(accountID string) string {
	sum := sha256.Sum256([]byte("persistent " + accountID))
	return hex.EncodeToString(sum[:28])
}

// mask is the tail of an account number.
func mask(accountID string) string {
	return fmt.Sprintf("%04d", stirText(0, accountID)%10000)
}

// plain writes a name as card networks do: upper case ASCII.
func plain(name string) string {
	fold := strings.NewReplacer("é", "e", "è", "e", "á", "a", "í", "i", "ü", "u", "'", "")
	return strings.ToUpper(fold.Replace(name))
}
