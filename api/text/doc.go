// Package text is what the other packages need to know of text: how it is
// cleaned and cut, which name was meant, what a phone number is, and how JSON is
// read strictly.
//
// It imports nothing else of this program.
package text
