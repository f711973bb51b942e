// Package storage keeps the ledger in a vault: one bbolt file in which
// everything is sealed.
//
// # Promises
//
// A method does all it says or changes nothing. In particular [Vault.Apply]
// writes the rows of a sync, what it removed, the cursor that follows, the
// accounts and the edits carried over in one commit: a crash cannot lose or
// double money. What a method committed is on the disk when it returns.
//
// A file that is damaged, cut short, foreign or from a newer program ends in an
// error that says which, and stays as it is: never in a panic, a crash or rows
// that are silently not there.
//
// # Files
//
// The directory has mode 0700 and its files 0600; others are refused.
//
//	vault.db       the vault
//	vault.lock     the lock (flock), and the process that took it last
//	copies/        copies of the vault, as many as [Options.Copies] says
//	*.tmp-*        a vault or a copy being written; left behind, it is deleted
//	               by whoever opens the vault next
//
// The lock is taken before vault.db is opened, and held for one read or one
// write: many processes use one vault at once. A Vault holds no file in between
// and sees at each call what others did ([Vault.Revision]).
//
// # Layout
//
// All buckets are flat, and bbolt keys are the first 16 bytes of an HMAC-SHA256
// of bucket and name, except where it says otherwise.
//
//	h  header    "header": JSON {v, vault_id, slots}, a line feed, its SHA-256;
//	             "seal": below. The only names and the only value in plain text
//	f  facts     item, account, month -> a block: the rows of that month
//	i  items     item                 -> the bank and its state
//	t  tokens    item                 -> its access token
//	c  cursors   item                 -> where its next sync starts
//	a  accounts  account              -> the account and its balance
//	b  balances  account, month       -> what it held, day by day (since format 2)
//	p  holdings  item                 -> its investments (since format 3)
//	l  liabilities item               -> terms of what is owed (since format 3)
//	x  trades    item                 -> what happened in them (since format 3)
//	r  streams   item                 -> what recurs (since format 3)
//	e  edits     transaction          -> what the user said of it
//	j  journal   number (8 bytes)     -> one change of edits, before and after
//	s  settings  "credentials"        -> Plaid's client id and secret
//	             "intents"            -> what was begun and may have been broken off
//	             "linked"             -> how many banks were ever linked
//
// A record starts with the version of its shape. The header has the version of
// the file: one newer than the program is refused, unchanged; one older is brought
// up to date by [Open], one version after the other, each in one transaction and
// after a copy was put aside. A vault of every version is kept for the tests. A block
// is two sealed parts, an index (bank, account, month, four bytes of hash per
// row) and the rows by column, packed with Zstandard. A row is found by opening
// all indexes, a few microseconds each, and a sync seals again only the blocks
// it touches. A row whose date moves to another month moves to another block.
//
// # Keys
//
// A random key of 256 bits seals the vault; each slot of the header holds it
// sealed for one [Unlocker], any of which opens the vault: a passphrase through
// Argon2id, a random key of a keyring or an identity file through HKDF-SHA256.
// Sub-keys by purpose come from the vault key by HKDF-SHA256. A value is padded,
// then sealed with XChaCha20-Poly1305 under a random nonce, bound to the vault's
// id, its bucket and its key: it opens in no other place.
//
// The vault key is not kept in memory, only its sub-keys are: who adds or changes
// an unlocker shows one that opens ([Vault.AddUnlocker]). [Vault.Rotate] draws a
// new vault key and seals everything again; the header counts how often.
//
// The seal is a value of its own, written in every commit: the number of the
// commit, a MAC of the header, and for each bucket the number of its values and
// a keyed hash of the set of them. A value that is missing, added or an older
// one does not go unnoticed. [Open] verifies every value, [Vault.Book] all that
// it loads, a write what it touches, after a walk over the file's pages and its list
// of free ones: bbolt trusts them, and dies of a damaged one where nobody can catch
// it. A file that is as this Vault found or left it last is not walked over again, and
// what it wrote to last it has open, without a lock, for its next write.
//
// # Copies
//
// [Vault.Backup] and the copies that the program makes by itself are vaults like
// this one: drawn record by record at one moment, without free pages, verified
// before they get their name, opened by the same ways. They are made before the
// first change of a day, a migration and a rotation. When a bank is erased or a way
// to unlock goes, all of them are replaced by a new one.
//
// # Damage
//
// [Examine] and [Salvage] read a damaged file with plain reads, page by page, and
// trust none of it: a value counts if it opens. The seal says of which buckets
// nothing is missing; for the rest the pages that nothing leads to are searched,
// and the copies. Edits are told by the journal too. Where rows may be missing or
// out of date the cursors go, so that the next sync fetches all of a bank's history.
//
// # What is not hidden
//
// Who has the file but no key learns its size, how many values each bucket has
// (so how many banks, accounts, account-months, edits and journal entries) and
// roughly how long each is, how many commits there were, and, having two copies,
// which pages changed. Nothing of names, ids, dates, amounts, categories or
// tokens.
//
// Who can write the file can put back a whole older copy: nothing inside a file
// can tell. Who runs as the same user while the vault is open can read the
// program's memory; Close overwrites the keys, but Go may have made copies.
//
// Deleting a bank, changing or removing an unlocker and rotating write the file
// anew, so that its free pages keep nothing of what went ([Vault.RemoveItem]); rows that the bank itself took back stay in free pages
// until those are used again. Disks and copies have a memory of their own.
package storage
