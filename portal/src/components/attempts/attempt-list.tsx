import { IconRefresh } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import type { MessageAttemptOut } from "../../api/schema.d.ts";
import { DiagnosisText } from "../diagnosis/diagnosis-text.tsx";
import { Opener } from "../opener.tsx";
import { Pill, StatusBadge } from "../status/status-badge.tsx";
import { RowMenu } from "../table/row-menu.tsx";
import { RelativeTime } from "../time/relative-time.tsx";
import { tookWords } from "../time/words.ts";
import { isByHand } from "./attempt-badge.tsx";
import { AttemptDetails } from "./attempt-details.tsx";
import classes from "./attempt-list.module.css";

type AttemptListProps = {
  /** Newest first. */
  readonly attempts: readonly MessageAttemptOut[];
  readonly label: string;
  /** undefined where it is not allowed. */
  readonly onResend: (() => void) | undefined;
  readonly requestBody: ReactNode;
  /** The id of one whose diagnosis stands above the list. */
  readonly diagnosedAbove?: string | undefined;
};

/** Attempts, each of which opens to all that is known of it. */
export function AttemptList({ attempts, label, ...others }: AttemptListProps) {
  return (
    <ul className={classes["list"]} aria-label={label}>
      {attempts.map((attempt) => (
        <AttemptRow key={attempt.id} attempt={attempt} {...others} />
      ))}
    </ul>
  );
}

type AttemptRowProps = Omit<AttemptListProps, "attempts" | "label"> & {
  readonly attempt: MessageAttemptOut;
};

function AttemptRow({ attempt, onResend, requestBody, diagnosedAbove }: AttemptRowProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={classes["attempt"]}>
      <div className={classes["row"]}>
        <Opener
          className={classes["opener"]}
          isOpen={isOpen}
          controls={id}
          onToggle={() => setOpen(!isOpen)}
        >
          <Outcome attempt={attempt} />
          <span className={classes["title"]}>
            <DiagnosisText attempt={attempt} isShort />
          </span>
        </Opener>
        <span className={classes["facts"]}>
          {isByHand(attempt) && <Pill tone="quiet">By hand</Pill>}
          <span className={classes["took"]}>{tookWords(attempt.responseDurationMs)}</span>
          <RelativeTime at={attempt.timestamp} />
        </span>
        <RowMenu
          of={`the attempt of ${attempt.timestamp}`}
          actions={
            onResend === undefined
              ? []
              : [{ label: "Resend", icon: IconRefresh, onClick: onResend }]
          }
        />
      </div>
      {isOpen && (
        <div id={id} className={classes["details"]}>
          <AttemptDetails
            attempt={attempt}
            requestBody={requestBody}
            isDiagnosisLeftOut={attempt.id === diagnosedAbove}
          />
        </div>
      )}
    </li>
  );
}

function Outcome({
  attempt: { statusText, responseStatusCode: code },
}: Pick<AttemptRowProps, "attempt">) {
  return (
    <StatusBadge
      status={statusText === "success" ? "success" : "fail"}
      label={code === 0 ? "No answer" : String(code)}
    />
  );
}
