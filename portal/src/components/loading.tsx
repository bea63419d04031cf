import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";

type LoadingProps = {
  /** What is loaded: "the endpoints". */
  readonly what: string;
  readonly lines?: number;
};

const WIDTHS = ["62%", "88%", "74%", "93%", "80%"];

/** Where something will be in a moment; said to those who do not see it. */
export function Loading({ what, lines = 4 }: LoadingProps) {
  return (
    <Stack gap="md" role="status" py="xs">
      <VisuallyHidden>Loading {what}</VisuallyHidden>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={14} width={WIDTHS[i % WIDTHS.length] ?? "100%"} radius="sm" />
      ))}
    </Stack>
  );
}
