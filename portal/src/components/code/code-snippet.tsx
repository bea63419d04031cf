import { Tabs } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import classes from "./code.module.css";
import { CodeBlock } from "./code-block.tsx";
import { codeTokens } from "./tokens.ts";

export type Snippet = {
  /** What the tab says: "Node.js". */
  readonly language: string;
  readonly code: string;
};

type CodeSnippetProps = {
  readonly snippets: readonly Snippet[];
  /** "code that verifies a message". */
  readonly what: string;
};

/** The same in several languages; the reader's is remembered, on every page. */
export function CodeSnippet({ snippets, what }: CodeSnippetProps) {
  const [language, setLanguage] = useLocalStorage({ key: "posthorn-language", defaultValue: "" });
  const known = snippets.some((snippet) => snippet.language === language);
  const shown = known ? language : (snippets[0]?.language ?? null);
  return (
    <Tabs value={shown} onChange={(chosen) => setLanguage(chosen ?? "")} variant="default">
      <Tabs.List mb="sm" aria-label="Language" className={classes["languages"]}>
        {snippets.map((snippet) => (
          <Tabs.Tab key={snippet.language} value={snippet.language} px="sm">
            {snippet.language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map((snippet) => (
        <Tabs.Panel key={snippet.language} value={snippet.language} keepMounted={false}>
          <CodeBlock tokens={codeTokens(snippet.code)} text={snippet.code} what={what} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
