// Owns the example request for a new key: one that its scopes allow. The key stays in a variable, out of the shell's history.
import type { ApiKeyScope } from "@/lib/domain/access/permissions";

const AUTHORIZATION = '-H "Authorization: Bearer $SIGNPOST_API_KEY"';

/** A curl command against `publicUrl` that works with these scopes. */
export function firstRequest(
  publicUrl: string,
  scopes: readonly ApiKeyScope[],
): { title: string; code: string } {
  if (scopes.includes("events:write")) {
    return {
      title: "Send a first event",
      code: [
        `curl ${publicUrl}/api/v1/events \\`,
        `  ${AUTHORIZATION} \\`,
        '  -H "Content-Type: application/json" \\',
        `  -d '{"type": "order.paid", "data": {"order_id": "ord_1001", "amount": 4200}}'`,
      ].join("\n"),
    };
  }
  const [noun = "events"] = (scopes.find((scope) => scope.endsWith(":read")) ?? "events:read").split(":");
  return {
    title: `List ${noun}`,
    code: [`curl "${publicUrl}/api/v1/${noun}?limit=10" \\`, `  ${AUTHORIZATION}`].join("\n"),
  };
}
