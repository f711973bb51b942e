package plaidsim

// controlRoot is where a person at the controls is served, no part of Plaid's
// API.
const controlRoot = "/plaidsim/"
