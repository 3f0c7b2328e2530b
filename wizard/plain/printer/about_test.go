package printer

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: the command that a person is told to go on with can be pasted.
func TestCommandIsQuoted(t *testing.T) {
	require.Equal(t, "telegent-setup", Command("", false, ""))
	require.Equal(t, "telegent-setup --sandbox --state /tmp/a-b.json", Command("", true, "/tmp/a-b.json"))
	require.Equal(t, `telegent-setup export --state 'it'\''s here.json'`, Command("export", false, "it's here.json"))
	require.Equal(t, `telegent-setup --state '~x'`, Command("", false, "~x"))
	require.Equal(t, `telegent-setup --state '$HOME'`, Command("", false, "$HOME"))
}
