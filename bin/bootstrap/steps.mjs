// One line a step, with the seconds it took. Output of child programs stays hidden unless they fail.
import { spawn } from "node:child_process";

const TAIL_LINES = 40;
const interactive = process.stderr.isTTY === true;

/** Raised when a step failed; its message is for a person, and `tail` is what the program said last. */
export class StepError extends Error {
  constructor(message, tail) {
    super(message);
    this.name = "StepError";
    this.tail = tail;
  }
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs `work` under a title. A terminal sees the seconds count; a log gets one line when the step is done,
 * and one before when it takes long. Goes to stderr: stdout belongs to the command's result (`--json`).
 */
export async function step(title, work) {
  const start = performance.now();
  const show = (text) => process.stderr.write(interactive ? `\r\u001b[2K${text}` : `${text}\n`);
  const running = () => show(`… ${title} (${seconds(start)})`);
  const timer = interactive ? setInterval(running, 1000) : setTimeout(running, 3000);
  try {
    const result = await work();
    show(`✓ ${title} (${seconds(start)})`);
    return result;
  } catch (error) {
    show(`✗ ${title} (${seconds(start)})`);
    throw error;
  } finally {
    clearInterval(timer);
    if (interactive) process.stderr.write("\n");
  }
}

/** Runs a program with its output hidden; rejects with the tail of that output. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output = (output + chunk).slice(-64 * 1024);
      });
    }
    child.once("error", (error) => reject(new StepError(`${command} could not be run (${error.code})`, "")));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trim().split("\n").slice(-TAIL_LINES).join("\n");
      reject(
        new StepError(`${[command, ...args].join(" ")} failed (${signal ?? `exit code ${code}`})`, tail),
      );
    });
  });
}
