package session

import (
	"time"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
)

// Report makes a report of the setup, without its lock. What the environment
// gives as a secret is redacted wherever it stands. The error is one of
// steps.ReportOn.
func (o Options) Report(created time.Time) (path string, report steps.Report, err error) {
	if path, err = o.Path(); err != nil {
		return path, report, err
	}
	redactor := &api.Redactor{}
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		given := answers.NewGiven()
		given.Environment(edition, o.Getenv)
		for _, secret := range given.Secrets {
			redactor.Add(secret)
		}
	}
	report, err = steps.ReportOn(path, steps.ReportOptions{Version: o.Version, Created: created, Redactor: redactor})
	return path, report, err
}
