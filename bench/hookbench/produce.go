package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// shownErrors of the first failures go to stderr; the rest are counted.
const shownErrors = 3

// producers holds what -c concurrent producers saw, by sequence number.
type producers struct {
	startedAt  time.Time
	took       time.Duration
	errors     atomic.Int64
	sentAt     []int64
	answeredIn []int64
	// late: by how much a request left after it was due, at a steady rate.
	late []int64
}

// produce sends all messages and returns when the last is answered.
func produce(run string) *producers {
	p := &producers{
		sentAt:     make([]int64, *count),
		answeredIn: make([]int64, *count),
		late:       make([]int64, *count),
	}
	transport := &http.Transport{MaxIdleConnsPerHost: *conns, MaxConnsPerHost: *conns}
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	filled := strings.NewReplacer("{{run}}", run, "{{pad}}", strings.Repeat("x", *padBytes)).Replace(*body)

	var next atomic.Int64
	var wg sync.WaitGroup
	p.startedAt = time.Now()
	for range *conns {
		wg.Go(func() {
			for n := int(next.Add(1) - 1); n < *count; n = int(next.Add(1) - 1) {
				p.waitUntilDue(n)
				p.send(client, n, strings.ReplaceAll(filled, "{{n}}", strconv.Itoa(n)))
			}
		})
	}
	wg.Wait()
	p.took = time.Since(p.startedAt)
	return p
}

func (p *producers) waitUntilDue(n int) {
	if *rate <= 0 {
		return
	}
	due := p.startedAt.Add(time.Duration(float64(n) / *rate * 1e9))
	time.Sleep(time.Until(due))
	p.late[n] = max(0, int64(time.Since(due)))
}

func (p *producers) send(client *http.Client, n int, message string) {
	request, err := http.NewRequest("POST", *target, strings.NewReader(message))
	if err != nil {
		p.fail(err.Error())
		return
	}
	request.Header.Set("content-type", "application/json")
	if *auth != "" {
		request.Header.Set("authorization", *auth)
	}
	began := time.Now()
	atomic.StoreInt64(&p.sentAt[n], began.UnixNano())
	response, err := client.Do(request)
	if err != nil {
		p.fail(err.Error())
		return
	}
	answer, err := io.ReadAll(response.Body)
	response.Body.Close()
	p.answeredIn[n] = int64(time.Since(began))
	if err != nil || response.StatusCode >= 300 {
		p.fail(fmt.Sprint(response.StatusCode, " ", string(answer), " ", err))
	}
}

func (p *producers) fail(why string) {
	if p.errors.Add(1) <= shownErrors {
		fmt.Fprintln(os.Stderr, why)
	}
}
