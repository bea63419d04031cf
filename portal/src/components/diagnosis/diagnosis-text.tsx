import { Text } from "@mantine/core";
import { diagnose, type Diagnosed } from "./diagnose.ts";

type DiagnosisTextProps = {
  readonly attempt: Diagnosed;
  /** In a row there is only room for what happened. */
  readonly isShort?: boolean;
};

/** "Your server answered 401. Did you verify the raw body?" */
export function DiagnosisText({ attempt, isShort }: DiagnosisTextProps) {
  const { title, advice } = diagnose(attempt);
  return (
    <Text component="p" size="sm" m={0}>
      {isShort === true || advice === "" ? title : <strong>{title}</strong>}
      {isShort !== true && ` ${advice}`}
    </Text>
  );
}
