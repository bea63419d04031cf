import { useDisclosure } from "@mantine/hooks";
import { IconRefresh, IconTrash } from "@tabler/icons-react";
import type { ApiKeyOut } from "../../api/schema.d.ts";
import { RowMenu } from "../../components/table/row-menu.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { RotateKey } from "./rotate-key.tsx";

type KeyMenuProps = { readonly apiKey: ApiKeyOut };

export function KeyMenu({ apiKey }: KeyMenuProps) {
  const [isRotating, rotating] = useDisclosure(false);
  const [isRevoking, revoking] = useDisclosure(false);
  return (
    <>
      <RowMenu
        of={`key ${apiKey.name}`}
        actions={[
          { label: "Rotate…", icon: IconRefresh, onClick: rotating.open },
          { label: "Revoke…", icon: IconTrash, onClick: revoking.open, isDangerous: true },
        ]}
      />
      <RotateKey apiKey={apiKey} opened={isRotating} onClose={rotating.close} />
      <RevokeKey apiKey={apiKey} opened={isRevoking} onClose={revoking.close} />
    </>
  );
}
