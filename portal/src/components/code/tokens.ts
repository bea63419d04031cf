export type TokenKind = "plain" | "key" | "string" | "number" | "word" | "comment";
export type Token = { readonly kind: TokenKind; readonly text: string };

/** Beyond it, colours would cost more time than they save. */
const COLORED_LENGTH_MAX = 100_000;

const JSON_TOKEN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>\b(?:true|false|null)\b)/g;

const WORDS =
  "import|from|const|let|var|def|return|if|err|nil|func|package|require|new|function|try|catch|except|raise|throw|public|static|final|class|using|async|await|end|do|use|echo|not|in|as|export|begin|rescue|void";
const CODE_TOKEN = new RegExp(
  String.raw`(?<comment>(?:^|(?<=\s))(?://|#(?![{!])).*$)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${"`"}[^${"`"}]*${"`"})|(?<number>\b\d[\d_]*\b)|(?<word>(?<![.\w])(?:${WORDS})\b)`,
  "gm",
);

export function jsonTokens(text: string): readonly Token[] {
  return tokensOf(text, JSON_TOKEN);
}

/** Good enough for the few lines that we show of any language. */
export function codeTokens(text: string): readonly Token[] {
  return tokensOf(text, CODE_TOKEN);
}

function tokensOf(text: string, pattern: RegExp): readonly Token[] {
  if (text.length > COLORED_LENGTH_MAX) return [{ kind: "plain", text }];
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: "plain", text: text.slice(end, match.index) });
    tokens.push({ kind: kindOf(match.groups), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: "plain", text: text.slice(end) });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>> | undefined): TokenKind {
  const [kind = "plain"] =
    Object.entries(groups ?? {}).find(([, text]) => text !== undefined) ?? [];
  return kind as TokenKind;
}
