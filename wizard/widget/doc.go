// Package widget holds what screens are made of: text that is wrapped and cut,
// styles, keys, forms, lists and menus. It knows the questions and options of
// steps, and nothing of what comes next.
//
// It may import steps, state and api.
package widget
