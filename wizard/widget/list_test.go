package widget

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

// Rule: a filter finds the rows that hold all of it, by digits where they are numbers,
// letters as on a keypad; ^ and $ are the beginning and the end of a row.
func TestFilter(t *testing.T) {
	numbers := []string{"+1 801 555 0100", "+1 310 555 1234", "+1 807 499 2555", "+44 20 7946 0958"}
	areas := []string{"801         84101       NGP-1", "310         90210       NGP-2", "212         10001       NGP-10"}
	for _, c := range []struct {
		rows    []string
		numbers bool
		filter  string
		want    []int
	}{
		{numbers, true, "", []int{0, 1, 2, 3}},
		{numbers, true, "801", []int{0}},
		{numbers, true, "+1 (801) 555", []int{0}},
		{numbers, true, "^180", []int{0, 2}},
		{numbers, true, "^80", nil},
		{numbers, true, "34$", []int{1}},
		{numbers, true, "^13105551234$", []int{1}},
		{numbers, true, "^1310555$", nil},
		{numbers, true, "7GWYALL", []int{2}},
		{numbers, true, "74992", []int{2}},
		{numbers, true, "PIZZA", []int{2}},
		{numbers, true, "pizza", []int{2}},
		{areas, false, "ngp-1", []int{0, 2}},
		{areas, false, "NGP-1$", []int{0}},
		{areas, false, "^8 84", []int{0}},
		{areas, false, "21 ngp", []int{1, 2}},
		{areas, false, "nowhere", nil},
	} {
		t.Run(c.filter, func(t *testing.T) {
			l := NewList(c.rows, c.numbers, 0)
			l.narrow(c.filter)
			require.Equal(t, len(c.want), len(l.match))
			for i, row := range c.want {
				require.Equal(t, row, l.match[i])
			}
		})
	}
}

// Rule: what a filter found is marked in the row, also where the row has spaces that
// the filter has not.
func TestMatchesAreMarked(t *testing.T) {
	st := NewStyles(true, colorprofile.TrueColor)
	for filter, want := range map[string]string{
		"0155": "+1 8[01 55]5 0100", "5550": "+1 801 [555 0]100", "^1": "+[1] 801 555 0100", "00$": "+1 801 555 01[00]", "JKL": "+1 801 [555] 0100",
	} {
		l := NewList([]string{"+1 801 555 0100"}, true, 0)
		l.narrow(filter)
		marked := l.marked(l.rows[0], l.terms(), Role{}, Role{"[", "]"})
		require.Equal(t, want, marked)
		require.Equal(t, "▸ +1 801 555 0100", ansi.Strip(l.View(st, 40, 3)[0]))
	}
}

// Rule: the cursor stays on its row when the filter changes, as long as it is left,
// moves by rows and pages, and stops at both ends.
func TestMoving(t *testing.T) {
	var rows []string
	for i := range 100 {
		rows = append(rows, fmt.Sprintf("row %02d", i))
	}
	l := NewList(rows, false, 0)
	l.View(NewStyles(true, colorprofile.TrueColor), 40, 10)
	for _, move := range []struct {
		key  tea.KeyPressMsg
		want int
	}{
		{tea.KeyPressMsg{Code: tea.KeyUp}, 0}, {tea.KeyPressMsg{Code: tea.KeyDown}, 1}, {tea.KeyPressMsg{Code: 'n', Mod: tea.ModCtrl}, 2},
		{tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl}, 1}, {tea.KeyPressMsg{Code: tea.KeyPgDown}, 11}, {tea.KeyPressMsg{Code: tea.KeyPgUp}, 1},
		{tea.KeyPressMsg{Code: tea.KeyEnd}, 99}, {tea.KeyPressMsg{Code: tea.KeyDown}, 99}, {tea.KeyPressMsg{Code: '9', Text: "9"}, 99},
		{tea.KeyPressMsg{Code: tea.KeyUp}, 98}, {tea.KeyPressMsg{Code: tea.KeyEscape}, 98}, {tea.KeyPressMsg{Code: tea.KeyHome}, 0},
	} {
		require.True(t, l.Update(move.key), move.key.String())
		row, ok := l.Row()
		require.True(t, ok)
		require.Equal(t, move.want, row, move.key.String())
	}
	require.False(t, l.Update(tea.KeyPressMsg{Code: tea.KeyPgUp}), "at the beginning the page is turned")
}
