"use client";
// Owns the wire between a Field and the one control inside it: ids and validity.

import { createContext, use } from "react";

interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}

export const FieldContext = createContext<FieldControl | null>(null);

/** The attributes a control inside a Field must carry; an empty object outside of one. */
export function useFieldControl(): Partial<FieldControl> {
  return use(FieldContext) ?? {};
}
