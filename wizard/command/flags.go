package command

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/wizard/session"
)

// AddStateFlags adds the flags that name a state file.
func AddStateFlags(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.State, "state", "", "`FILE` that keeps the progress (TELEGENT_STATE)")
	cmd.Flags().BoolVar(&o.Sandbox, "sandbox", false, "the embedded sandbox instead of the service: no account, no network")
}

// AddServiceFlags adds the flags that say how a service behaves.
func AddServiceFlags(cmd *cobra.Command, o *session.Options) {
	addEditionFlag(cmd, o)
	cmd.Flags().StringArrayVar(&o.Faults, "fault", nil, "of the sandbox: fail as the service would, `NAME[@STEP][:COUNT]`; repeatable")
	var faults []string
	for _, kind := range sandbox.Faults() {
		faults = append(faults, kind.Name)
	}
	complete(cmd, "fault", faults)
}

func addEditionFlag(cmd *cobra.Command, o *session.Options) {
	addChoice(cmd, &o.Edition, "edition", "edition of the API, `2025-12 or 2026-04` (TELEGENT_EDITION)", string(api.Edition2025), string(api.Edition2026))
}

// AddBaseURLFlag adds the flag that names the service.
func AddBaseURLFlag(cmd *cobra.Command, o *session.Options) {
	cmd.Flags().StringVar(&o.BaseURL, "base-url", "", "`URL` of the service (TELEGENT_BASE_URL)")
}

// addChoice adds a flag that takes one of several values. Its default is what it
// holds.
func addChoice(cmd *cobra.Command, held *string, flag, usage string, values ...string) {
	cmd.Flags().StringVar(held, flag, *held, usage)
	complete(cmd, flag, values)
}

// complete tells shells the values of a flag.
func complete(cmd *cobra.Command, flag string, values []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

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
