import { Loader, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { findMessage } from "../../api/messages.ts";
import { adviceOf } from "../../api/advice.ts";
import { usePortal } from "../../session/portal-context.tsx";

/** Leads to the message with an id, or with an event id. */
export function FindMessage() {
  const portal = usePortal();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const finding = useMutation({
    mutationFn: (id: string) => findMessage(portal, id),
    onSuccess: ({ id }) =>
      navigate({ to: "/portal/messages/$messageId", params: { messageId: id } }),
  });
  return (
    <form
      role="search"
      aria-label="A message by its id"
      onSubmit={(event) => {
        event.preventDefault();
        const id = text.trim();
        if (id !== "") finding.mutate(id);
      }}
    >
      <TextInput
        aria-label="Find a message by its id or event id"
        placeholder="Find a message by its id or event id, then press Enter"
        autoComplete="off"
        spellCheck={false}
        mb="sm"
        maw={520}
        leftSection={finding.isPending ? <Loader size={14} /> : <IconSearch size={15} />}
        value={text}
        error={finding.error === null ? undefined : wordsOf(finding.error)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          finding.reset();
        }}
      />
    </form>
  );
}

function wordsOf(error: Error): string {
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422);
  return isUnknown
    ? "No message has this id or event id. Message ids begin with msg_, and have to be whole."
    : adviceOf(error);
}
