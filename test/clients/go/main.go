// Drives the published client for Go against a Posthorn: SMOKE_URL, SMOKE_TOKEN.
//
// Its models have types of a fixed width: an answer of another shape fails where JavaScript would
// shrug.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/url"
	"os"
	"time"

	svix "github.com/svix/svix-webhooks/go"
	"github.com/svix/svix-webhooks/go/models"
	"github.com/svix/svix-webhooks/go/utils"
)

const waitMax = 90 * time.Second

type smoke struct {
	context.Context
	*svix.Svix
	receiver *receiver
	since    time.Time
}

func main() {
	receiver := startReceiver()
	s := smoke{context.Background(), client(os.Getenv("SMOKE_TOKEN")), receiver, time.Now().Add(-time.Hour)}
	app := s.applications()
	s.eventTypes()
	endpoint := s.endpoints(app)
	message := s.messages(app, endpoint)
	s.attempts(app, endpoint, message)
	s.portal(app)
	s.backgroundTasks(app, endpoint)
	s.refusals(app)
	done(s.Endpoint.Delete(s, app, endpoint))
	done(s.Application.Delete(s, app))
	done(s.Health.Get(s))
	fmt.Println("all well")
}

func client(token string) *svix.Svix {
	server := must(url.Parse(os.Getenv("SMOKE_URL")))
	return must(svix.New(token, &svix.SvixOptions{ServerUrl: server}))
}

func (s smoke) applications() string {
	in := models.ApplicationIn{Name: "Customer", Uid: to("go"), Metadata: to(map[string]string{"a": "b"})}
	app := must(s.Application.Create(s, in, nil))
	hold(must(s.Application.GetOrCreate(s, in, nil)).Id == app.Id, "is found again")
	hold(must(s.Application.Update(s, "go", in)).Name == "Customer", "is replaced")
	patch := models.ApplicationPatch{ThrottleRate: utils.NewNullable(uint16(100))}
	hold(*must(s.Application.Patch(s, app.Id, patch)).ThrottleRate == 100, "is patched")
	for _, name := range []string{"a", "b"} {
		must(s.Application.Create(s, models.ApplicationIn{Name: name}, nil))
	}
	listed := every(func(iterator *string) ([]models.ApplicationOut, bool, *string) {
		page := must(s.Application.List(s, &svix.ApplicationListOptions{Limit: to(uint64(2)), Iterator: iterator}))
		return page.Data, page.Done, page.Iterator
	})
	hold(len(listed) >= 3, "are listed")
	return app.Id
}

func (s smoke) eventTypes() {
	schemas := map[string]any{"1": map[string]any{"type": "object", "examples": []any{map[string]int{"total": 42}}}}
	in := models.EventTypeIn{Name: "order.paid", Description: "Paid", Schemas: &schemas}
	must(s.EventType.Create(s, in, nil))
	must(s.EventType.Create(s, models.EventTypeIn{Name: "order.sent", Description: "Sent"}, nil))
	must(s.EventType.Patch(s, "order.sent", models.EventTypePatch{Deprecated: to(true)}))
	hold(must(s.EventType.Get(s, "order.paid")).Schemas != nil, "has schemas")
	must(s.EventType.List(s, &svix.EventTypeListOptions{WithContent: to(true), IncludeArchived: to(true)}))
	done(s.EventType.Delete(s, "order.sent", nil))
}

func (s smoke) endpoints(app string) string {
	in := models.EndpointIn{Url: s.receiver.url, Uid: to("one"), FilterTypes: []string{"order.paid"}}
	endpoint := must(s.Endpoint.Create(s, app, in, nil))
	hold(len(endpoint.FilterTypes) == 1 && endpoint.Version > 0, "has what older clients want")
	must(s.Endpoint.Update(s, app, "one", models.EndpointUpdate{Url: s.receiver.url, Uid: to("one")}))
	must(s.Endpoint.Patch(s, app, endpoint.Id, models.EndpointPatch{Description: to("1st")}))
	must(s.Endpoint.Create(s, app, models.EndpointIn{Url: s.receiver.url, Disabled: to(true)}, nil))
	listed := every(func(iterator *string) ([]models.EndpointOut, bool, *string) {
		page := must(s.Endpoint.List(s, app, &svix.EndpointListOptions{Limit: to(uint64(1)), Iterator: iterator}))
		return page.Data, page.Done, page.Iterator
	})
	hold(len(listed) == 2, "are listed")
	headers := models.EndpointHeadersIn{Headers: map[string]string{"X-Tenant": "42"}}
	done(s.Endpoint.UpdateHeaders(s, app, endpoint.Id, headers))
	hold(must(s.Endpoint.GetHeaders(s, app, endpoint.Id)).Headers["X-Tenant"] == "42", "has headers")
	done(s.Endpoint.RotateSecret(s, app, endpoint.Id, models.EndpointSecretRotateIn{}, nil))
	return endpoint.Id
}

func (s smoke) messages(app, endpoint string) string {
	in := models.MessageIn{
		EventType: "order.paid",
		EventId:   to("evt-1"),
		Payload:   map[string]any{"total": 100, "note": "ü ✓"},
		Tags:      []string{"t"},
	}
	once := &svix.MessageCreateOptions{IdempotencyKey: to("go-once")}
	message := must(s.Message.Create(s, app, in, once))
	hold(must(s.Message.Create(s, app, in, once)).Id == message.Id, "is created once")

	arrived := s.receiver.next()
	webhook := must(svix.NewWebhook(must(s.Endpoint.GetSecret(s, app, endpoint)).Key))
	done(webhook.Verify(arrived.body, arrived.header))
	hold(webhook.Verify(append(arrived.body, ' '), arrived.header) != nil, "forged bodies are refused")

	hold(must(s.Message.Get(s, app, "evt-1", nil)).Id == message.Id, "is found by its eventId")
	must(s.Message.Create(s, app, models.MessageIn{EventType: "order.paid", Payload: map[string]any{}}, nil))
	listed := every(func(iterator *string) ([]models.MessageOut, bool, *string) {
		page := must(s.Message.List(s, app, &svix.MessageListOptions{Limit: to(uint64(1)), Iterator: iterator}))
		return page.Data, page.Done, page.Iterator
	})
	hold(len(listed) == 2, "are listed")
	hold(must(s.Message.Precheck(s, app, models.MessagePrecheckIn{EventType: "order.paid"}, nil)).Active, "is wanted")
	must(s.Endpoint.SendExample(s, app, endpoint, models.EventExampleIn{EventType: "order.paid"}, nil))
	return message.Id
}

func (s smoke) attempts(app, endpoint, message string) {
	var attempt models.MessageAttemptOut
	waitFor("the attempt", func() bool {
		options := &svix.MessageAttemptListByMsgOptions{WithContent: to(true)}
		page := must(s.MessageAttempt.ListByMsg(s, app, message, options))
		if len(page.Data) > 0 {
			attempt = page.Data[0]
		}
		return len(page.Data) > 0
	})
	hold(attempt.StatusText == "success" && attempt.ResponseStatusCode == 200, "has succeeded")
	must(s.MessageAttempt.Get(s, app, message, attempt.Id, nil))
	byEndpoint := &svix.MessageAttemptListByEndpointOptions{WithMsg: to(true), WithContent: to(true)}
	hold(must(s.MessageAttempt.ListByEndpoint(s, app, endpoint, byEndpoint)).Data[0].Msg != nil, "shows its message")
	hold(len(must(s.MessageAttempt.ListAttemptedMessages(s, app, endpoint, nil)).Data) > 0, "has messages")
	hold(len(must(s.MessageAttempt.ListAttemptedDestinations(s, app, message, nil)).Data) > 0, "has endpoints")
	must(s.MessageAttempt.Resend(s, app, message, endpoint, nil))
	hold(must(s.Endpoint.GetStats(s, app, endpoint, &svix.EndpointGetStatsOptions{Since: &s.since})).Success > 0, "is counted")
	done(s.MessageAttempt.ExpungeContent(s, app, message, attempt.Id))
	done(s.Message.ExpungeContent(s, app, message))
}

func (s smoke) portal(app string) {
	access := must(s.Authentication.AppPortalAccess(s, app, models.AppPortalAccessIn{}, nil))
	customer := client(access.Token)
	must(customer.Application.Get(s, app))
	done(customer.Authentication.Logout(s, nil))
	_, err := customer.Application.Get(s, app)
	refused(err, 401)
}

func (s smoke) backgroundTasks(app, endpoint string) {
	begun := []string{
		must(s.Endpoint.Recover(s, app, endpoint, models.RecoverIn{Since: s.since}, nil)).Id,
		must(s.Endpoint.ReplayMissing(s, app, endpoint, models.ReplayIn{Since: s.since}, nil)).Id,
		must(s.Statistics.AggregateAppStats(s, models.AppUsageStatsIn{Since: s.since, Until: time.Now()}, nil)).Id,
		must(s.Statistics.AggregateEventTypes(s)).Id,
	}
	for _, task := range begun {
		waitFor(task, func() bool {
			return must(s.BackgroundTask.Get(s, task)).Status == models.BACKGROUNDTASKSTATUS_FINISHED
		})
	}
	listed := every(func(iterator *string) ([]models.BackgroundTaskOut, bool, *string) {
		page := must(s.BackgroundTask.List(s, &svix.BackgroundTaskListOptions{Limit: to(uint64(2)), Iterator: iterator}))
		return page.Data, page.Done, page.Iterator
	})
	hold(len(listed) >= len(begun), "are listed")
}

func (s smoke) refusals(app string) {
	_, err := s.Endpoint.Get(s, app, "none")
	var missing struct{ Code, Detail string }
	done(json.Unmarshal(refused(err, 404), &missing))
	hold(missing.Code == "not_found" && missing.Detail != "", "says what is missing")
	_, err = s.Endpoint.Create(s, app, models.EndpointIn{Url: "ftp://a.example"}, nil)
	var invalid struct{ Detail []struct{ Loc []string } }
	done(json.Unmarshal(refused(err, 422), &invalid))
	hold(fmt.Sprint(invalid.Detail[0].Loc) == "[body url]", "says what is wrong where")
}

// refused returns the body of what was answered.
func refused(err error, status int) []byte {
	var refusal *svix.Error
	hold(errors.As(err, &refusal), fmt.Sprintf("is an error of the client: %v", err))
	hold(refusal.Status() == status, fmt.Sprintf("is refused with %d: %v", status, err))
	return refusal.Body()
}

// every returns the items of all pages.
func every[Item any](list func(iterator *string) ([]Item, bool, *string)) []Item {
	items, isDone, iterator := list(nil)
	for !isDone {
		var page []Item
		page, isDone, iterator = list(iterator)
		items = append(items, page...)
	}
	return items
}

func waitFor(what string, isSo func() bool) {
	for deadline := time.Now().Add(waitMax); !isSo(); time.Sleep(20 * time.Millisecond) {
		hold(time.Now().Before(deadline), "came: "+what)
	}
}

func to[Value any](value Value) *Value {
	return &value
}

func must[Value any](value Value, err error) Value {
	done(err)
	return value
}

func done(err error) {
	if err != nil {
		_ = log.Output(2, "failed")
		log.Panic(err)
	}
}

func hold(isSo bool, what string) {
	if !isSo {
		log.Panicf("does not hold: %s", what)
	}
}
