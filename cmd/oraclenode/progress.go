package main

import (
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progressStep is by how many units a bar moves at least: readers report far more often than eyes can follow.
const progressStep = 1 << 20

// progress shows one bar at a time on a terminal, and nothing elsewhere. Its methods may be called by several goroutines.
type progress struct {
	mutex sync.Mutex
	bars  *mpb.Progress // nil when there is no terminal
	bar   *mpb.Bar
	name  string
	shown uint64
}

func newProgress(env environment) *progress {
	if !env.terminal {
		return &progress{}
	}
	return &progress{bars: mpb.New(mpb.WithOutput(env.errOut), mpb.WithAutoRefresh(), mpb.WithRefreshRate(150*time.Millisecond))}
}

// bytes moves the bar of that name to done of total bytes; 0: it is not known how many there will be. A new name replaces the bar.
func (p *progress) bytes(name string, done, total uint64) {
	if p.bars == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar == nil || p.name != name {
		p.clear()
		p.name, p.shown = name, 0
		p.bar = p.bars.AddBar(int64(total), mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(name+"  ")),
			mpb.AppendDecorators(decor.CountersKibiByte("% .1f / % .1f"), decor.AverageSpeed(decor.SizeB1024(0), "  % .1f"), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncSpace)))
	}
	if done < p.shown || done >= p.shown+progressStep { // less than before: a second pass
		p.shown = done
		p.bar.SetCurrent(int64(done))
	}
}

// steps moves the bar of that name to done of total. A new name replaces the bar.
func (p *progress) steps(name string, done, total uint64) {
	if p.bars == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar == nil || p.name != name {
		p.clear()
		p.name = name
		p.bar = p.bars.AddBar(int64(total), mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(name+"  ")), mpb.AppendDecorators(decor.CountersNoUnit("%d / %d")))
	}
	p.bar.SetTotal(int64(total), false)
	p.bar.SetCurrent(int64(done))
}

func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bar.Wait()
		p.bar = nil
	}
}

// end takes the bar off the terminal, whatever it had come to.
func (p *progress) end() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bars != nil {
		p.clear()
		p.bars.Wait()
		p.bars = nil
	}
}

// above is where other lines are written while a bar is shown.
func (p *progress) above(plain io.Writer) io.Writer {
	if p.bars == nil {
		return plain
	}
	return p.bars
}
