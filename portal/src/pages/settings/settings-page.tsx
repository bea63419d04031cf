import { Anchor, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf } from "../../api/client.ts";
import type { OrganizationSettingsOut, OrganizationSettingsPatch } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { FormSection } from "../../components/form-section.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useConsole } from "../../session/console-context.tsx";

export function SettingsPage() {
  const { client, organizationId } = useConsole();
  const { data, error, refetch } = useQuery({
    queryKey: ["settings", organizationId],
    queryFn: () => answerOf(client.GET("/api/v1/organization/settings")),
  });
  return (
    <>
      <PageHeader
        title="Settings"
        description="Of the whole organization. A change is saved at once, and holds within a second."
      />
      {error !== null && (
        <ErrorState
          title="The settings could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined ? (
        error === null && <Loading what="the settings" />
      ) : (
        <Settings settings={data} />
      )}
    </>
  );
}

function Settings({ settings }: { readonly settings: OrganizationSettingsOut }) {
  const { canManage } = useConsole();
  const change = useChange();
  return (
    <>
      {change.error !== null && (
        <ErrorState title="The change could not be saved" error={change.error} />
      )}
      <PublicCatalogue settings={settings} isOff={!canManage} onChange={change.mutate} />
      <FormSection
        title="Payload validation"
        description="What becomes of a message whose payload is not as the schema of its event type says."
      >
        <SegmentedControl<OrganizationSettingsOut["payloadValidation"]>
          aria-label="Payload validation"
          disabled={!canManage}
          value={settings.payloadValidation}
          onChange={(payloadValidation) => change.mutate({ payloadValidation })}
          data={[
            { value: "off", label: "Send it" },
            { value: "warn", label: "Send it, and warn" },
            { value: "reject", label: "Refuse it" },
          ]}
        />
      </FormSection>
      <FormSection
        title="HTTPS only"
        description="Endpoints that there are already keep their URLs."
      >
        <Switch
          label="Only take endpoints whose URLs begin with https://"
          disabled={!canManage}
          checked={settings.httpsOnly}
          onChange={({ currentTarget }) => change.mutate({ httpsOnly: currentTarget.checked })}
        />
      </FormSection>
    </>
  );
}

type PublicCatalogueProps = {
  readonly settings: OrganizationSettingsOut;
  readonly isOff: boolean;
  readonly onChange: (patch: OrganizationSettingsPatch) => void;
};

function PublicCatalogue({ settings, isOff, onChange }: PublicCatalogueProps) {
  const { baseUrl, organizationId } = useConsole();
  const path = `${baseUrl}/catalog/${organizationId}`;
  return (
    <FormSection
      title="Public catalogue"
      description="Your event types, with schemas and examples, for people who are not signed in. What is archived or behind a feature flag is left out."
    >
      <Stack gap={6}>
        <Switch
          label="Anybody may read the event types"
          disabled={isOff}
          checked={settings.publicCatalogue}
          onChange={({ currentTarget }) => onChange({ publicCatalogue: currentTarget.checked })}
        />
        {settings.publicCatalogue && (
          <Text size="sm">
            At{" "}
            <Anchor href={path} target="_blank" rel="noopener" underline="always">
              {location.origin + path}
            </Anchor>
          </Text>
        )}
      </Stack>
    </FormSection>
  );
}

function useChange() {
  const { client, organizationId } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: OrganizationSettingsPatch) =>
      answerOf(client.PATCH("/api/v1/organization/settings", { body })),
    onSuccess: (settings) => {
      queryClient.setQueryData(["settings", organizationId], settings);
      notifications.show({ message: "Saved" });
    },
  });
}
