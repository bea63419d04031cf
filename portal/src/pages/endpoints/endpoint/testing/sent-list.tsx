import { Stack, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Waiting } from "./waiting.tsx";
import { SentMessage } from "./sent-message.tsx";
import classes from "./testing.module.css";
import type { Sent } from "./use-send.ts";

type SentListProps = { readonly sent: readonly Sent[]; readonly isSending: boolean };

/** What was sent from here, newest first. */
export function SentList({ sent, isSending }: SentListProps) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isSending) list.current?.scrollIntoView({ block: "nearest" });
  }, [isSending]);
  if (sent.length === 0 && !isSending) return null;
  return (
    <section aria-labelledby="sent" ref={list}>
      <Title order={2} size="h3" id="sent" mb="sm">
        What became of it
      </Title>
      <Stack gap="md" role="status">
        {isSending && (
          <div className={classes["card"]}>
            <Waiting>Sending…</Waiting>
          </div>
        )}
        {sent.map((one) => (
          <SentMessage key={one.messageId} sent={one} />
        ))}
      </Stack>
    </section>
  );
}
