import { Container, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
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
        {tabs.length > 0 && (
          <nav className={classes["tabs"]} aria-label="Main">
            {tabs.map((tab) => (
              <Link key={tab.to} to={tab.to} className={classes["tab"]}>
                <tab.icon size={16} stroke={1.7} aria-hidden />
                {tab.label}
              </Link>
            ))}
          </nav>
        )}
        <Group gap={6} wrap="nowrap" className={classes["actions"] ?? ""}>
          {actions}
          {colorScheme === undefined && <ColorSchemeToggle />}
        </Group>
      </Container>
    </header>
  );
}
