package display

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/wizard/widget"
)

// footer shows the keys that work now, in the order in which a screen names them,
// as many as fit. Help and the way out are always among them.
func footer(st *widget.Styles, keys []key.Binding, more string, w int) string {
	choose := wideKeys
	if w < 60 {
		choose = narrowKeys
	}
	var parts []string
	for _, h := range choose(keys, more, w-2) {
		text := st.Strong.Render(h.Key)
		if h.Desc != "" {
			text += " " + st.Faint.Render(h.Desc)
		}
		parts = append(parts, text)
	}
	return widget.Truncate(" "+strings.Join(parts, st.Faint.Render(" · ")), w)
}

// wideKeys are the keys for a footer of w cells.
func wideKeys(keys []key.Binding, more string, w int) []key.Help {
	tail := []key.Help{widget.KeyHelp.Help(), widget.KeyQuit.Help()}
	if more != "" {
		tail = append([]key.Help{{Key: more, Desc: "more"}}, tail...)
	}
	room := w - total(tail)
	var all []key.Help
	for _, k := range keys {
		if room -= width(k.Help()); room < 0 {
			break
		}
		all = append(all, k.Help())
	}
	return append(all, tail...)
}

// narrowKeys are the keys for a narrow footer of w cells: what Enter does comes first,
// and is shortened rather than left out; then how to get back, to the rest and to
// help.
func narrowKeys(keys []key.Binding, more string, w int) []key.Help {
	var enter, others, tail []key.Help
	for _, k := range keys {
		h := k.Help()
		switch {
		case h.Key == widget.KeyEnter.Help().Key:
			enter = append(enter, h)
		case h.Key == widget.KeyBack.Help().Key:
			h.Desc, _, _ = strings.Cut(strings.ReplaceAll(h.Desc, ",", ""), " ")
			tail = append(tail, h)
		default:
			others = append(others, h)
		}
	}
	if names := strings.Fields(more); len(names) > 0 {
		tail = append(tail, key.Help{Key: names[len(names)-1]})
	}
	tail = append(tail, key.Help{Key: widget.KeyHelp.Help().Key})
	room := w + 2 - total(tail) // The first has no dot before it.
	for i, h := range enter {
		enter[i].Desc = widget.Truncate(h.Desc, room-len(h.Key)-4)
		room -= width(enter[i])
	}
	for _, h := range others {
		if width(h) <= room {
			enter, room = append(enter, h), room-width(h)
		}
	}
	return slices.Concat(enter, tail)
}

// width is the room that a key takes in the footer, with the dot before it.
func width(h key.Help) int { return ansi.StringWidth(strings.TrimRight(h.Key+" "+h.Desc, " ")) + 3 }

// total is the room that keys take together.
func total(keys []key.Help) int {
	n := 0
	for _, h := range keys {
		n += width(h)
	}
	return n
}
