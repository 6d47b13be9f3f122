// Owns one operation in the reference: words and fields at the left, a request and its answer at the right.
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import type { ReferenceField, ReferenceOperation } from "@/lib/contracts/api-reference";
import { Code, WithCode } from "./prose";

const METHOD_TONE: Record<string, string> = {
  GET: "text-progress-ink bg-progress-soft",
  POST: "text-success-ink bg-success-soft",
  PUT: "text-paused-ink bg-paused-soft",
  PATCH: "text-paused-ink bg-paused-soft",
  DELETE: "text-danger-ink bg-danger-soft",
};

/** A method as a mark of fixed width, so that paths stand under each other. */
export function MethodMark({ method, className }: { method: string; className?: string }) {
  return (
    <span
      className={cn(
        "inline-grid h-5 w-14 shrink-0 place-items-center rounded-sm font-mono font-semibold text-2xs",
        METHOD_TONE[method],
        className,
      )}
    >
      {method}
    </span>
  );
}

function Fields({ title, fields }: { title: ReactNode; fields: readonly ReferenceField[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-1">
      <h4 className="font-medium text-ink text-sm">{title}</h4>
      <dl className="grid grid-cols-1 divide-y divide-line border-y border-line">
        {fields.map((field) => (
          <div key={field.name} className="grid gap-0.5 py-2">
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-mono font-medium text-ink text-xs">{field.name}</code>
              <span className="font-mono text-2xs text-subtle wrap-anywhere">{field.type}</span>
              {field.required && <span className="text-2xs text-warning-ink">required</span>}
            </dt>
            {field.text && (
              <dd className="text-muted text-sm">
                <WithCode text={field.text} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}

function ErrorLink({ status, code }: { status: number; code: string }) {
  return (
    <a href={`#error-${code}`} className="rounded-sm hover:bg-hover">
      <Badge mono outline>
        <span className="tabular">{status}</span> {code}
      </Badge>
    </a>
  );
}

export function OperationView({ operation }: { operation: ReferenceOperation }) {
  const { answer, also, body } = operation;
  const told = operation.errors.filter(({ text }) => text !== null);
  const plain = operation.errors.filter(({ text }) => text === null);
  return (
    <article
      id={operation.id}
      aria-labelledby={`${operation.id}-title`}
      className="grid scroll-mt-6 grid-cols-1 gap-x-10 gap-y-5 border-t py-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]"
    >
      <div className="grid grid-cols-1 content-start gap-4">
        <div className="grid gap-2">
          <h3 id={`${operation.id}-title`} className="font-semibold text-ink text-lg">
            <a href={`#${operation.id}`} className="underline-offset-4 hover:underline">
              {operation.summary}
            </a>
          </h3>
          <p className="flex flex-wrap items-center gap-2">
            <MethodMark method={operation.method} />
            <code className="font-mono text-ink text-sm wrap-anywhere">{operation.path}</code>
          </p>
        </div>
        <p className="max-w-prose text-pretty text-base text-muted">
          <WithCode text={operation.description} />
        </p>
        <p className="flex flex-wrap items-center gap-1.5 text-subtle text-xs">
          {operation.scopes.length === 0 ? "Needs no key." : "The key needs"}
          {operation.scopes.map(({ scope, when }) => (
            <span key={scope} className="inline-flex items-center gap-1">
              <Badge mono>{scope}</Badge>
              {when !== null && <WithCode text={when} />}
            </span>
          ))}
          {operation.idempotent && (
            <span>
              Heeds <Code>Idempotency-Key</Code>
            </span>
          )}
        </p>
        <Fields title="Path" fields={operation.params} />
        <Fields title="Query" fields={operation.query} />
        {body && (
          <Fields
            title={
              <>
                {body.optional ? "Body, optional" : "Body"}{" "}
                <span className="font-normal text-subtle text-xs">at most {body.maxSize}</span>
              </>
            }
            fields={body.fields}
          />
        )}
        {operation.errors.length > 0 && (
          <div className="grid gap-1.5">
            <h4 className="font-medium text-ink text-sm">Errors of its own</h4>
            <p className="flex flex-wrap gap-1.5">
              {plain.map((error) => (
                <ErrorLink key={error.code} {...error} />
              ))}
            </p>
            {told.length > 0 && (
              <dl className="grid grid-cols-1 divide-y divide-line border-y border-line">
                {told.map((error) => (
                  <div key={error.code} className="grid gap-0.5 py-2">
                    <dt>
                      <ErrorLink {...error} />
                    </dt>
                    <dd className="text-muted text-sm first-letter:uppercase">
                      <WithCode text={error.text ?? ""} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </div>
        )}
      </div>
      <div className="grid min-w-0 grid-cols-1 content-start gap-3">
        <CodeBlock title="Request" code={operation.request} copyLabel="Copy request" maxHeight="max-h-80" />
        {answer.example === null ? (
          <p className="text-muted text-sm">
            <span className="tabular font-mono text-ink text-xs">{answer.status}</span>{" "}
            <WithCode text={answer.description} />
          </p>
        ) : (
          <CodeBlock
            title={
              <>
                {answer.status} <WithCode text={answer.description} />
              </>
            }
            code={answer.example}
            copyLabel="Copy answer"
            maxHeight="max-h-96"
          />
        )}
        {also && (
          <p className="text-muted text-sm">
            <span className="tabular font-mono text-ink text-xs">{also.status}</span>{" "}
            <WithCode text={also.description} />, in the same form
          </p>
        )}
      </div>
    </article>
  );
}
