// Owns the colouring of the verification code: on the server, once for each process, with the grammars that are needed only.
import { createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import csharp from "shiki/langs/csharp.mjs";
import go from "shiki/langs/go.mjs";
import java from "shiki/langs/java.mjs";
import php from "shiki/langs/php.mjs";
import python from "shiki/langs/python.mjs";
import ruby from "shiki/langs/ruby.mjs";
import typescript from "shiki/langs/typescript.mjs";
import dark from "shiki/themes/github-dark-default.mjs";
import light from "shiki/themes/github-light-default.mjs";
import type { HighlightedSnippet } from "@/components/endpoints/secret/highlighted-snippet";
import { ALL_SNIPPETS } from "@/components/endpoints/snippets/all-snippets";

/** The theme's grey for comments has too little contrast on our ground (WCAG 2.2, 1.4.3). */
const DARKER_COMMENTS = { "#6e7781": "#57606a" };

async function highlightAll(): Promise<HighlightedSnippet[]> {
  const highlighter = await createHighlighterCore({
    langs: [typescript, python, go, ruby, php, java, csharp],
    themes: [light, dark],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const html = (code: string, lang: string) =>
    highlighter.codeToHtml(code, {
      lang,
      themes: { light: "github-light-default", dark: "github-dark-default" },
      defaultColor: "light-dark()",
      colorReplacements: DARKER_COMMENTS,
    });
  const done = ALL_SNIPPETS.map(({ id, label, grammar, library, plain }) => ({
    id,
    label,
    library: { ...library, html: html(library.code, grammar) },
    plain: { ...plain, html: html(plain.code, grammar) },
  }));
  highlighter.dispose();
  return done;
}

let known: Promise<HighlightedSnippet[]> | null = null;

/** All snippets with their HTML. The same text for everybody, so it is made once. */
export function highlightSnippets(): Promise<HighlightedSnippet[]> {
  known ??= highlightAll();
  return known;
}
