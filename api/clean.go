package api

import "telegent-setup/api/text"

// Redacted stands wherever a secret would.
const Redacted = text.Redacted

// Clean is text.Clean.
func Clean(s string) string { return text.Clean(s) }

// CleanLine is text.Collapse.
func CleanLine(s string) string { return text.Collapse(s) }

// Cut is text.Cut.
func Cut(s string, n int) string { return text.Cut(s, n) }
