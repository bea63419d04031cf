import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "../../../components/empty-state.tsx";

export function NotAllowed() {
  return (
    <EmptyState icon={IconLock} title="You cannot add endpoints here">
      The link that you came with allows you to look. Whoever gave it to you can give you another.
    </EmptyState>
  );
}
