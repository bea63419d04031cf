import { Modal } from "@mantine/core";
import { useState } from "react";
import type { ReplayKind } from "../../../../api/replays.ts";
import { REPLAY_KINDS } from "./replay-kinds.ts";
import { ReplayForm, type BegunReplay } from "./replay-form.tsx";
import { ReplayProgress } from "./replay-progress.tsx";

type ReplayDialogProps = {
  readonly endpointId: string;
  readonly kind: ReplayKind;
  readonly onClose: () => void;
  /** From when on, to begin with, as ISO 8601. */
  readonly since?: string;
};

/** Asks what to send again, says how much that is, and shows how far it is. */
export function ReplayDialog({ endpointId, kind, since, onClose }: ReplayDialogProps) {
  const [begun, setBegun] = useState<BegunReplay>();
  return (
    <Modal opened onClose={onClose} title={REPLAY_KINDS[kind].title} size={700}>
      {begun === undefined ? (
        <ReplayForm
          endpointId={endpointId}
          kind={kind}
          {...(since !== undefined && { since })}
          onBegun={setBegun}
          onClose={onClose}
        />
      ) : (
        <ReplayProgress
          taskId={begun.taskId}
          onClose={onClose}
          {...(begun.expected !== undefined && { expected: begun.expected })}
        />
      )}
    </Modal>
  );
}
