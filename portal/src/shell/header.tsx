import { Container, Group } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import horn from "../brand/horn.svg";
import { useEmbedding } from "../session/embedding.ts";
import { ColorSchemeToggle } from "./color-scheme-toggle.tsx";
import classes from "./frame.module.css";
import type { Tab } from "./tabs.ts";

type HeaderProps = {
  readonly title: string;
  readonly home: string;
  readonly tabs: readonly Tab[];
  /** At the end of the bar, before the colour scheme. */
  readonly actions?: ReactNode;
};

export function Header({ title, home, tabs, actions }: HeaderProps) {
  const { icon, colorScheme, noGutters } = useEmbedding();
  return (
    <header className={classes["header"]}>
      <Container className={classes["bar"]} {...(noGutters && { fluid: true, px: 0 })}>
        <Link to={home} className={classes["brand"]}>
          <img src={icon ?? horn} alt="" />
          {title}
        </Link>
        {tabs.length > 0 && <Tabs tabs={tabs} />}
        <Group gap={6} wrap="nowrap" className={classes["actions"] ?? ""}>
          {actions}
          {colorScheme === undefined && <ColorSchemeToggle />}
        </Group>
      </Container>
    </header>
  );
}

/** On a telephone they are more than fit: the current one is scrolled to. */
function Tabs({ tabs }: Pick<HeaderProps, "tabs">) {
  const bar = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[data-status="active"]');
    if (!bar.current || !current) return;
    const [outer, inner] = [bar.current.getBoundingClientRect(), current.getBoundingClientRect()];
    if (inner.left < outer.left) bar.current.scrollLeft += inner.left - outer.left;
    if (inner.right > outer.right) bar.current.scrollLeft += inner.right - outer.right;
    // The router marks the current one, by the path.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [path, tabs]);
  return (
    <nav ref={bar} className={classes["tabs"]} aria-label="Main">
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className={classes["tab"]}>
          <tab.icon size={16} stroke={1.7} aria-hidden />
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
