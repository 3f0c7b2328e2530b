package steps

import "cmp"

// PromptAt is a prompt over the state of a runner, wherever that stands: what a run
// showed that is looked at again. failure is that of a failed or unknown step; what
// its record leaves out is filled in.
func (r *Runner) PromptAt(kind PromptKind, step string, failure *Failure) (Prompt, Facts) {
	if failure != nil {
		whole := *failure
		whole.FixStep, whole.FixLabel = cmp.Or(whole.FixStep, step), cmp.Or(whole.FixLabel, "Try again")
		failure = &whole
	}
	f := &Flow{r: r, at: position{kind: kind, step: step, failure: failure}}
	return f.Prompt(), f.Facts()
}
