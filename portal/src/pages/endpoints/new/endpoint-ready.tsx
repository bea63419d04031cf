import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconSend } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { CodeSnippet } from "../../../components/code/code-snippet.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import { FormSection } from "../../../components/form-section.tsx";
import { PlayLink } from "../../../components/play-link.tsx";
import { endpointPath } from "../endpoint-path.ts";
import { hintOf } from "./form-values.ts";
import { verificationSnippets } from "../verification/snippets.ts";
import classes from "./new.module.css";
import type { CreatedEndpoint } from "./use-create-endpoint.ts";

type EndpointReadyProps = { readonly created: CreatedEndpoint };

/** What somebody needs right after they added an endpoint: its secret, and code that uses it. */
export function EndpointReady({ created }: EndpointReadyProps) {
  const { endpoint, secret, formatError } = created;
  const hint = hintOf(endpoint.url);
  return (
    <>
      <Stack gap="sm" mb="xl">
        <Alert color="teal" icon={<IconCircleCheck size={18} />} role="status">
          From now on, messages are sent to <strong>{endpoint.url}</strong>.{" "}
          <PlayLink url={endpoint.url} />
        </Alert>
        {hint !== undefined && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
            {hint} <strong>Edit</strong> on{" "}
            <Anchor
              component={Link}
              to={endpointPath(endpoint.id)}
              inherit
              c="inherit"
              underline="always"
            >
              the endpoint’s page
            </Anchor>{" "}
            changes its URL. If it is meant so, send it an example to see whether it arrives.
          </Alert>
        )}
        {formatError !== undefined && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
            How its requests look could not be set: {formatError.message}. Its own page, under
            Advanced, lets you try again.
          </Alert>
        )}
      </Stack>
      {secret !== undefined && <Secret secret={secret} />}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" component={Link} to="/portal/endpoints">
          All endpoints
        </Button>
        <Button variant="default" component={Link} to={endpointPath(endpoint.id)}>
          Go to the endpoint
        </Button>
        <Button
          leftSection={<IconSend size={15} />}
          component={Link}
          to={`${endpointPath(endpoint.id)}/testing`}
        >
          Send it an example
        </Button>
      </Group>
    </>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  const isPublic = secret.startsWith("whpk_");
  return (
    <>
      <FormSection
        title={isPublic ? "Its public key" : "Its signing secret"}
        description={
          isPublic
            ? "Every request is signed by us; with this key your server can tell that it is."
            : "Every request is signed with it. Keep it where your server reads it, and nobody else."
        }
      >
        <div className={classes["secret"]}>
          <span className="mono" data-testid="secret">
            {secret}
          </span>
          <CopyButton value={secret} what={isPublic ? "the key" : "the secret"} size="md" />
        </div>
      </FormSection>
      <FormSection
        title="Verify what arrives"
        description={
          <Stack gap="xs">
            <Text size="sm">
              Put this into your server, so that it takes nothing from anybody else. It has to see
              the body as it came, before anything parses it.
            </Text>
            <Text size="sm">
              Answer with 2xx within 15 seconds, and do the work afterwards. What fails is sent
              again.
            </Text>
          </Stack>
        }
      >
        <CodeSnippet snippets={verificationSnippets(secret)} what="code that verifies a message" />
      </FormSection>
    </>
  );
}
