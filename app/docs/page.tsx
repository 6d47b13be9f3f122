// The documentation inside the product: the guide in words, the reference from the same schemas that validate requests.
import type { Metadata } from "next";
import { DocsFrame } from "@/components/docs/docs-frame";
import { Callers } from "@/components/docs/endpoint-authentication";
import { Errors } from "@/components/docs/errors";
import {
  Authentication,
  GUIDE_CHAPTERS,
  QuickStart,
  Receiving,
  Retries,
  Sending,
} from "@/components/docs/guide";
import { OperationView } from "@/components/docs/operation-view";
import { Signatures } from "@/components/docs/signatures";
import { VerificationCode } from "@/components/endpoints/secret/verification-code";
import { recipeOf } from "@/components/endpoints/snippets/recipe";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { ERROR_STATUS } from "@/lib/server/http/error-status";
import { buildReference } from "@/lib/server/http/openapi/reference";
import { getRuntime } from "@/lib/server/runtime";
import { verificationCode } from "../(dashboard)/[workspace]/[environment]/endpoints/highlight-snippets";

export const metadata: Metadata = { title: "Documentation" };
export const dynamic = "force-dynamic";

export default async function DocsPage() {
  const { publicUrl } = getRuntime();
  const { groups } = buildReference(publicUrl);
  const { definition, name } = DEFAULT_PROFILE;
  const nav = [
    { title: "Guide", items: GUIDE_CHAPTERS },
    ...groups.map((group) => ({
      title: group.name,
      items: group.operations.map((operation) => ({ id: operation.id, label: operation.summary })),
    })),
    { title: "Errors", items: [{ id: "errors", label: "All codes" }] },
  ];
  return (
    <DocsFrame groups={nav}>
      <header className="grid gap-2">
        <h1 className="font-semibold text-2xl text-ink tracking-tight">Signpost for developers</h1>
        <p className="max-w-prose text-base text-muted">
          Everything lives below{" "}
          <code className="rounded-xs bg-sunken px-1 font-mono text-ink text-sm wrap-anywhere">
            {publicUrl}/api/v1
          </code>
          .
        </p>
      </header>
      <QuickStart publicUrl={publicUrl} />
      <Authentication />
      <Sending />
      <Receiving />
      <Signatures>
        <VerificationCode code={await verificationCode(recipeOf(definition))} profileName={name} />
      </Signatures>
      <Callers />
      <Retries />
      {groups.map((group) => (
        <section
          key={group.name}
          aria-labelledby={`group-${group.operations[0]?.id}`}
          className="grid grid-cols-1"
        >
          <h2
            id={`group-${group.operations[0]?.id}`}
            className="pb-6 font-semibold text-ink text-xl tracking-tight"
          >
            {group.name}
          </h2>
          {group.operations.map((operation) => (
            <OperationView key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
      <Errors statusOf={ERROR_STATUS} />
    </DocsFrame>
  );
}
