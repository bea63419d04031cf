import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { answerOf } from "../../api/client.ts";
import type { ApiKeyOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedTable } from "../../components/table/paged-table.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { useConsole } from "../../session/console-context.tsx";
import { apiKeyColumns } from "./api-key-columns.tsx";
import { KeyMenu } from "./key-menu.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";

export function ApiKeysPage() {
  const { client, organizationId, canManage } = useConsole();
  const [isMaking, { open, close }] = useDisclosure(false);
  const pages = usePages(["api-keys", organizationId], (iterator) => {
    const query = {
      order: "descending" as const,
      ...(iterator !== undefined && { iterator }),
    };
    return answerOf(client.GET("/api/v1/api-key", { params: { query } }));
  });
  const make = canManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      Make a key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API keys"
        description="What your programs call the API with. Each can be rotated and revoked by itself."
        actions={pages.rows.length > 0 && make}
      />
      <PagedTable
        label="API keys"
        pages={pages}
        columns={apiKeyColumns}
        keyOf={({ id }) => id}
        {...(canManage && { menu: menuOf })}
        empty={
          <EmptyState icon={IconKey} title="No keys yet" action={make}>
            Give each of your programs a key of its own, with no more than what it needs: then you
            can tell them apart, and take one away without touching the others.
          </EmptyState>
        }
      />
      <NewKeyDialog opened={isMaking} onClose={close} />
    </>
  );
}

function menuOf(apiKey: ApiKeyOut) {
  return <KeyMenu apiKey={apiKey} />;
}
