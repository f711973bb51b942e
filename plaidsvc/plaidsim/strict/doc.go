// Package strict reads JSON into structs that say what may be in it, and refuses
// everything else by the place where it stands. Plaid is as strict with requests, and
// who misspells a key of a scenario wants to know.
//
// A field is described by its JSON name and Go type, and by a tag:
//
//	plaid:"required"      it must be there; a string must not be empty
//	plaid:"min=1,max=500" bounds of an integer
//
// A field that is absent or null keeps its zero value; a pointer tells absent
// from zero. An embedded struct stands for its fields, as in Plaid's allOf. A type that
// reads its own texts ([encoding.TextUnmarshaler]) is given them.
//
// Where several things are wrong it says what Plaid says first: unknown fields, then
// missing ones, then the first one with a wrong value. It knows none of Plaid's codes
// and no endpoint.
package strict
