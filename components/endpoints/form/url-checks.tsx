// Owns what the checks of an address say, one line for each rule, so that a refusal names the rule that refused.

import { Check, CircleDashed, TriangleAlert, X } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import type { UrlCheckDto } from "@/lib/contracts/endpoints";

type Verdict = "passed" | "failed" | "warned" | "waiting" | "checking";
type Line = { rule: string; verdict: Verdict; text: string };

const ICONS = {
  passed: <Check className="text-success" />,
  failed: <X className="text-danger" />,
  warned: <TriangleAlert className="text-warning" />,
  waiting: <CircleDashed className="text-subtle" />,
  checking: <Spinner className="size-4 text-subtle" />,
};

/** Which of the three rules a refusal belongs to. */
const FORM_CODES = [
  "url_invalid",
  "url_too_long",
  "scheme_not_allowed",
  "userinfo_not_allowed",
  "fragment_not_allowed",
  "port_not_allowed",
];

function linesFor(check: UrlCheckDto | undefined, isChecking: boolean): Line[] {
  const open: Verdict = isChecking ? "checking" : "waiting";
  const [form, name, target] = ["An https address", "The host name resolves", "A target that may be called"];
  if (check === undefined) {
    return [
      { rule: "form", verdict: open, text: form },
      { rule: "name", verdict: open, text: name },
      { rule: "target", verdict: open, text: target },
    ];
  }
  if (check.outcome === "refused") {
    const isForm = FORM_CODES.includes(check.code);
    return [
      { rule: "form", verdict: isForm ? "failed" : "passed", text: isForm ? check.message : form },
      { rule: "name", verdict: "waiting", text: name },
      { rule: "target", verdict: isForm ? "waiting" : "failed", text: isForm ? target : check.message },
    ];
  }
  const isEncrypted = check.url.startsWith("https:");
  return [
    {
      rule: "form",
      verdict: isEncrypted ? "passed" : "warned",
      text: isEncrypted ? "https: encrypted on the way" : "http: not encrypted, allowed by this instance",
    },
    check.warning === null
      ? { rule: "name", verdict: "passed", text: "The host resolves" }
      : {
          rule: "name",
          verdict: "warned",
          text: `${check.warning} You can save it; deliveries fail until it does.`,
        },
    {
      rule: "target",
      verdict: check.warning === null ? "passed" : "waiting",
      text: check.warning === null ? "No private, reserved or metadata address" : target,
    },
  ];
}

interface UrlChecksProps {
  check: UrlCheckDto | undefined;
  isChecking: boolean;
}

export function UrlChecks({ check, isChecking }: UrlChecksProps) {
  return (
    <ul aria-label="Checks of the address" aria-live="polite" className="grid gap-1.5">
      {linesFor(check, isChecking).map((line) => (
        <li
          key={line.rule}
          className={cn(
            "flex items-start gap-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0",
            line.verdict === "failed"
              ? "text-danger-ink"
              : line.verdict === "waiting"
                ? "text-subtle"
                : "text-muted",
          )}
        >
          {ICONS[line.verdict]}
          <span className="wrap-anywhere">{line.text}</span>
        </li>
      ))}
    </ul>
  );
}
