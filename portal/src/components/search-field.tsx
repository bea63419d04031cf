import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

type SearchFieldProps = {
  /** "Search applications". */
  readonly label: string;
  readonly placeholder: string;
  /** What is searched for to begin with. */
  readonly initial: string;
  /** When whoever types pauses. */
  readonly onSearch: (text: string) => void;
};

const PAUSE_MS = 250;

export function SearchField({ label, placeholder, initial, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(initial);
  const search = useDebouncedCallback(onSearch, PAUSE_MS);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      autoComplete="off"
      spellCheck={false}
      maw={420}
      mb="md"
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        search(value.trim());
      }}
    />
  );
}
