// Owns the colouring of the verification code: on the server, with the grammars that are needed only.
import { createHighlighterCore, type HighlighterCore } from "shiki/core";
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
import { allSnippets } from "@/components/endpoints/snippets/all-snippets";
import { headersRead, type Recipe } from "@/components/endpoints/snippets/recipe";
import { type SnippetVariant, secretVariable } from "@/components/endpoints/snippets/snippet";
import type { VerificationCodeDto } from "@/lib/contracts/verification-code";

/** The theme's grey for comments has too little contrast on our ground (WCAG 2.2, 1.4.3). */
const DARKER_COMMENTS = { "#6e7781": "#57606a" };
/** Signatures that are kept coloured: the built-in ones and some more. */
const MAX_KNOWN = 40;

const UNSIGNED: VerificationCodeDto = { headers: [], variable: "WEBHOOK_SECRET", snippets: [] };

let loading: Promise<HighlighterCore> | null = null;
const highlighter = () => {
  loading ??= createHighlighterCore({
    langs: [typescript, python, go, ruby, php, java, csharp],
    themes: [light, dark],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return loading;
};

async function highlight(recipe: Recipe): Promise<VerificationCodeDto> {
  const shiki = await highlighter();
  const coloured = (variant: SnippetVariant, lang: string) => ({
    ...variant,
    html: shiki.codeToHtml(variant.code, {
      lang,
      themes: { light: "github-light-default", dark: "github-dark-default" },
      defaultColor: "light-dark()",
      colorReplacements: DARKER_COMMENTS,
    }),
  });
  return {
    headers: headersRead(recipe),
    variable: secretVariable(recipe.kind),
    snippets: allSnippets(recipe).map(({ id, label, grammar, library, plain }) => ({
      id,
      label,
      library: library && coloured(library, grammar),
      plain: coloured(plain, grammar),
    })),
  };
}

const known = new Map<string, Promise<VerificationCodeDto>>();

/** The code that verifies a recipe, in every language; null is a profile that does not sign. Made once for each recipe. */
export function verificationCode(recipe: Recipe | null): Promise<VerificationCodeDto> {
  if (recipe === null) return Promise.resolve(UNSIGNED);
  const key = JSON.stringify(recipe);
  const made = known.get(key) ?? highlight(recipe);
  // Put last again, so that what is asked for stays.
  known.delete(key);
  known.set(key, made);
  const oldest = known.keys().next().value;
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  return made;
}
