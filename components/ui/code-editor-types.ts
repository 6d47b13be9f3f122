// Owns what the JSON editor takes; the editor and the part of it that comes late share it.
import type { Ref } from "react";

/** Characters from and to, as in the value. */
export type EditorProblem = { from: number; to: number; message: string };

export type EditorHandle = {
  /** Puts the text where the cursor is, in place of what is selected. */
  insert: (text: string) => void;
};

export interface CodeEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Name for screen readers. */
  label: string;
  problems?: readonly EditorProblem[];
  /** What of the text is underlaid, such as placeholders. Read once. */
  mark?: RegExp;
  handle?: Ref<EditorHandle>;
  /** Height, as classes; it scrolls inside. */
  className?: string;
}
