export class StepError extends Error {
  readonly tail: string;
}
export function step<T>(title: string, work: () => Promise<T>): Promise<T>;
