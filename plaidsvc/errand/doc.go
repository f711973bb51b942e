// Package errand keeps what is to be done for each bank, and has it done: each thing
// once however often it was asked for, all of a bank's together, the banks in the order
// in which something was asked for.
//
// # Promises
//
// What is asked for is done in a turn that begins after that. A bank has one turn at a
// time, and rests between two. What failed is tried again, later each time. There are
// never more entries than banks, whoever asks and however often.
//
// # What it never does
//
// It does not know what is done: an errand is a bit. It tells nobody how it went, keeps
// nothing that outlives the process, and has no clock of its own.
package errand
