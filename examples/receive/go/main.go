package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
)

const bodyBytesMax = 3 << 20

// For production: a table with the id as its key. It is the queue, too, and survives a restart.
var taken sync.Map

func main() {
	secret := os.Getenv("WEBHOOK_SECRET")
	if secret == "" {
		log.Fatal("WEBHOOK_SECRET is not set")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "9000"
	}
	http.HandleFunc("/webhooks", func(w http.ResponseWriter, r *http.Request) {
		receive(secret, w, r)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func receive(secret string, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyBytesMax))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if !isGenuine(secret, r.Header, body) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	id := header(r.Header, "id")
	if _, known := taken.LoadOrStore(id, true); !known {
		go handle(id, body)
	}
	w.WriteHeader(http.StatusNoContent)
}

func handle(id string, body []byte) {
	fmt.Printf("handled %s: %d bytes\n", id, len(body))
}
