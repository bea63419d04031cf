import { Alert, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { attemptHeadersQuery } from "../../api/attempts.ts";
import type { MessageAttemptOut } from "../../api/schema.d.ts";
import { usePortal } from "../../session/portal-context.tsx";
import { JsonView } from "../code/json-view.tsx";
import { DiagnosisText } from "../diagnosis/diagnosis-text.tsx";
import { ErrorState } from "../error-state.tsx";
import { HeaderList } from "../http/header-list.tsx";
import { Loading } from "../loading.tsx";

type AttemptDetailsProps = {
  readonly attempt: MessageAttemptOut;
  /** What was sent, where the page has it. */
  readonly requestBody?: ReactNode;
  /** Where the page says already what it means. */
  readonly isDiagnosisLeftOut?: boolean;
};

type Side = "response" | "request";

const EXPUNGED = "EXPUNGED";

/** All that is known of one attempt: what to do about it, what came back, and what was sent. */
export function AttemptDetails(props: AttemptDetailsProps) {
  const { attempt, requestBody, isDiagnosisLeftOut } = props;
  const [side, setSide] = useState<Side>("response");
  const { data, error, refetch } = useQuery(
    attemptHeadersQuery(usePortal(), { messageId: attempt.msgId, attemptId: attempt.id }),
  );
  return (
    <Stack gap="md">
      {attempt.statusText !== "success" && isDiagnosisLeftOut !== true && (
        <Alert color="yellow" icon={<IconBulb size={18} />} p="sm">
          <DiagnosisText attempt={attempt} />
        </Alert>
      )}
      <SegmentedControl<Side>
        size="xs"
        aria-label="What is shown of the attempt"
        value={side}
        onChange={setSide}
        data={[
          { value: "response", label: "Response" },
          { value: "request", label: "Request" },
        ]}
        style={{ alignSelf: "flex-start" }}
      />
      {side === "response" ? <ResponseBody attempt={attempt} /> : requestBody}
      {error !== null && (
        <ErrorState
          title="The headers could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && data === undefined && <Loading what="the headers" lines={3} />}
      {data !== undefined && (
        <Stack gap="xs">
          <Text size="sm" fw={550}>
            {side === "response" ? "Response headers" : "Request headers"}
          </Text>
          <HeaderList
            of={`the ${side}`}
            headers={
              side === "response"
                ? data.responseHeaders.map(([name = "", value = ""]) => [name, value] as const)
                : Object.entries(data.sentHeaders)
            }
            hidden={data.sensitive.filter((name) => isSent(name) === (side === "request"))}
          />
        </Stack>
      )}
    </Stack>
  );
}

/** The names of what is not shown do not say whether it was sent or received; cookies are. */
function isSent(name: string): boolean {
  return !/^set-cookie/i.test(name);
}

function ResponseBody({ attempt }: Pick<AttemptDetailsProps, "attempt">) {
  const { responseStatusCode: status, response } = attempt;
  if (status === 0) {
    return (
      <Text size="sm" c="dimmed">
        There was no response: <span className="mono">{response}</span>
      </Text>
    );
  }
  if (response === "" || response === EXPUNGED) {
    return (
      <Text size="sm" c="dimmed">
        {response === "" ? "The response had no body." : "The response’s body was deleted."}
      </Text>
    );
  }
  return (
    <JsonView text={response} what="the response's body" title="Response body" maxHeight={260} />
  );
}
