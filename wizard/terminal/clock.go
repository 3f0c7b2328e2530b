package terminal

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The library looks for a new frame at every tick of one clock, 120 times a
// second, changed or not.
const (
	atOnce    = time.Millisecond       // Between ticks while frames are made.
	slower    = 20 * time.Millisecond  // Between ticks soon after: a busy machine may have missed all the first ones.
	atRest    = 250 * time.Millisecond // Between ticks while none are.
	idleAfter = 2                      // How many ticks without a new frame come before the next pace.
)

// Clock lets the program's own clock run fast when there is a frame to draw, so
// that a key is seen at once, and rest when there is none. It never stands
// still: what a slow terminal held up is drawn at the next tick of a resting
// clock.
type Clock struct {
	program *tea.Program

	mu     sync.Mutex
	ticker *time.Ticker // Nil until the program runs, or where it cannot be had.
	sleep  *time.Timer
	last   time.Time     // When a frame was made.
	pace   time.Duration // Between ticks now.
}

// Made says that there is a frame to draw; it is called where the program's
// loop runs.
func (c *Clock) Made() {
	if c.program == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ticker == nil {
		if c.ticker = tickerOf(c.program); c.ticker == nil {
			return
		}
		c.sleep = time.AfterFunc(idleAfter*atOnce, c.slow)
	}
	c.last = time.Now()
	if c.pace != atOnce {
		c.setPace(atOnce)
	}
}

// run runs a program until it quits.
func (c *Clock) run(p *tea.Program) error {
	c.program = p
	_, err := p.Run()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sleep != nil {
		c.sleep.Stop()
	}
	return err
}

// slow slows the clock when no frame was made for a while.
func (c *Clock) slow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if left := idleAfter*c.pace - time.Since(c.last); left > 0 {
		c.sleep.Reset(left)
		return
	}
	if c.pace == atOnce {
		c.setPace(slower)
		return
	}
	c.setPace(atRest)
	c.sleep.Stop()
}

func (c *Clock) setPace(pace time.Duration) {
	c.pace = pace
	c.ticker.Reset(pace)
	c.sleep.Reset(idleAfter * pace)
}

// tickerOf is the clock of a program that runs. The library has no way to set
// it then, so its field is looked up by name. It is worth it: a key is seen in
// less than half the time, and at rest the program works a tenth of what it
// would (BenchmarkKey). If a later version removes the field, the clock stays
// as the library sets it, and TestTheClockIsFound fails.
func tickerOf(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(field.UnsafePointer())
}
