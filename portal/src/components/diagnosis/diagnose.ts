import { adviceOnAnswer } from "./answers.ts";
import { adviceOnSilence } from "./silence.ts";

/** What an attempt came to, in plain words, and what its receiver's people can do. */
export type Diagnosis = {
  readonly tone: "success" | "fail" | "wait";
  /** What happened. */
  readonly title: string;
  /** What to do about it; "" where nothing is to be done. */
  readonly advice: string;
};

export type Diagnosed = {
  /** 0: there was no answer. */
  readonly responseStatusCode: number;
  /** Of the answer; where there was none, why. */
  readonly response: string;
  readonly url?: string;
};

export function diagnose({ responseStatusCode: status, response, url }: Diagnosed): Diagnosis {
  if (status >= 200 && status <= 299) {
    return { tone: "success", title: `Your server answered ${status}.`, advice: "" };
  }
  const known = status === 0 ? adviceOnSilence(response, url) : adviceOnAnswer(status);
  return { tone: "fail", ...known };
}
