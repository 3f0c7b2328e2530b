//go:build !windows

package terminal

import (
	"os"
	"syscall"
)

func continueProcess() { _ = syscall.Kill(os.Getpid(), syscall.SIGCONT) }
