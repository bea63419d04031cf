/** What `npm start` tells the person who typed it: what it waits for, and then what is there. */
export type Progress = {
  /** Shows what is waited for; the returned function says that it is there, and how long it took. */
  step(waitingFor: string): (done?: string) => void;
  note(line: string): void;
};

export function createProgress(write: (text: string) => void): Progress {
  return {
    step(waitingFor) {
      const beganMs = performance.now();
      write(`  … ${waitingFor}\n`);
      return (done = waitingFor) => {
        const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
        write(`  ✓ ${done} (${seconds} s)\n`);
      };
    },
    note: (line) => write(`${line}\n`),
  };
}
