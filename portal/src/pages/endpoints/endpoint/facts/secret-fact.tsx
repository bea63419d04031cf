import { ActionIcon, Anchor, Group, Modal, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { secretQuery } from "../../../../api/endpoint-settings.ts";
import { CodeSnippet } from "../../../../components/code/code-snippet.tsx";
import { CopyButton } from "../../../../components/copy-button.tsx";
import { adviceOf } from "../../../../api/advice.ts";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { verificationSnippets } from "../../verification/snippets.ts";
import { useEndpoint } from "../endpoint-context.ts";
import { Fact } from "./fact.tsx";
import classes from "./facts.module.css";
import { RotateDialog } from "./rotate-dialog.tsx";

const MASK = "whsec_••••••••••••";

/** Masked until somebody asks for it; asked for only then. */
export function SecretFact() {
  const portal = usePortal();
  const endpoint = useEndpoint();
  const [dialog, setDialog] = useState<"rotate" | "verify">();
  const close = (): void => setDialog(undefined);
  if (!portal.can("ViewEndpointSecret")) {
    return <Fact label="Signing secret">This session may not see it</Fact>;
  }
  return (
    <Fact label="Signing secret">
      <Secret endpointId={endpoint.id} />
      <Group gap="md">
        <Anchor component="button" type="button" size="xs" onClick={() => setDialog("verify")}>
          How to verify
        </Anchor>
        {portal.can("ManageEndpointSecret") && (
          <Anchor component="button" type="button" size="xs" onClick={() => setDialog("rotate")}>
            Rotate
          </Anchor>
        )}
      </Group>
      <Modal opened={dialog === "verify"} onClose={close} title="Verify what arrives" size="xl">
        <Verification endpointId={endpoint.id} />
      </Modal>
      <RotateDialog endpointId={endpoint.id} opened={dialog === "rotate"} onClose={close} />
    </Fact>
  );
}

type SecretProps = { readonly endpointId: string };

function Secret({ endpointId }: SecretProps) {
  const portal = usePortal();
  const [isShown, setShown] = useState(false);
  const query = useQuery({ ...secretQuery(portal, endpointId), enabled: isShown });
  const key = isShown ? query.data?.key : undefined;
  return (
    <>
      <div className={classes["secret"]}>
        <span className={`mono ${classes["secretText"]}`} data-testid="secret">
          {key ?? MASK}
        </span>
        {key !== undefined && <CopyButton value={key} what="the signing secret" />}
        <RevealButton
          isShown={isShown}
          isBusy={query.isLoading}
          onClick={() => setShown(!isShown)}
        />
      </div>
      {isShown && query.error !== null && (
        <Text size="xs" c="var(--ph-fail-text)" mb={6}>
          {adviceOf(query.error)}
        </Text>
      )}
    </>
  );
}

type RevealButtonProps = {
  readonly isShown: boolean;
  readonly isBusy: boolean;
  readonly onClick: () => void;
};

function RevealButton({ isShown, isBusy, onClick }: RevealButtonProps) {
  const Picture = isShown ? IconEyeOff : IconEye;
  return (
    <Tooltip label={isShown ? "Hide" : "Reveal"}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={isShown ? "Hide the signing secret" : "Reveal the signing secret"}
        loading={isBusy}
        onClick={onClick}
      >
        <Picture size={15} />
      </ActionIcon>
    </Tooltip>
  );
}

function Verification({ endpointId }: SecretProps) {
  const secret = useQuery(secretQuery(usePortal(), endpointId));
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        Every request is signed, so that your server can tell it from anybody else’s. It has to see
        the body as it came, before anything parses it.
      </Text>
      <Loaded query={secret} what="the code" lines={6}>
        {({ key }) => (
          <CodeSnippet snippets={verificationSnippets(key)} what="code that verifies a message" />
        )}
      </Loaded>
    </>
  );
}
