package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	sampleEvery = 500 * time.Millisecond
	// ticksPerSecond is USER_HZ, which Linux fixes for what /proc shows.
	ticksPerSecond = 100
)

// usage of the measured processes, all together. PSS counts a page that processes share once.
type usage struct {
	cpuS      float64
	peakPssMb int64
	peakRssMb int64
}

type sampler struct {
	pids     []string
	cpuFirst float64
	ended    chan struct{}
	peak     chan usage
}

func startSampler(list string) *sampler {
	s := &sampler{ended: make(chan struct{}), peak: make(chan usage)}
	if list != "" {
		s.pids = strings.Split(list, ",")
	}
	s.cpuFirst = s.cpuSeconds()
	go s.sample()
	return s
}

func (s *sampler) stop() usage {
	close(s.ended)
	peak := <-s.peak
	peak.cpuS = s.cpuSeconds() - s.cpuFirst
	return peak
}

func (s *sampler) sample() {
	var peak usage
	for {
		select {
		case <-s.ended:
			s.peak <- peak
			return
		case <-time.After(sampleEvery):
			pss, rss := s.memoryMb()
			peak.peakPssMb = max(peak.peakPssMb, pss)
			peak.peakRssMb = max(peak.peakRssMb, rss)
		}
	}
}

func (s *sampler) cpuSeconds() float64 {
	var ticks int
	for _, pid := range s.pids {
		stat := s.read(pid, "stat")
		// The name, in parentheses, may contain anything; user and system time are 12 fields after it.
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		ticks += user + system
	}
	return float64(ticks) / ticksPerSecond
}

func (s *sampler) memoryMb() (pss, rss int64) {
	for _, pid := range s.pids {
		for line := range strings.Lines(string(s.read(pid, "smaps_rollup"))) {
			fields := strings.Fields(line)
			switch fields[0] {
			case "Pss:":
				pss += kilobytes(fields[1])
			case "Rss:":
				rss += kilobytes(fields[1])
			}
		}
	}
	return pss >> 10, rss >> 10
}

// read ends the run if a process is gone: figures without it would be wrong.
func (s *sampler) read(pid, file string) []byte {
	content, err := os.ReadFile("/proc/" + pid + "/" + file)
	if err != nil {
		fmt.Fprintln(os.Stderr, "a measured process is gone:", err)
		os.Exit(1)
	}
	return content
}

func kilobytes(text string) int64 {
	value, _ := strconv.ParseInt(text, 10, 64)
	return value
}
