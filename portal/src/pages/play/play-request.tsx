import { Stack, Text } from "@mantine/core";
import { useId } from "react";
import type { PlayRequestOut } from "../../api/schema.d.ts";
import { JsonView } from "../../components/code/json-view.tsx";
import { HeaderList } from "../../components/http/header-list.tsx";
import { bytesWords } from "../../components/numbers.ts";
import { Opener } from "../../components/opener.tsx";
import { Pill } from "../../components/status/status-badge.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { tookWords } from "../../components/time/words.ts";
import classes from "./play.module.css";
import { SIGNATURES } from "./signatures.ts";

type PlayRequestProps = {
  readonly request: PlayRequestOut;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
};

export function PlayRequest({ request, isOpen, onToggle }: PlayRequestProps) {
  const id = useId();
  const { method, path, bodyBytes, answer, timestamp } = request;
  const { tone, label } = SIGNATURES[request.signature];
  return (
    <li>
      <div className={classes["row"]}>
        <Opener className={classes["opener"]} isOpen={isOpen} controls={id} onToggle={onToggle}>
          <span className={classes["method"]}>{method}</span>
          <Pill tone={tone}>{label}</Pill>
          <span className="mono">{path}</span>
        </Opener>
        <span className={classes["facts"]}>
          {answer !== null && <span>{answerWords(answer)}</span>}
          <span>{bytesWords(bodyBytes)}</span>
          <RelativeTime at={timestamp} />
        </span>
      </div>
      {isOpen && (
        <div id={id} className={classes["details"]}>
          <Details request={request} />
        </div>
      )}
    </li>
  );
}

function answerWords({ status, delayMs }: NonNullable<PlayRequestOut["answer"]>): string {
  // It may be yet to come, or nobody may have waited for it.
  return delayMs === 0 ? `answered ${status}` : `answer: ${status} after ${tookWords(delayMs)}`;
}

function Details({ request }: Pick<PlayRequestProps, "request">) {
  const { body, isBase64, headers, signature } = request;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {SIGNATURES[signature].advice}
      </Text>
      {body === "" ? (
        <Text size="sm" c="dimmed">
          It had no body.
        </Text>
      ) : (
        <JsonView
          text={body}
          what="the request's body"
          title={isBase64 ? "Body, which is no text: in base64" : "Body"}
          maxHeight={360}
        />
      )}
      <Stack gap="xs">
        <Text size="sm" fw={550}>
          Headers
        </Text>
        <HeaderList
          of="the request"
          headers={headers.map(([name = "", value = ""]) => [name, value] as const)}
        />
      </Stack>
    </Stack>
  );
}
