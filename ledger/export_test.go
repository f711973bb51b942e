package ledger

// Fold is what text is searched by.
var Fold = fold
