// Package recording shows recorded runs on the screens of the wizard, read-only: the
// prompts that the person saw, and the calls behind them. Nothing is sent, and no
// file is touched.
//
// It may import the other rooms of the wizard, steps, steps/report, state and api.
package recording
