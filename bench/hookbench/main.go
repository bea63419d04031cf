// hookbench drives a webhook sender and measures it from outside: it is the producer and the
// receiver in one process, so that one clock tells how long a message took.
//
// It posts -n messages with -c connections to -url (in -body, {{n}} is the sequence number and
// {{run}} names the run), receives the deliveries on -sink, and prints one JSON line: rates,
// end-to-end latencies, duplicates, losses, and the CPU seconds and peak memory of -pids.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"time"
)

var (
	target   = flag.String("url", "", "URL to POST messages to")
	auth     = flag.String("auth", "", "Authorization header")
	body     = flag.String("body", `{"eventType":"order.completion","payload":{"run":"{{run}}","n":{{n}},"pad":"{{pad}}"}}`, "body template")
	padBytes = flag.Int("pad", 400, "bytes of padding in the payload")
	count    = flag.Int("n", 5000, "messages")
	conns    = flag.Int("c", 32, "concurrent producers")
	rate     = flag.Float64("rate", 0, "messages per second; 0 = closed loop, as fast as they are accepted")
	sinkAddr = flag.String("sink", "127.0.0.1:9900", "the receiver's listen address")
	hang     = flag.Bool("hang", false, "answer no delivery, ever")
	fanout   = flag.Int("fanout", 1, "deliveries expected of each message")
	wait     = flag.Duration("wait", 60*time.Second, "how long to wait for the last delivery after the last answer")
	settle   = flag.Duration("settle", time.Second, "how long to listen for duplicates after the last delivery")
	pids     = flag.String("pids", "", "processes to sum CPU and memory of, comma separated")
)

func main() {
	flag.Parse()
	run := fmt.Sprintf("r%d", time.Now().UnixNano())
	sink := newSink(run, *count, int32(*fanout))
	if err := sink.listen(*sinkAddr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sampler := startSampler(*pids)
	producers := produce(run)
	select {
	case <-sink.complete:
	case <-time.After(*wait):
	}
	usage := sampler.stop()
	time.Sleep(*settle)
	print(producers, sink, usage)
}

func print(p *producers, s *sink, u usage) {
	spread := time.Duration(s.lastArrival.Load() - p.startedAt.UnixNano())
	latencies, incomplete := s.latencies(p.sentAt)
	line, _ := json.Marshal(map[string]any{
		"messages": *count, "producers": *conns, "rate": *rate,
		"errors": p.errors.Load(), "incomplete": incomplete,
		"duplicates": s.duplicates.Load(), "strays": s.strays.Load(),
		"acceptedPerS":  rounded(float64(*count) / p.took.Seconds()),
		"deliveredPerS": rounded(float64(s.delivered.Load()) / spread.Seconds()),
		"answerMs":      percentiles(milliseconds(p.answeredIn)),
		"latencyMs":     percentiles(milliseconds(latencies)),
		"lateMs":        percentiles(milliseconds(p.late)),
		"wallS":         rounded(spread.Seconds()),
		"cpuS":          rounded(u.cpuS), "peakPssMb": u.peakPssMb, "peakRssMb": u.peakRssMb,
	})
	fmt.Println(string(line))
}

func milliseconds(durationsNs []int64) []float64 {
	out := make([]float64, len(durationsNs))
	for i, ns := range durationsNs {
		out[i] = float64(ns) / 1e6
	}
	return out
}

func percentiles(values []float64) map[string]float64 {
	if len(values) == 0 {
		return map[string]float64{"p50": 0, "p95": 0, "p99": 0, "max": 0}
	}
	slices.Sort(values)
	// Nearest rank: the smallest value that at least this share does not exceed.
	at := func(share float64) float64 {
		return rounded(values[max(0, int(math.Ceil(share*float64(len(values))))-1)])
	}
	return map[string]float64{"p50": at(.5), "p95": at(.95), "p99": at(.99), "max": at(1)}
}

// rounded keeps two decimals. JSON has no infinity, which a run without deliveries would give.
func rounded(f float64) float64 {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return 0
	}
	return math.Round(f*100) / 100
}
