import { Alert, Button } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useId, useState } from "react";
import { listAttempts } from "../../../api/attempts.ts";
import type { DeliveryOut, MessageOut } from "../../../api/schema.d.ts";
import { AttemptList } from "../../../components/attempts/attempt-list.tsx";
import { DiagnosisText } from "../../../components/diagnosis/diagnosis-text.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { Opener } from "../../../components/opener.tsx";
import { usePages } from "../../../components/table/use-pages.ts";
import { usePortal } from "../../../session/portal-context.tsx";
import classes from "./message.module.css";
import { SentBody } from "./sent-body.tsx";

type DeliveryAttemptsProps = {
  readonly message: MessageOut;
  readonly delivery: DeliveryOut;
  readonly isOpen: boolean;
  readonly onResend: (() => void) | undefined;
};

export function DeliveryAttempts({ isOpen: isOpenFirst, ...shown }: DeliveryAttemptsProps) {
  const [isOpen, setOpen] = useState(isOpenFirst);
  const id = useId();
  return (
    <div className={classes["attempts"]}>
      <Opener
        className={classes["opener"]}
        isOpen={isOpen}
        controls={id}
        onToggle={() => setOpen(!isOpen)}
      >
        Attempts
      </Opener>
      {isOpen && (
        <div id={id}>
          <Attempts {...shown} />
        </div>
      )}
    </div>
  );
}

function Attempts({ message, delivery, onResend }: Omit<DeliveryAttemptsProps, "isOpen">) {
  const portal = usePortal();
  const { endpointId, url } = delivery;
  const ids = { messageId: message.id, endpointId };
  const pages = usePages(["attempts", portal.appId, message.id, endpointId], (iterator) =>
    listAttempts(portal, ids, iterator),
  );
  const [newest] = pages.rows;
  if (pages.isLoading) {
    return (
      <div className={classes["inset"]}>
        <Loading what="the attempts" lines={2} />
      </div>
    );
  }
  return (
    <>
      {pages.error !== null && (
        <div className={classes["inset"]}>
          <ErrorState
            title="The attempts could not be loaded"
            error={pages.error}
            onRetry={pages.refresh}
          />
        </div>
      )}
      {newest !== undefined && newest.statusText !== "success" && (
        <Alert color="yellow" icon={<IconBulb size={18} />} radius={0} p="sm">
          <DiagnosisText attempt={newest} />
        </Alert>
      )}
      {pages.rows.length === 0 && pages.error === null && (
        <p className={classes["none"]}>There was none yet. It will appear here by itself.</p>
      )}
      <AttemptList
        label={`Attempts at ${url}`}
        attempts={pages.rows}
        onResend={onResend}
        diagnosedAbove={newest?.id}
        requestBody={<SentBody message={message} endpointId={endpointId} />}
      />
      {pages.hasMore && (
        <div className={classes["inset"]}>
          <Button
            size="xs"
            variant="default"
            loading={pages.isLoadingMore}
            onClick={pages.loadMore}
          >
            Load older attempts
          </Button>
        </div>
      )}
    </>
  );
}
