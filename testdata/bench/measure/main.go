// Measure runs a command and prints what it cost, as JSON. It is a small
// process of its own because a child inherits the peak of memory of whoever
// starts it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := cmd.ProcessState
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"wall": wall.Nanoseconds(),
		"cpu":  (s.UserTime() + s.SystemTime()).Nanoseconds(),
		"rss":  int64(s.SysUsage().(*syscall.Rusage).Maxrss),
	})
}
