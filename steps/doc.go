// Package steps holds the eight quickstart steps as data, and the Runner that
// carries them out. A step says what the person sees, what is asked, what is
// sent, what is saved and what helps when it fails; the runner alone sends.
// What a face may show or say comes from here, so that every face says the same.
//
// It may import api, api/text and state, and knows nothing of Charm or of any terminal, nor
// of the answers file (steps/answers) and of reports (steps/report): those
// packages import it.
package steps
