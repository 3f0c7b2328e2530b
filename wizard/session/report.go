package session

import (
	"time"

	"telegent-setup/api"
	"telegent-setup/steps"
	"telegent-setup/steps/answers"
	"telegent-setup/steps/report"
)

// Report makes a report of the setup, without its lock. What the environment
// gives as a secret is redacted wherever it stands. The error is one of
// report.FromFile.
func (o Options) Report(created time.Time) (path string, made report.Report, err error) {
	if path, err = o.Path(); err != nil {
		return path, made, err
	}
	redactor := &api.Redactor{}
	for _, edition := range []api.Edition{api.Edition2025, api.Edition2026} {
		given := steps.NewGiven()
		answers.Environment(given, edition, o.Getenv)
		for _, secret := range given.Secrets {
			redactor.Add(secret)
		}
	}
	made, err = report.FromFile(path, report.Options{Version: o.Version, Created: created, Redactor: redactor})
	if err == nil {
		err = known(path, made.State)
	}
	return path, made, err
}
