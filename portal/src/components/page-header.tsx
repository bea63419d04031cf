import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { useTitle } from "../shell/use-title.ts";

export type Crumb = { readonly label: string; readonly to: string };

/** Longer ones, which are URLs, are set smaller, so that they mostly fit in a line. */
const TITLE_LARGE_MAX = 44;

type PageHeaderProps = {
  /** Of the page, in the browser's tab. */
  readonly title: string;
  /** Instead of the title, above the page. */
  readonly heading?: ReactNode;
  /** A sentence on what is here. */
  readonly description?: ReactNode;
  /** The way to here, without the page itself. */
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  /** For what takes the place of another page without a navigation: a form's result. */
  readonly isResult?: boolean;
};

/** Begins every page. Takes the focus after a navigation, so that a reader hears where they are. */
export function PageHeader(props: PageHeaderProps) {
  const { title, heading, description, crumbs, actions, isResult = false } = props;
  useTitle(title);
  const element = useRef<HTMLHeadingElement>(null);
  const isFirstPage = useRouterState({
    // The router's own name for how many pages were visited before this one.
    // oxlint-disable-next-line no-underscore-dangle
    select: ({ location }) => (location.state.__TSR_index ?? 0) === 0,
  });
  useEffect(() => {
    if (isResult) scrollTo({ top: 0 });
    if (isResult || !isFirstPage) element.current?.focus({ preventScroll: true });
    // Only where the page is new: its title may change while somebody types.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Stack gap={6} mb="xl">
      {crumbs !== undefined && <Crumbs crumbs={crumbs} title={title} />}
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={6} flex="1 1 320px">
          <Title
            order={1}
            ref={element}
            tabIndex={-1}
            {...(title.length > TITLE_LARGE_MAX && { fz: "xl" })}
          >
            {heading ?? title}
          </Title>
          {description !== undefined && (
            <Text c="dimmed" size="sm" maw={680} component="div">
              {description}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
    </Stack>
  );
}

type CrumbsProps = { readonly crumbs: readonly Crumb[]; readonly title: string };

function Crumbs({ crumbs, title }: CrumbsProps) {
  return (
    <nav aria-label="Breadcrumb">
      <Breadcrumbs separatorMargin={6}>
        {crumbs.map(({ label, to }) => (
          <Anchor key={to} component={Link} to={to} size="sm" c="dimmed">
            {label}
          </Anchor>
        ))}
        <Text size="sm" c="dimmed" lh="xs" truncate maw={320} aria-current="page">
          {title}
        </Text>
      </Breadcrumbs>
    </nav>
  );
}
