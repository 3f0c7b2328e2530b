package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Rule: the command that a person is told to go on with can be pasted.
func TestCommandIsQuoted(t *testing.T) {
	require.Equal(t, "telegent-setup", Line("", false, ""))
	require.Equal(t, "telegent-setup --sandbox --state /tmp/a-b.json", Line("", true, "/tmp/a-b.json"))
	require.Equal(t, `telegent-setup export --state 'it'\''s here.json'`, Line("export", false, "it's here.json"))
	require.Equal(t, `telegent-setup --state '~x'`, Line("", false, "~x"))
	require.Equal(t, `telegent-setup --state '$HOME'`, Line("", false, "$HOME"))
}
