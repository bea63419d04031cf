import { z } from "zod";
import { HTTP_ERROR_OUT, HTTP_VALIDATION_ERROR } from "../http/problem-schemas.ts";
import { NAME, uid } from "../input/fields.ts";
import { PAYLOAD } from "../messages/message-schemas.ts";

export const EVENTS_MAX = 500;

export const EVENT_IN = z
  .strictObject({
    event: NAME.describe("The event type's name"),
    data: PAYLOAD.describe("What it is about"),
    id: uid("msg").nullish().describe("Your id of it; a second one with it is refused"),
  })
  .meta({ id: "EventIn" });

export type EventIn = z.output<typeof EVENT_IN>;

const ITEM = z
  .unknown()
  .meta({ description: "Each as an EventIn; what is wrong with one stops no other" });

/** Of many each is checked by itself, so that one that is wrong does not keep the others. */
export const EVENTS_IN = z
  .union([EVENT_IN, z.array(ITEM).min(1).max(EVENTS_MAX)], {
    error: "Input should be an event, {event, data, id?}, or a list of events",
  })
  .meta({ id: "EventOrEventsIn" });

export const EVENT_OUT = z
  .object({
    id: z.string().describe("The id that you gave it, else the message's"),
    messageId: z.string().describe("What the log and the portal know it by"),
    event: z.string(),
    acceptedAt: z.iso.datetime(),
    warning: z
      .string()
      .nullable()
      .describe("What it does not have as the event type's schema says, where that is warned of"),
  })
  .meta({ id: "EventOut" });

export type EventOut = z.output<typeof EVENT_OUT>;

const ACCEPTED_ITEM = z.object({ index: z.int(), status: z.literal(202), event: EVENT_OUT });

const REFUSED_ITEM = z.object({
  index: z.int(),
  status: z.int().describe("As if it had been sent alone: 409, 422"),
  error: z.union([HTTP_ERROR_OUT, HTTP_VALIDATION_ERROR]),
});

export const EVENTS_OUT = z
  .object({
    accepted: z.int(),
    refused: z.int(),
    results: z.array(z.union([ACCEPTED_ITEM, REFUSED_ITEM])).describe("In the order of the events"),
  })
  .meta({ id: "EventsOut" });

export type EventResult = z.output<typeof EVENTS_OUT>["results"][number];

export const PUBLISHED_OUT = z.union([EVENT_OUT, EVENTS_OUT]).meta({ id: "PublishedOut" });
