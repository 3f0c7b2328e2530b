//go:build !race

package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The arrows of the design: what a package may import of this program, and who
// may know Charm.
func TestArrowsPointOneWay(t *testing.T) {
	const module = "telegent-setup"
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, module+"/...").Output()
	require.NoError(t, err)
	deps := map[string][]string{} // Direct or not.
	for line := range strings.Lines(string(out)) {
		all := strings.Fields(line)
		deps[all[0]] = all[1:]
	}
	charm := []string{"charm.land/", "github.com/charmbracelet/"}
	for name, tc := range map[string]struct {
		own   []string // Packages of this program, directly or not.
		charm bool
	}{
		"api/text":                {nil, false},
		"api":                     {[]string{"api/text"}, false},
		"state":                   {[]string{"api/text"}, false},
		"steps":                   {[]string{"api", "api/text", "state"}, false},
		"steps/answers":           {[]string{"steps", "api", "api/text", "state"}, false},
		"api/webhook":             {[]string{"api", "api/text"}, false},
		"api/sandbox":             {[]string{"api", "api/text", "api/webhook"}, false},
		"api/sandbox/sandboxtest": {nil, false},
		"steps/report":            {[]string{"steps", "api", "api/text", "state"}, false},
		"steps/stepstest":         {[]string{"steps", "api", "api/text", "state", "api/sandbox", "api/sandbox/sandboxtest", "api/webhook"}, false},
		"wizard": {[]string{
			"wizard/widget", "wizard/qrcode", "wizard/screen", "wizard/terminal", "wizard/display", "wizard/recording",
			"steps/report", "steps", "api", "api/text", "api/webhook", "state",
		}, true},
		"wizard/plain":  {[]string{"steps/report", "steps/answers", "steps", "api", "api/text", "state"}, false},
		"wizard/qrcode": {nil, false},
		"wizard/command": {[]string{
			"wizard/session", "wizard/plain", "wizard/qrcode",
			"steps/report", "steps/answers", "steps", "api", "api/text", "api/sandbox", "api/webhook", "state",
		}, false},
		"wizard/session": {[]string{"steps/report", "steps/answers", "steps", "api", "api/text", "state", "api/sandbox", "api/webhook"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			allowed := map[string]bool{name: true}
			for _, own := range tc.own {
				allowed[own] = true
			}
			require.Contains(t, deps, module+"/"+name)
			for _, dep := range deps[module+"/"+name] {
				if own, ok := strings.CutPrefix(dep, module+"/"); ok {
					require.True(t, allowed[own], "%s imports %s", name, own)
				}
				for _, prefix := range charm {
					require.False(t, !tc.charm && strings.HasPrefix(dep, prefix), "%s knows Charm: %s", name, dep)
				}
			}
		})
	}
}
