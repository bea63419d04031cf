package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

type request struct {
	header http.Header
	body   []byte
}

// A receiver answers 200 to everything, and keeps what came.
type receiver struct {
	url      string
	requests chan request
}

func startReceiver() *receiver {
	requests := make(chan request, 100)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		requests <- request{r.Header, must(io.ReadAll(r.Body))}
	}))
	return &receiver{server.URL + "/", requests}
}

func (r *receiver) next() request {
	select {
	case arrived := <-r.requests:
		return arrived
	case <-time.After(waitMax):
		panic("no webhook arrived")
	}
}
