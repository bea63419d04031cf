package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync/atomic"
	"time"
)

var sequence = regexp.MustCompile(`"n"\s*:\s*(\d+)`)

// sink is the receiver. It answers 200 to everything, or nothing at all, and counts what is of this run.
type sink struct {
	run      []byte
	expected int32
	// hits and arrivedAt (the arrival that made a message complete) go by sequence number.
	hits      []int32
	arrivedAt []int64

	delivered   atomic.Int64
	duplicates  atomic.Int64
	strays      atomic.Int64
	lastArrival atomic.Int64
	complete    chan struct{}
}

func newSink(run string, messages int, expected int32) *sink {
	return &sink{
		run:       []byte(run),
		expected:  expected,
		hits:      make([]int32, messages),
		arrivedAt: make([]int64, messages),
		complete:  make(chan struct{}),
	}
}

func (s *sink) listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	go http.Serve(listener, s)
	return nil
}

// ServeHTTP takes the time first: what it costs to read the body is the receiver's own.
func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := time.Now().UnixNano()
	delivery, _ := io.ReadAll(r.Body)
	s.count(delivery, now)
	if *hang {
		<-r.Context().Done()
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (s *sink) count(delivery []byte, now int64) {
	match := sequence.FindSubmatch(delivery)
	if match == nil || !bytes.Contains(delivery, s.run) {
		s.strays.Add(1)
		return
	}
	n, _ := strconv.Atoi(string(match[1]))
	hits := atomic.AddInt32(&s.hits[n], 1)
	if hits > s.expected {
		s.duplicates.Add(1)
		return
	}
	if hits == s.expected {
		atomic.StoreInt64(&s.arrivedAt[n], now)
	}
	s.lastArrival.Store(now)
	if s.delivered.Add(1) == int64(len(s.hits))*int64(s.expected) {
		close(s.complete)
	}
}

// latencies from each producer's request to the last expected delivery of its message.
func (s *sink) latencies(sentAt []int64) (complete []int64, incomplete int) {
	for n := range s.arrivedAt {
		arrived := atomic.LoadInt64(&s.arrivedAt[n])
		if arrived == 0 {
			incomplete++
			continue
		}
		complete = append(complete, arrived-sentAt[n])
	}
	return complete, incomplete
}
