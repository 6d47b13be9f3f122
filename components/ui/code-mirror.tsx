"use client";
// Owns the editor itself: CodeMirror for JSON, in our colours. Loaded when it is needed (code-editor.tsx).

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import type { CodeEditorProps, EditorProblem } from "./code-editor-types";

/** The same colours as bodies on screen: names, texts, numbers, literals. */
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--color-accent-ink)" },
  { tag: tags.string, color: "var(--color-success-ink)" },
  { tag: tags.number, color: "var(--color-progress-ink)" },
  { tag: [tags.bool, tags.null], color: "var(--color-paused-ink)" },
  { tag: tags.punctuation, color: "var(--color-muted)" },
]);

const LOOKS = EditorView.theme({
  "&": { color: "var(--color-ink)", backgroundColor: "transparent", fontSize: "0.75rem", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.25rem", overflow: "auto" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--color-ink)" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--color-ink)" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    border: "none",
    color: "var(--color-subtle)",
    paddingLeft: "0.25rem",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, var(--color-hover) 60%, transparent)",
  },
  "&:not(.cm-focused) :is(.cm-activeLine, .cm-activeLineGutter)": { backgroundColor: "transparent" },
  "& .cm-selectionBackground, &.cm-focused .cm-selectionBackground, & ::selection": {
    backgroundColor: "color-mix(in oklab, var(--color-accent) 24%, transparent) !important",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--color-accent-soft) !important", outline: "none" },
  ".cm-mark": {
    borderRadius: "3px",
    backgroundColor: "var(--color-accent-soft)",
    color: "var(--color-accent-ink)",
  },
  ".cm-mark *": { color: "inherit !important" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--color-danger) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--color-danger)" },
  ".cm-tooltip": {
    border: "none",
    borderRadius: "6px",
    backgroundColor: "var(--color-raised)",
    color: "var(--color-ink)",
    boxShadow: "var(--shadow-overlay)",
    maxWidth: "min(28rem, 90vw)",
  },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--color-danger)", fontFamily: "var(--font-sans)" },
});

/** Underlays every match of the pattern. */
function marks(pattern: RegExp) {
  const matcher = new MatchDecorator({ regexp: pattern, decoration: Decoration.mark({ class: "cm-mark" }) });
  return ViewPlugin.define(
    (view) => ({
      decorations: matcher.createDeco(view),
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );
}

const NO_PROBLEMS: readonly EditorProblem[] = [];

export default function CodeMirror({
  value,
  onChange,
  problems = NO_PROBLEMS,
  mark,
  handle,
  label,
  controlId,
  describedBy,
}: CodeEditorProps & { controlId: string | undefined; describedBy: string | undefined }) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const changed = useEffectEvent((text: string) => onChange(text));
  const read = useEffectEvent(() => ({ value, mark, label, controlId, describedBy }));

  useEffect(() => {
    const first = read();
    const view = new EditorView({
      parent: host.current ?? document.body,
      state: EditorState.create({
        doc: first.value,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          indentOnInput(),
          bracketMatching(),
          json(),
          syntaxHighlighting(COLOURS),
          lintGutter(),
          EditorView.lineWrapping,
          LOOKS,
          // Tab leaves the editor, as it leaves every other control.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({
            "aria-label": first.label,
            ...(first.controlId && { id: first.controlId }),
            ...(first.describedBy && { "aria-describedby": first.describedBy }),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
          ...(first.mark ? [marks(first.mark)] : []),
        ],
      }),
    });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);

  // Set from outside: another event was chosen, something was inserted, the form was reset.
  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    const { length } = view.state.doc;
    const diagnostics = problems.map(
      ({ from, to, message }): Diagnostic => ({
        from: Math.min(from, length),
        to: Math.min(Math.max(to, from), length),
        severity: "error",
        message,
      }),
    );
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }, [problems]);

  useImperativeHandle(
    handle,
    () => ({
      insert(text) {
        const view = editor.current;
        if (view === null) return;
        view.dispatch(view.state.replaceSelection(text));
        view.focus();
      },
    }),
    [],
  );

  return <div ref={host} className="h-full min-h-[inherit]" />;
}
