// Reads operational webhooks from its input, a line each, as the published client's models: one of
// another shape, or with a word that they do not know, ends it with an error.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/svix/svix-webhooks/go/models"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if err := read(lines.Bytes()); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", lines.Text(), err)
			os.Exit(1)
		}
	}
	fmt.Println("all well")
}

func read(line []byte) error {
	var named struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(line, &named); err != nil {
		return err
	}
	event := modelOf(named.Type)
	if event == nil {
		return fmt.Errorf("an unknown type")
	}
	return json.Unmarshal(line, event)
}

func modelOf(name string) any {
	switch name {
	case "endpoint.created":
		return &models.EndpointCreatedEvent{}
	case "endpoint.updated":
		return &models.EndpointUpdatedEvent{}
	case "endpoint.deleted":
		return &models.EndpointDeletedEvent{}
	case "endpoint.enabled":
		return &models.EndpointEnabledEvent{}
	case "endpoint.disabled":
		return &models.EndpointDisabledEvent{}
	case "message.attempt.failing":
		return &models.MessageAttemptFailingEvent{}
	case "message.attempt.exhausted":
		return &models.MessageAttemptExhaustedEvent{}
	case "message.attempt.recovered":
		return &models.MessageAttemptRecoveredEvent{}
	case "background_task.finished":
		return &models.BackgroundTaskFinishedEvent{}
	}
	return nil
}
