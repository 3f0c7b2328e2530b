package screen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/wizard/widget"
)

// call shows a call as it would be sent, or as it was sent and answered. Its text
// comes redacted from the runner.
type call struct {
	reading
	intro string
	parts []Part
	width int    // Of the widest line.
	mark  string // The member of the body that is marked; may be empty.
}

// Part is a block of text with a heading.
type Part struct{ Heading, Text string }

// newCall shows parts, which are copied as a whole.
func newCall(head head, intro, what string, parts ...Part) *call {
	var all []string
	width := 0
	for _, p := range parts {
		all = append(all, strings.TrimSpace(p.Heading+"\n"+p.Text))
		width = max(width, ansi.StringWidth(p.Heading), lipgloss.Width(p.Text))
	}
	copied := func() Copied { return Copied{strings.Join(all, "\n\n"), what} }
	return &call{reading: reading{head, copied}, intro: intro, parts: parts, width: width}
}

// NewPreview shows the call of a step before it is sent, with a member of the body marked;
// mark may be empty.
func NewPreview(c *Context, step *steps.Step, edits steps.Answers, mark string) Screen {
	const intro = "The call of this step as a cURL command. Secrets appear as shell variables; " +
		"a copy begins with the command that gets the token."
	shown := newCall(c.headOf(step, "The request of this step"), intro, "", Part{"The request", c.Preview(step.ID, edits)})
	shown.mark = mark
	shown.copied = func() Copied { return Copied{c.Runnable(step.ID, edits), "The request"} }
	return shown
}

// NewExchange shows the call of a prompt and its answer.
func NewExchange(c *Context, p steps.Prompt) Screen {
	return newCall(c.headOf(p.Step, "Request and answer"), "Secrets are redacted: this can be shown to support.",
		"The request and its answer", Parts(*p.Exchange)...)
}

// NewCalls shows several calls of a step by their parts.
func NewCalls(c *Context, step *steps.Step, n int, parts ...Part) Screen {
	title := widget.Plural(n, "call") + " of this step"
	return newCall(c.headOf(step, title), "As they were recorded: secrets were redacted then.", "The calls", parts...)
}

// Parts are the request and the answer of a call.
func Parts(x api.Exchange) []Part {
	answer := x.Answer
	if x.Error != "" {
		answer = strings.TrimSpace(x.Error + "\n" + answer)
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, []byte(answer), "", "  ") == nil {
		answer = pretty.String()
	}
	if answer == "" {
		answer = "(empty)"
	}
	heading := "No answer"
	if x.Status != 0 {
		heading = fmt.Sprintf("The answer: HTTP %d", x.Status)
	}
	return []Part{{"The request", x.Curl}, {heading, answer}}
}

func (c *call) View(w, h int) *widget.Page {
	p := c.page(w, h)
	p.Paragraph(p.Faint, c.intro)
	p.Add(c.Aside(w)...)
	return p
}

func (c *call) AsideWidth() int { return c.width }

// Aside draws the parts in w cells.
func (c *call) Aside(w int) []string {
	p := c.context.Styles.Blank(w)
	for _, part := range c.parts {
		p.Truncated(p.Strong, part.Heading)
		for line := range strings.SplitSeq(part.Text, "\n") {
			c.line(p, line, w)
		}
		p.Add("")
	}
	return p.Lines
}

// line draws one line of a command or of JSON: the names of members in their own
// colour, and the one that is marked with a sign. The backslash that goes on to the next
// line stays with what it follows.
func (c *call) line(p *widget.Page, line string, w int) {
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	name, value, member := strings.Cut(text, `":`)
	member = member && strings.HasPrefix(name, `"`)
	command, goesOn := strings.CutSuffix(line, ` \`)
	switch {
	case member && len(widget.Wrap(line, w)) == 1:
		role, rest := p.Accent, p.Text
		if c.mark != "" && name[1:] == c.mark {
			role, rest = p.Selected, p.Strong
			if len(indent) > 1 {
				indent = p.Accent.Render("▸") + indent[1:]
			}
		}
		p.Add(indent + role.Render(name+`":`) + rest.Render(value))
	case goesOn && !member:
		lines := widget.Wrap(command, w-2)
		for i, l := range lines {
			if i == len(lines)-1 {
				l += ` \`
			}
			p.Add(p.Accent.Render(l))
		}
	default:
		p.Wrapped(p.Accent, line)
	}
}
