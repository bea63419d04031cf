import { CopyButton } from "../copy-button.tsx";
import classes from "./code.module.css";
import type { Token } from "./tokens.ts";

type CodeBlockProps = {
  readonly tokens: readonly Token[];
  readonly text: string;
  /** What it is, for who copies it or hears it: "the payload". */
  readonly what: string;
  readonly maxHeight?: number;
  /** Lines that are too long go on below, instead of being scrolled to. */
  readonly isWrapped?: boolean;
};

/** Text as it is, with colours, to be scrolled and copied. */
export function CodeBlock({ tokens, text, what, maxHeight = 520, isWrapped }: CodeBlockProps) {
  return (
    <div className={classes["block"]} data-one-line={!text.includes("\n")} data-wrapped={isWrapped}>
      <div className={classes["copy"]}>
        <CopyButton value={text} what={what} size="md" />
      </div>
      {/* What scrolls must be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes["text"]} style={{ maxHeight }} tabIndex={0} aria-label={what}>
        <code>
          {tokens.map((token, i) =>
            token.kind === "plain" ? (
              token.text
            ) : (
              <span key={i} className={classes[token.kind]}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </pre>
    </div>
  );
}
