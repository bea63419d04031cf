import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

type SearchFieldProps = {
  /** "Search applications". */
  readonly label: string;
  readonly placeholder: string;
  /** What is searched for, as it stands in the URL. */
  readonly value: string;
  /** When whoever types pauses. */
  readonly onSearch: (text: string) => void;
};

const PAUSE_MS = 250;

export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const searched = useRef(value);
  const search = useDebouncedCallback((wanted: string) => {
    searched.current = wanted;
    onSearch(wanted);
  }, PAUSE_MS);
  // Changed by something else than this field: a button that shows all, or the way back.
  useEffect(() => {
    if (value === searched.current) return;
    searched.current = value;
    setText(value);
  }, [value]);
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
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value.trim());
      }}
    />
  );
}
