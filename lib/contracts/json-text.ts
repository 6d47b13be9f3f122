// Owns JSON that travels inside a JSON string, so that no parser on the way can change it.
import { z } from "zod";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON text of at most the size of an event. */
export const jsonText = z
  .string()
  .max(256 * 1024)
  .refine((value) => value.isWellFormed() && isJson(value), "must be JSON text");
