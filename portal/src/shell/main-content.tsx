import { Container } from "@mantine/core";
import { useRef, type ReactNode } from "react";
import classes from "./frame.module.css";

type MainProps = {
  /** What stands above, and can be skipped. */
  readonly header: ReactNode;
  /** Whether the page around a frame has space of its own. */
  readonly noGutters?: boolean;
  /** Whether the header is a bar, from which the content keeps its distance. */
  readonly isBelowBar?: boolean;
  readonly children: ReactNode;
};

/** The page's own content, which the keyboard can jump to. */
export function Main(props: MainProps) {
  const { header, noGutters = false, isBelowBar = true, children } = props;
  const main = useRef<HTMLElement>(null);
  return (
    <>
      <a className={classes["skip"]} href="#content" onClick={() => main.current?.focus()}>
        Skip to the content
      </a>
      {header}
      <main id="content" ref={main} tabIndex={-1} className={classes["main"]}>
        <Container
          {...(noGutters && { fluid: true, px: 0 })}
          pt={noGutters && !isBelowBar ? 0 : { base: "lg", sm: 36 }}
          pb={noGutters ? 0 : { base: "lg", sm: 36 }}
        >
          {children}
        </Container>
      </main>
    </>
  );
}
