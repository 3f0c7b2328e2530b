package command

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// AddDuration adds a flag that takes a duration. Without a unit it is refused with
// the duration that was probably meant.
func AddDuration(flags *pflag.FlagSet, d *time.Duration, name, usage string) {
	flags.Var((*duration)(d), name, usage)
}

// duration implements pflag.Value.
type duration time.Duration

// Set implements pflag.Value.
func (d *duration) Set(text string) error {
	v, err := time.ParseDuration(text)
	switch {
	case err == nil:
		*d = duration(v)
		return nil
	case text != "" && strings.Trim(text, "0123456789") == "":
		return fmt.Errorf("a duration has a unit, as in %ss", text)
	}
	return fmt.Errorf("a duration is written as in 30s or 2m")
}

// String implements pflag.Value.
func (d *duration) String() string { return time.Duration(*d).String() }

// Type implements pflag.Value.
func (d *duration) Type() string { return "duration" }
