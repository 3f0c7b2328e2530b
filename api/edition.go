package api

import (
	"fmt"
	"slices"
)

// Edition names one of the two editions of the vendor's quickstart. The steps
// are the same in both, the wire differs.
type Edition string

// The editions that the program speaks.
const (
	Edition2025 Edition = "2025-12" // The guide as printed; the default.
	Edition2026 Edition = "2026-04" // The live service since April 2026.
)

// Editions lists the editions, the default first.
func Editions() []Edition { return []Edition{Edition2025, Edition2026} }

// ParseEdition accepts the names that Editions lists.
func ParseEdition(name string) (Edition, error) {
	if e := Edition(name); slices.Contains(Editions(), e) {
		return e, nil
	}
	return "", fmt.Errorf("unknown edition %q: give 2025-12 or 2026-04", name)
}

// Other returns the edition that e is not.
func (e Edition) Other() Edition {
	if e == Edition2026 {
		return Edition2025
	}
	return Edition2026
}
