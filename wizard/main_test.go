package wizard_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
	"telegent-setup/api/sandbox/sandboxtest"
	"telegent-setup/state"
	"telegent-setup/steps"
	"telegent-setup/wizard"
)

// TestMain runs the tests, or the wizard over a sandbox when this binary is
// started by a test that gives it a terminal.
func TestMain(m *testing.M) {
	if dir := os.Getenv("WIZARD_UNDER_TEST"); dir != "" {
		os.Exit(underTest(dir, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// underTest is a program around the wizard: a sandbox with the faults of its
// arguments, and a state file in dir.
func underTest(dir string, faults []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exit, err := runUnderTest(ctx, dir, faults)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	fmt.Printf("exit %d\n", exit)
	return exit
}

func runUnderTest(ctx context.Context, dir string, faults []string) (int, error) {
	service := sandbox.Options{Data: filepath.Join(dir, "state.json.sandbox")}
	if os.Getenv("WIZARD_AREAS") != "" {
		service.Areas, service.Many = true, 10_000
	}
	for _, name := range faults {
		f, err := sandbox.ParseFault(name)
		if err != nil {
			return 2, err
		}
		service.Faults = append(service.Faults, f)
	}
	box, err := sandbox.New(service)
	if err != nil {
		return 1, err
	}
	path := filepath.Join(dir, "state.json")
	store, err := state.Open(path)
	if err != nil {
		return 6, err
	}
	defer func() { _ = store.Close() }()
	const base = "http://127.0.0.1:8080/v1.0"
	file, err := steps.Resolve(path, store.File(), steps.Wanted{Sandbox: os.Getenv("WIZARD_LIVE") == "", BaseURL: base})
	if err != nil {
		return 6, err
	}
	u, err := api.ParseBaseURL(base)
	if err != nil {
		return 2, err
	}
	progress := &wizard.Progress{}
	runner := steps.New(steps.Config{
		Client: api.New(api.Options{BaseURL: u, UserAgent: "telegent-setup/test", Transport: sandboxtest.Transport{Handler: box}}),
		Store:  store, File: file, Observer: progress, Edition: steps.EditionFinder{Named: true},
	})
	options := wizard.Options{Runner: runner, Progress: progress}
	options.Terminal.Input, options.Terminal.Output, options.Terminal.Environ = os.Stdin, os.Stdout, os.Environ()
	exit, err := wizard.Run(ctx, options)
	fmt.Println(options.Farewell(exit))
	return exit, err
}
